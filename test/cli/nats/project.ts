// A project between two streams: deals that were won come in, become orders at an ERP, and what was booked goes out. Flows in: names of the streams and where the ERP is. Flows out: its
// files; the flow file is the same for every store.
const source = `
system Erp { kind erp }
contract DealWon version 1.0.0 {
  id      : text(18)  key
  account : text(18)
  total   : money(18,2) in EUR
}
contract Order of Erp version 1.0.0
  writes
  answers (number: text(40))
{
  externalId : text(18)  key
  total      : money(18,2) in EUR
}
contract Booked version 1.0.0 {
  dealId  : text(18)  key
  account : text(18)
  number  : text(40)
  total   : money(18,2) in EUR
}
map ToOrder version 1.0.0 from deal: DealWon to order: Order {
  externalId = deal.id
  total      = deal.total
  ignore deal.account because "the order has none"
}
map ToBooked version 1.0.0 from deal: DealWon given orderNumber: text(40) to out: Booked {
  dealId  = deal.id
  account = deal.account
  number  = orderNumber
  total   = deal.total
}
flow Book version 1.0.0
  on   deal: DealWon
  lane deal.account
{
  sent = send ToOrder(deal) to Erp.Order upsert
  publish ToBooked(deal, sent.number) after sent
  on reject  queue "desk"
  on failure queue "desk"
}
`

export interface Place {
  readonly stream: string
  readonly out: string
  readonly dead: string
  readonly erp: string
  readonly servers: string
}

export function streamProject(place: Place, more: object = {}): Readonly<Record<string, string>> {
  return {
    "main.fmap": source,
    "fmap.json": "{}",
    "fmap.flows.json": JSON.stringify({
      systems: {
        Erp: {
          kind: "http",
          baseUrl: place.erp,
          reach: "loopback",
          auth: { kind: "none" },
          objects: { Order: { upsert: { method: "PUT", path: "/orders/{key}" } } },
        },
      },
      nats: natsOf(place),
      ...more,
    }),
  }
}

export function natsOf({ stream, out, dead, servers }: Place) {
  return {
    servers: [servers],
    in: [{ stream, subjects: [`${stream}.won`], flow: "Book", deadLetters: dead }],
    out: { source: "test-ledger", prefix: `${out}.` },
  }
}
