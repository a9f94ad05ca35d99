// A project in which a secret stands wherever one could: credentials in the environment, what somebody is called in payloads, both in what the target answers. Flows in: where the target
// listens, and more of fmap.flows.json. Flows out: its files, what the target answers, and the words nobody may read.
import type { Post } from "./listener.ts"
import { ndjson } from "./project.ts"

/** A credential: it may stand nowhere. */
export const credential = "canary-credential-81c2f7"
/** Of a payload: it may stand in the ledger, and where a person asks for it. */
export const personal = "canary-person-5d90ab"

const source = `
system Shop { kind crm }
system Erp { kind erp }
contract Deal of Shop version 1.0.0 reads {
  id    : text(18)  key
  name  : text(80)  pii
  region: text(10)
  total : money(18,2) in EUR
}
contract Order of Erp version 1.0.0
  writes
  answers (id: text(20), number?: text(40))
{
  externalId : text(18)  key
  name       : text(80)  pii
  total      : money(18,2) in EUR
}
contract Booked version 1.0.0 { order: text(40), name: text(80) pii }

map ToOrder version 1.0.0 from deal: Deal to order: Order {
  externalId = deal.id
  name       = deal.name
  total      = deal.total
  ignore deal.region because "the ERP has none"
}
map ToBooked version 1.0.0 from deal: Deal given number: text(40) to out: Booked {
  order = number
  name  = deal.name
  ignore deal.id because "the order has it"
  ignore deal.region because "nobody asks"
  ignore deal.total because "the order has it"
}
flow Book version 1.0.0
  on   deal: Deal changed
  lane deal.id
{
  sent = send ToOrder(deal) to Erp.Order upsert
    retry 2 times backoff 1s to 1s
  let number = sent.number else hold NO_ORDER "the ERP made none for {deal.name}"
  publish ToBooked(deal, number) after sent

  on hold    queue "desk"
  on reject  queue "desk"
  on failure dead letter
  slo booked 90% within 1h
}
`

export function canaryProject(target: string, config: object): Readonly<Record<string, string>> {
  return {
    "main.fmap": source,
    "fmap.json": "{}",
    "fmap.flows.json": JSON.stringify({
      systems: {
        Shop: { kind: "folder", path: "shop" },
        Erp: {
          kind: "http",
          baseUrl: target,
          reach: "loopback",
          auth: { kind: "bearer", token: "env:ERP_TOKEN" },
          objects: { Order: { upsert: { method: "PUT", path: "/orders/{key}" } } },
          errors: { codeAt: ["error", "code"], messageAt: ["error", "message"], rules: [] },
        },
      },
      flows: { Book: { begin: "beginning", everySeconds: 1 } },
      ...config,
    }),
    "shop/Deal.ndjson": ndjson(
      ["well", "refused", "down", "odd"].map(id => ({
        id,
        name: `${personal} ${id}`,
        region: "EMEA",
        total: "12.50",
      })),
    ),
  }
}

/** As platforms do: some repeat in their answer what they were sent, headers and all. */
export function talkative({ path, headers, body }: Post): { readonly status: number; readonly body: string } {
  const repeated = `${headers["authorization"]} ${body}`
  const id = path.split("/").at(-1)
  if (id === "well") return { status: 200, body: JSON.stringify({ id: "1", number: "O-1" }) }
  if (id === "odd") return { status: 200, body: JSON.stringify({ id: "2", note: repeated }) }
  const status = id === "down" ? 503 : 422
  return {
    status,
    body: JSON.stringify({ error: { code: `BAD ${repeated}`, message: repeated } }),
  }
}
