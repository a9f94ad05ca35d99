// What people do with `fmap flow`, as data. Flows in: nothing. Flows out: stories: files to begin with, then words and further files in turn.
import { readFileSync } from "node:fs"
import { join } from "node:path"

export interface Story {
  readonly name: string
  /** It is about the file, or about what is configured. */
  readonly onlyInFile?: true
  readonly files: Readonly<Record<string, string>>
  readonly steps: readonly (string | Readonly<Record<string, string>>)[]
}

/** A sales order only knows its number once somebody has given it one: `tranId` comes from the system. */
const source = readFileSync(
  join(import.meta.dirname, "../../../specs/conformance/language/flow-quote-to-order/main.fmap"),
  "utf8",
)
const ndjson = (...records: readonly object[]) =>
  records.map(record => `${JSON.stringify(record)}\n`).join("")
const opportunity = (Id: string, more: object = {}) => ({
  Id,
  AccountId: "001A",
  StageName: "Closed Won",
  CurrencyIsoCode: "EUR",
  Amount: "1200.00",
  SystemModstamp: "2026-03-31T09:00:00Z",
  ...more,
})
const config = (begin: "now" | "beginning") =>
  JSON.stringify({
    systems: { Salesforce: { kind: "folder", path: "crm" }, NetSuite: { kind: "folder", path: "erp" } },
    flows: { QuoteToOrder: { begin } },
  })
/** A configuration with regions. */
const placed = ({ region, crm }: { readonly region: string; readonly crm: string }) =>
  JSON.stringify({
    region,
    systems: {
      Salesforce: { kind: "folder", path: "crm", region: crm },
      NetSuite: { kind: "folder", path: "erp" },
    },
    flows: { QuoteToOrder: { begin: "beginning" } },
  })
const project = {
  "main.fmap": source,
  "fmap.json": "{}",
  "fmap.flows.json": config("beginning"),
  "crm/Account.ndjson": ndjson({ Id: "001A", Name: "Acme" }),
  "crm/Opportunity.ndjson": ndjson(opportunity("006A"), opportunity("006C", { StageName: "Prospecting" })),
  "erp/SalesOrder.ndjson": ndjson({ id: "9", externalId: "SF-006A", tranId: "SO-9" }),
}

/** Items stand in the file, offices in another one. */
const rowMissing = `system Crm { kind crm platform salesforce }
system Erp { kind erp platform netsuite }

contract Deal of Crm version 1.0.0 { id: text(18) key, product: text(18), region: text(10) }
contract Order of Erp version 1.0.0 writes { externalId: text(40) key, item: text(10), office: text(20) }

crosswalk ItemOf(product: text(18)) -> text(10) version 1.0.0 {
  "Arm" -> "A-1"
}
crosswalk OfficeOf(region: text(10)) -> text(20) version 1.0.0 from csv "regions.csv" (region: "region", value: "office")

map ToOrder version 1.0.0 from deal: Deal to order: Order {
  externalId = deal.id
  item       = ItemOf(deal.product) else hold NO_ITEM "no item for {deal.product}"
  office     = OfficeOf(deal.region) else hold NO_OFFICE "no office in {deal.region}"
}

flow Orders version 1.0.0
  on deal: Deal changed in (product) not by us
{
  send ToOrder(deal) to Erp.Order upsert
  on hold queue "order-desk"
  on reject queue "order-desk"
  on failure dead letter
}
`

/** The same flow as its authors wrote it later. */
const later = (before: string, from: string, to: string, version: string) => {
  const text = before
    .replace(/flow QuoteToOrder version [0-9.]+/u, `flow QuoteToOrder version ${version}`)
    .replace(from, to)
  if (!text.includes(to)) throw new Error(`The flow has no ${from}`)
  return text
}
const halved = later(
  source,
  "  total  = opp.Amount\n",
  "  total  = round(opp.Amount / 2, minor, half_even)\n",
  "1.1.0",
)
const wanting = later(
  halved,
  "  publish OrderBooked",
  '  send WriteBack(opp, "told") to Salesforce.Opportunity upsert after written\n  publish OrderBooked',
  "1.2.0",
)

const links = readFileSync(
  join(import.meta.dirname, "../../../specs/conformance/flows/links/main.fmap"),
  "utf8",
)

/** From a deal to its order, its invoice and the plan: four flows, and systems between them that forget what caused what. */
const orderToCash = `
system Crm { kind crm }
system Erp { kind erp }
system Books { kind erp }
system Planning { kind planning }

contract Deal of Crm version 1.0.0 reads { id: text(18) key, total: money(18,2) in EUR }
contract Task of Crm version 1.0.0 writes { id: text(40) key, subject: text(80) }
contract Order of Erp version 1.0.0
  writes
  answers (id: text(20), number: text(40))
{
  externalId: text(18) key
  total: money(18,2) in EUR
}
contract Invoice of Erp version 1.0.0 reads {
  id: text(20) key
  orderId: text(20)
  period: text(7)
  account: text(12)
  total: money(18,2) in EUR
}
contract Receivable of Books version 1.0.0 writes answers (id: text(20)) { invoiceId: text(20) key, total: money(18,2) in EUR }
contract Fact of Planning version 1.0.0 writes { period: text(7), account: text(12), total: money(18,2) in EUR }
contract Booked version 1.0.0 { number: text(40) key }
contract Close version 1.0.0 { period: text(7) key }

map ToOrder version 1.0.0 from deal: Deal to order: Order {
  externalId = deal.id
  total      = deal.total
}
map ToBooked version 1.0.0 from deal: Deal given erpNumber: text(40) to out: Booked {
  number = erpNumber
  ignore deal.id, deal.total because "who wants them reads the order"
}
map ToTask version 1.0.0 from booked: Booked to task: Task {
  id      = booked.number
  subject = "booked"
}
map ToReceivable version 1.0.0 from invoice: Invoice to receivable: Receivable {
  invoiceId = invoice.id
  total     = invoice.total
  ignore invoice.orderId, invoice.period, invoice.account because "the books do not ask"
}
map ToFacts version 1.0.0 from each invoice: Invoice to fact: Fact {
  period  = invoice.period
  account = invoice.account
  total   = invoice.total
  ignore invoice.id, invoice.orderId because "facts are sums"
}
collect by period, account
  sum total
  incomplete hold group

flow QuoteToOrder version 1.0.0 on deal: Deal changed {
  sent = send ToOrder(deal) to Erp.Order upsert
  publish ToBooked(deal, sent.number)
  on reject queue "desk"
  on failure queue "desk"
}
flow OrderIsBooked version 1.0.0 on booked: Booked {
  send ToTask(booked) to Crm.Task upsert
  on reject queue "desk"
  on failure queue "desk"
}
flow InvoiceToBooks version 1.0.0 on invoice: Invoice changed {
  send ToReceivable(invoice) to Books.Receivable upsert
  on reject queue "desk"
  on failure queue "desk"
}
flow ActualsToPlan version 1.0.0 on manual close: Close {
  rows = read Erp.Invoice where period == close.period
  load ToFacts(rows) to Planning.Fact replace over period
  on hold queue "close"
  on reject queue "close"
  on failure queue "close"
}
`

export const stories: readonly Story[] = [
  {
    name: "what flows there are",
    files: project,
    steps: [
      "flow list",
      "flow list --format json",
      "flow graph QuoteToOrder",
      "flow graph QuoteToOrder --format mermaid",
      "flow graph QuoteToOder",
    ],
  },
  {
    name: "an order is booked, and once",
    files: project,
    steps: [
      "flow start --once",
      "flow start --once",
      "flow trace 006A",
      "flow stats --format json",
      "flow audit verify",
    ],
  },
  {
    name: "held, put right, tried again, given up",
    files: {
      ...project,
      "crm/Opportunity.ndjson": ndjson(
        opportunity("006B", { AccountId: "001X", Amount: "5.00" }),
        opportunity("006D", { AccountId: "001X", Amount: "7.00" }),
      ),
    },
    steps: [
      "flow start --once",
      "flow exceptions list",
      "flow exceptions ack 1",
      'flow exceptions assign 1 "Order Desk" --reason "their customer"',
      "flow exceptions show 1",
      'flow exceptions retry 1 --reason "it should be there"',
      "flow start --once",
      { "crm/Account.ndjson": ndjson({ Id: "001X", Name: "New" }) },
      'flow exceptions retry 2 --reason "it is there now"',
      "flow start --once",
      "flow exceptions show 3",
      "flow exceptions list --causes",
      "flow exceptions list --queue nobody",
      "flow exceptions list --flow QuoteToOrdr",
      "flow exceptions list --code NO_NUMBER --queue order-desk",
      'flow exceptions skip 3 --reason "the number comes later"',
      "flow exceptions list --closed --format json",
      "flow audit verify",
    ],
  },
  {
    name: "what has one cause is decided together",
    onlyInFile: true,
    files: {
      ...project,
      "crm/Opportunity.ndjson": ndjson(
        opportunity("006B", { AccountId: "001X", Amount: "5.00" }),
        opportunity("006D", { AccountId: "001Y", Amount: "7.00" }),
        opportunity("006A"),
      ),
    },
    steps: [
      "flow start --once",
      "flow exceptions list --causes",
      "flow exceptions list --dead-letters",
      "flow exceptions ack 1 --alike",
      'flow exceptions assign 2 "Order Desk" --alike',
      { "crm/Account.ndjson": ndjson({ Id: "001X", Name: "X" }, { Id: "001A", Name: "Acme" }) },
      'flow exceptions retry 1 --alike --reason "they should be there"',
      "flow start --once",
      'flow exceptions skip 3 --alike --reason "nobody knows them"',
      'flow exceptions skip 3 --alike --reason "again"',
      "flow exceptions list",
      "flow audit verify",
    ],
  },
  {
    name: "who may decide, and about what they were shown",
    files: { ...project, "crm/Opportunity.ndjson": ndjson(opportunity("006B", { AccountId: "001X" })) },
    steps: [
      "flow start --once",
      'flow exceptions skip 1 --reason "of no use" --role architect',
      "flow exceptions ack 1 --role architect",
      'flow exceptions dismiss 1 --reason "of no use" --role architect',
      'flow replay --flow QuoteToOrder --apply --reason "anew" --role architect',
      'flow exceptions retry 1 --reason "the map is mended" --role architect',
      "flow start --once",
      'flow exceptions skip 1 --reason "no such account"',
      'flow exceptions skip 2 --reason "no such account"',
      "flow audit verify",
    ],
  },
  {
    name: "a row is missing",
    onlyInFile: true,
    files: {
      "main.fmap": rowMissing,
      "fmap.json": "{}",
      "regions.csv": "region,office\nEMEA,Berlin\n",
      "fmap.flows.json": JSON.stringify({
        systems: { Crm: { kind: "folder", path: "crm" }, Erp: { kind: "folder", path: "erp" } },
        flows: { Orders: { begin: "beginning" } },
      }),
      "crm/Deal.ndjson": ndjson(
        { id: "D1", product: "Robot", region: "EMEA" },
        { id: "D2", product: "Arm", region: "APAC" },
      ),
    },
    steps: [
      "flow start --once",
      "flow exceptions show 1",
      "flow exceptions show 2 --format json",
      { "main.fmap": rowMissing.replace('"Arm" -> "A-1"', '"Arm" -> "A-1"\n  "Robot" -> "R-1"') },
      'flow exceptions retry 1 --alike --reason "the row is there"',
      "flow start --once",
    ],
  },
  {
    name: "findings of authors are counted, and do not stand in the way",
    onlyInFile: true,
    files: {
      ...project,
      "other.fmap": "record Unused { id: text(10) }\n",
      "main.fmap": `import { Unused } from "./other.fmap"\n${source}`,
    },
    steps: ["flow list"],
  },
  {
    name: "triggers and conditions in words",
    onlyInFile: true,
    files: {
      "fmap.json": "{}",
      "main.fmap": `system Wms { kind wms }
contract Batch version 1.0.0 { id: text(10), count: int(0..9999) }
contract Box of Wms version 1.0.0 { id: text(10) key }

map ToBox version 1.0.0 from batch: Batch to box: Box { id = batch.id }

flow Pack version 1.0.0
  on manual batch: Batch
  lane batch.id
{
  when batch.count > 10 {
    send ToBox(batch) to Wms.Box create in doubt hold TWICE
  }
  on hold   queue "wms"
  on reject queue "wms"
  on failure queue "wms"
}

flow Tidy version 1.0.0
  every day at 02:00 in "Europe/Berlin" misfire skip
{
  boxes = read Wms.Box where id == "B1"
  control "one box" count(boxes) == 1 else hold NO_BOX
  on hold   queue "wms"
  on reject queue "wms"
  on failure queue "wms"
}
`,
    },
    steps: ["flow list", "flow graph Pack"],
  },
  {
    name: "one event by hand",
    files: { ...project, "event.json": JSON.stringify(opportunity("006A")), "bad.json": '{"Id":"006A"}' },
    steps: [
      "flow run QuoteToOrder --payload event.json",
      "flow run QuoteToOrder --payload event.json --values",
      "flow run QuoteToOrder --payload event.json --id 006A@2026-03-31 --format json",
      "flow trace 006A@2026",
      "flow trace 006A@2027",
      "flow run QuoteToOrder --payload bad.json",
      "flow run QuoteToOrder",
      "flow stats",
    ],
  },
  {
    name: "an edit is judged by the contract",
    files: {
      ...project,
      "event.json": JSON.stringify(opportunity("006A", { AccountId: "001X" })),
      "edited.json": JSON.stringify(opportunity("006A")),
      "bad.json": '{"Id":"006A"}',
    },
    steps: [
      "flow run QuoteToOrder --payload event.json",
      "flow exceptions show 1 --payload",
      'flow exceptions edit 1 --payload bad.json --reason "the wrong account"',
      'flow exceptions edit 1 --payload edited.json --reason "the wrong account"',
      "flow start --once",
      'flow exceptions reissue 1 --reason "once more"',
      'flow exceptions reissue 1 --reason "once more" --by olaf --role controller',
      'flow exceptions settle 1 --effect accepted --not-done --reason "looked it up"',
      "flow trace nothing",
    ],
  },
  {
    name: "what is there at the first start makes no events",
    files: { ...project, "fmap.flows.json": config("now") },
    steps: [
      'flow take QuoteToOrder --reason "too early"',
      "flow start --once",
      { "crm/Opportunity.ndjson": ndjson(opportunity("006A", { Amount: "1300.00" }), opportunity("006C")) },
      "flow start --once",
      "flow stats",
      'flow take QuoteToOrder --reason "they were never booked"',
      "flow start --once",
      "flow start --once",
      "flow audit verify",
    ],
  },
  {
    name: "from the opportunity to the plan",
    files: {
      "main.fmap": orderToCash,
      "fmap.json": "{}",
      "fmap.flows.json": JSON.stringify({
        systems: Object.fromEntries(
          ["Crm", "Erp", "Books", "Planning"].map(name => [
            name,
            { kind: "folder", path: name.toLowerCase() },
          ]),
        ),
        flows: { QuoteToOrder: { begin: "beginning" }, InvoiceToBooks: { begin: "beginning" } },
      }),
      "crm/Deal.ndjson": ndjson({ id: "D-100", total: "1200.00" }, { id: "D-200", total: "80.00" }),
      "erp/Order.ndjson": ndjson(
        { id: "O-77", externalId: "D-100", number: "SO-77" },
        { id: "O-78", externalId: "D-200", number: "SO-78" },
      ),
      "erp/Invoice.ndjson": ndjson(
        { id: "INV-1", orderId: "O-77", period: "2026-03", account: "4000", total: "700.00" },
        { id: "INV-2", orderId: "O-77", period: "2026-03", account: "4000", total: "500.00" },
        { id: "INV-3", orderId: "O-78", period: "2026-03", account: "4000", total: "80.00" },
      ),
      "close.json": JSON.stringify({ period: "2026-03" }),
    },
    steps: [
      "flow start --once",
      "flow run ActualsToPlan --payload close.json",
      "flow trace D-100",
      "flow trace INV-3",
      "flow trace D-300",
    ],
  },
  {
    name: "what is late, and by whom",
    files: {
      ...project,
      "crm/Opportunity.ndjson": ndjson(
        opportunity("006A"),
        opportunity("006B", { AccountId: "001X", Amount: "5.00" }),
        opportunity("006D", { AccountId: "001Y", Amount: "7.50" }),
      ),
      "fmap.flows.json": JSON.stringify({
        ...JSON.parse(config("beginning")),
        watch: {
          by: { QuoteToOrder: { currency: "/CurrencyIsoCode" } },
          watches: [
            { kind: "pending", name: "orders the ERP has not taken", flow: "QuoteToOrder", within: "0s" },
            {
              kind: "fresh",
              name: "deals per account",
              flow: "QuoteToOrder",
              lanes: ["001A", "001Z"],
              within: "1d",
            },
            {
              kind: "follows",
              name: "orders without anything behind them",
              flow: "QuoteToOrder",
              to: "QuoteToOrder",
              within: "1h",
            },
          ],
        },
        alerts: { commands: [{ file: "/bin/false" }] },
      }),
      "wrong.json": JSON.stringify({
        watch: {
          by: { Invoices: {} },
          watches: [{ kind: "pending", name: "a", flow: "QuoteToOder", within: "1h" }],
        },
      }),
      "wrong-time.json": JSON.stringify({
        watch: { watches: [{ kind: "pending", name: "a", flow: "QuoteToOrder", within: "soon" }] },
      }),
      "wrong-address.json": JSON.stringify({
        ...JSON.parse(config("beginning")),
        alerts: {
          webhooks: [
            { url: "https://169.254.169.254/latest", secret: "env:ALERTS" },
            { url: "http://example.com/hook", secret: "env:ALERTS" },
            { url: "ftp://example.com/hook", secret: "env:ALERTS" },
            { url: "https://me:secret@example.com/hook", secret: "env:ALERTS" },
            { url: "https://example.com/hook", secret: "env:ALERTS" },
            { url: "https://example.com/hook", secret: "whsec_c2VjcmV0" },
          ],
        },
      }),
    },
    steps: [
      "flow watch",
      "flow start --once",
      "flow watch",
      "flow watch --config wrong.json",
      "flow watch --config wrong-time.json",
      "flow start --config wrong-address.json",
    ],
  },
  {
    name: "a crosswalk that receipts fill",
    files: {
      "main.fmap": links,
      "fmap.json": "{}",
      "fmap.flows.json": JSON.stringify({
        systems: { Crm: { kind: "folder", path: "crm" }, Erp: { kind: "folder", path: "erp" } },
        flows: { Orders: { begin: "beginning" } },
      }),
      "crm/Account.ndjson": ndjson({ id: "A1", name: "Acme" }),
      "crm/Deal.ndjson": ndjson({ id: "D1", accountId: "A1" }),
      "deal.json": JSON.stringify({ id: "D2", accountId: "A1" }),
    },
    steps: [
      "flow graph Customers",
      "flow start --once",
      "flow run Orders --payload deal.json --values",
      "flow audit verify",
    ],
  },
  {
    name: "a replay shows what would be sent, and delivers it",
    files: {
      ...project,
      "crm/Account.ndjson": ndjson({ Id: "001A", Name: "Acme" }, { Id: "001B", Name: "Borg" }),
      "crm/Opportunity.ndjson": ndjson(
        opportunity("006A", { Amount: "1179.50" }),
        opportunity("006B", { AccountId: "001B", Amount: "20.00" }),
      ),
    },
    steps: [
      "flow start --once",
      "flow replay",
      "flow replay --flow QuoteToOrder",
      { "main.fmap": halved },
      "flow replay --flow QuoteToOrder",
      "flow replay --flow QuoteToOrder --apply",
      'flow replay --flow QuoteToOrder --apply --reason "half is for the partner"',
      'flow replay --flow QuoteToOrder --reissue --reason "half is for the partner"',
      'flow replay --flow QuoteToOrder --reissue --reason "agreed" --by olaf --role controller',
      "flow start --once",
      "flow replay --flow QuoteToOrder",
      { "main.fmap": wanting },
      "flow replay --from 2020-01-01T00:00:00Z --key 001B --format json",
      'flow replay --key 001A --apply --reason "tell them, too"',
      "flow replay --key 001A",
      "flow replay --to 2020-01-01T00:00:00Z",
      "flow replay --event zz",
      "flow audit verify",
    ],
  },
  {
    name: "a ledger moves, and nobody starts on the old one",
    onlyInFile: true,
    files: project,
    steps: [
      "flow start --once",
      "flow move --from sqlite:./fmap.db --to sqlite:./other/fmap.db",
      "flow start --once",
      "flow stats",
      "flow move --from sqlite:./fmap.db --to sqlite:./third.db",
      "flow stats --store sqlite:./other/fmap.db",
      "flow audit verify --store sqlite:./other/fmap.db",
      "flow move --from sqlite:./other/fmap.db --to sqlite:./fmap.db",
      "flow move --from sqlite:./other/fmap.db --to sqlite:./fmap.db --replace",
      "flow start --once",
      "flow move --from sqlite:./fmap.db --to sqlite:./fmap.db",
      "flow move --from sqlite:./nothing.db --to sqlite:./new.db",
      "flow move --from fmap.db --to sqlite:./new.db",
    ],
  },
  {
    name: "a ledger is made before it is worked on",
    onlyInFile: true,
    files: project,
    steps: [
      "flow stats",
      "flow migrate",
      "flow stats",
      "flow migrate --grant somebody",
      "flow migrate --store fmap.db",
    ],
  },
  {
    name: "what stays in its region",
    files: {
      ...project,
      "policies.fmap": "policy Privacy version 1.0.0 { pii stays in EU, UK }",
      "elsewhere.json": placed({ region: "EU", crm: "US" }),
      "abroad.json": placed({ region: "US", crm: "UK" }),
      "good.json": placed({ region: "EU", crm: "UK" }),
    },
    steps: [
      "flow start --once",
      "flow start --once --region EU",
      "flow start --once --config elsewhere.json",
      "flow start --once --config abroad.json",
      "flow start --once --config good.json --region Europe,Asia",
      "flow start --once --config good.json",
      "flow start --once --config good.json --region UK",
      "flow stats --region EU",
      {
        "main.fmap": source.replace(
          "kind crm platform salesforce",
          "kind crm platform salesforce residency US",
        ),
      },
      "flow start --once --config good.json",
    ],
  },
  {
    name: "a ledger moves to another region",
    onlyInFile: true,
    files: {
      ...project,
      "policies.fmap": "policy Privacy version 1.0.0 { pii stays in EU, UK }",
      "good.json": placed({ region: "EU", crm: "UK" }),
    },
    steps: [
      "flow start --once --config good.json",
      "flow move --from sqlite:./fmap.db --to sqlite:./other.db",
      "flow move --from sqlite:./fmap.db --to sqlite:./other.db --region US",
      "flow move --from sqlite:./fmap.db --to sqlite:./new.db --region UK",
      "flow start --once --config good.json --store sqlite:./new.db",
      "flow start --once --config good.json --store sqlite:./new.db --region UK",
    ],
  },
  {
    name: "what cannot start",
    onlyInFile: true,
    files: {
      ...project,
      "broken.json": '{"system":{}}',
      "unknown.json": '{"systems":{"Salesforce":{"kind":"fax"},"NetSuite":{"kind":"folder"}}}',
      "none.json": "{}",
    },
    steps: [
      "flow stats",
      "flow stats --config broken.json",
      "flow start --config unknown.json",
      {
        "halves.json":
          '{"systems":{"Salesforce":{"kind":"salesforce"},"NetSuite":{"kind":"netsuite","baseUrl":"http://example.com","account":"1","auth":{"kind":"token-based"}}}}',
      },
      "flow start --config halves.json",
      {
        "secrets.json": JSON.stringify({
          systems: {
            Salesforce: {
              kind: "http",
              baseUrl: "https://crm.example.com",
              auth: { kind: "basic", user: "env:NOBODY_SET_THIS", password: "file:/nowhere/password" },
              objects: {},
            },
            NetSuite: { kind: "folder", path: "erp" },
          },
        }),
      },
      "flow start --config secrets.json",
      "flow start --config none.json",
      { "misspelt.json": config("beginning").replace("QuoteToOrder", "QuoteToOrdr") },
      "flow start --config misspelt.json",
      "flow start --config absent.json",
      "flow stats --store mysql://x",
      "flow exceptions retry 1",
      "flow trace nothing",
    ],
  },
]
