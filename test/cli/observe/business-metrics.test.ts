// What finance asks of metrics, with figures somebody can add up by hand: orders the ERP has not taken, invoices that are not in the plan, versions without actuals, how long by region and unit, and
// amounts in each state by currency. Once on the flow of the example order-to-cash, between its simulated platforms; once on flows of three systems.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { type Simulator, serve, simulatedNetSuite, simulatedSalesforce } from "@fmap/runtime/simulators"
import { afterEach, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"
import { ndjson } from "./project.ts"
import { http, httpSecret, metricsOf } from "./serving.ts"

const open: Simulator[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop()
})

async function once(folder: string, environment: Readonly<Record<string, string>>) {
  const terminal = fakeTerminal(folder, { environment })
  const code = await runCommandLine(["flow", "start", "--once"], terminal)
  return { code, ...terminal.written }
}

/** Makes the ledger older than it is. */
function age(folder: string, store: string, sql: string): void {
  const ledger = new DatabaseSync(join(folder, store))
  ledger.exec(sql)
  ledger.close()
}

const valueOf = (line: string) => Number(line.split(" ").at(-1))

test("the example order-to-cash: what waits for the ERP, and sums by state and currency", async () => {
  const example = join(import.meta.dirname, "../../../examples/order-to-cash")
  const folder = mkdtempSync(join(tmpdir(), "fmap-metrics-"))
  cpSync(example, folder, { recursive: true, filter: path => !/node_modules|\.db/u.test(path) })
  const read = (name: string) => JSON.parse(readFileSync(join(example, name), "utf8"))
  const [crm, erp] = [simulatedSalesforce(), simulatedNetSuite()]
  crm.load(read("platforms/salesforce.json"))
  erp.load(read("platforms/netsuite.json"))
  const config = read("fmap.flows.json")
  for (const [name, platform] of [
    ["Salesforce", crm],
    ["NetSuite", erp],
  ] as const) {
    const simulator = await serve(platform, { now: () => Date.now() })
    open.push(simulator)
    config.systems[name].baseUrl = simulator.url
  }
  const watch = { by: { QuoteToOrder: { currency_of_deal: "/CurrencyIsoCode" } } }
  const metrics = { port: 0, amounts: true }
  writeFileSync(join(folder, "fmap.flows.json"), JSON.stringify({ ...config, http, watch, metrics }))
  const names = [...JSON.stringify(config).matchAll(/env:(\w+)/gu)].map(([, name]) => [name, `a-${name}`])
  const environment = { ...Object.fromEntries(names), HTTP_SECRET: httpSecret }
  const told = await once(folder, environment)
  expect(told.code, told.comment).toBe(3)
  age(folder, "order-to-cash.db", "UPDATE inbox SET received_at = '2026-03-31T09:00:00.000Z'")

  const found = await metricsOf(folder, environment, [
    "fmap_events",
    "fmap_amount",
    "fmap_watch_waiting",
    "fmap_watch_late_amount",
  ])
  const deals = (read("platforms/salesforce.json") as Platform).records.Opportunity
  const booked = new Set(
    (erp.dump() as { records: { salesOrder: { externalId: string }[] } }).records.salesOrder.map(
      ({ externalId }) => externalId.replace("SF-", ""),
    ),
  )
  const won = deals.filter(({ StageName }) => StageName === "Closed Won")
  const isBooked = ({ Id }: Deal) => booked.has(Id)
  expect(found.filter(line => !line.endsWith(" 0"))).toEqual(
    expect.arrayContaining([
      `fmap_events{flow="QuoteToOrder",version="1.0.0",state="done"} ${won.filter(isBooked).length}`,
      ...sums(won.filter(isBooked)).map(
        ([currency, sum]) =>
          `fmap_amount{flow="QuoteToOrder",version="1.0.0",state="done",currency="${currency}"} ${sum}`,
      ),
    ]),
  )
  const waits = won.filter(deal => !isBooked(deal))
  expect(waits.length).toBe(4)
  for (const [currency, sum] of sums(waits)) {
    const of = `watch="QuoteToOrder waiting",group="${currency}",currency_of_deal="${currency}"`
    const many = waits.filter(({ CurrencyIsoCode }) => CurrencyIsoCode === currency).length
    expect(found).toContain(`fmap_watch_waiting{${of}} ${many}`)
    expect(found).toContain(`fmap_watch_late_amount{${of},currency="${currency}"} ${sum}`)
    const states = found.filter(
      line =>
        line.startsWith("fmap_amount") &&
        line.includes(`currency="${currency}"`) &&
        !line.includes('state="done"'),
    )
    expect(states.map(valueOf).reduce((sum, one) => sum + Math.round(one * 100), 0)).toBe(
      Math.round(sum * 100),
    )
  }
}, 60_000)

interface Deal {
  readonly Id: string
  readonly StageName: string
  readonly CurrencyIsoCode: string
  readonly Amount: number
}
interface Platform {
  readonly records: { readonly Opportunity: readonly Deal[] }
}

/** In cents, so that the test adds up what it compares with exactly. */
function sums(deals: readonly Deal[]): readonly (readonly [currency: string, sum: number])[] {
  const cents = new Map<string, number>()
  for (const { CurrencyIsoCode: currency, Amount } of deals)
    cents.set(currency, (cents.get(currency) ?? 0) + Math.round(Amount * 100))
  return [...cents].map(([currency, sum]) => [currency, sum / 100])
}

const source = `
system Crm { kind crm }
system Erp { kind erp }
system Plan { kind planning }
contract Deal of Crm version 1.0.0 reads {
  id     : text(18)  key
  region : text(10)
  unit   : text(20)
  total  : money(18,2) in ccy
  ccy    : currency
}
contract Order of Erp version 1.0.0 writes {
  externalId : text(18)  key
  total      : money(18,2) in ccy
  ccy        : currency
}
contract Invoice of Erp version 1.0.0 reads {
  id      : text(18)  key
  version : text(20)
  region  : text(10)
  total   : money(18,2) in ccy
  ccy     : currency
}
contract InvoicePosted version 1.0.0 {
  invoice : text(18)  key
  version : text(20)
  region  : text(10)
  total   : money(18,2) in ccy
  ccy     : currency
}
contract Fact of Plan version 1.0.0 writes {
  invoice : text(18)  key
  version : text(20)
  total   : money(18,2) in ccy
  ccy     : currency
}
map ToOrder version 1.0.0 from deal: Deal to order: Order {
  externalId = deal.id
  total      = deal.total
  ccy        = deal.ccy
  check deal.total > 0 else hold NO_AMOUNT
  ignore deal.region, deal.unit because "the ERP has none"
}
map ToPosted version 1.0.0 from inv: Invoice to event: InvoicePosted {
  invoice = inv.id
  version = inv.version
  region  = inv.region
  total   = inv.total
  ccy     = inv.ccy
}
map ToFact version 1.0.0 from posted: InvoicePosted to fact: Fact {
  invoice = posted.invoice
  version = posted.version
  total   = posted.total
  ccy     = posted.ccy
  check posted.region != "APAC" else hold NO_ENTITY
}
flow QuoteToOrder version 1.0.0 on deal: Deal changed lane deal.id {
  send ToOrder(deal) to Erp.Order upsert
  on hold queue "desk"
  on reject queue "desk"
  on failure queue "desk"
  slo acceptance 99.5% within 15min
}
flow OrderToInvoice version 1.0.0 on inv: Invoice changed lane inv.id {
  publish ToPosted(inv)
  on hold queue "desk"
  on reject queue "desk"
  on failure queue "desk"
}
flow ActualsToPlan version 1.0.0 on posted: InvoicePosted lane posted.version {
  send ToFact(posted) to Plan.Fact upsert
  on hold queue "desk" lane park
  on reject queue "desk"
  on failure queue "desk"
}
`

const invoice = (id: string, version: string, region: string, total: string, ccy: string) => ({
  id,
  version,
  region,
  total,
  ccy,
})
const deal = (id: string, region: string, unit: string, total: string, ccy: string) => ({
  id,
  region,
  unit,
  total,
  ccy,
})

test("orders, invoices and versions by region, unit and currency", async () => {
  const folder = folderWith({
    "main.fmap": source,
    "fmap.json": "{}",
    "fmap.flows.json": JSON.stringify({
      systems: Object.fromEntries(
        ["Crm", "Erp", "Plan"].map(name => [name, { kind: "folder", path: name.toLowerCase() }]),
      ),
      flows: { QuoteToOrder: { begin: "beginning" }, OrderToInvoice: { begin: "beginning" } },
      metrics: { port: 0, amounts: true },
      http,
      watch: {
        watches: [
          {
            kind: "pending",
            name: "orders the ERP has not taken",
            flow: "QuoteToOrder",
            within: "15min",
            by: { region: "/region", unit: "/unit" },
          },
          {
            kind: "follows",
            name: "invoices not in the plan",
            flow: "OrderToInvoice",
            to: "ActualsToPlan",
            within: "1d",
            since: "3650d",
            by: { region: "/region" },
          },
          {
            kind: "fresh",
            name: "versions missing actuals",
            flow: "ActualsToPlan",
            lanes: ["Forecast 1", "Forecast 2", "Forecast 3"],
            within: "26h",
          },
        ],
      },
    }),
    // held: three, of two regions and two units
    "crm/Deal.ndjson": ndjson([
      deal("D1", "EMEA", "Robots", "100.10", "EUR"),
      deal("D2", "EMEA", "Robots", "200.20", "GBP"),
      deal("D3", "EMEA", "Robots", "-1.10", "EUR"),
      deal("D4", "EMEA", "Robots", "-2.20", "EUR"),
      deal("D5", "AMER", "Care", "-4.40", "USD"),
    ]),
    "erp/Invoice.ndjson": ndjson([
      invoice("I1", "Forecast 1", "EMEA", "10.01", "EUR"),
      invoice("I2", "Forecast 2", "EMEA", "20.02", "EUR"),
      invoice("I3", "Forecast 2", "APAC", "40.04", "JPY"),
      invoice("I4", "Forecast 2", "APAC", "80.08", "EUR"),
    ]),
  })
  const environment = { HTTP_SECRET: httpSecret }
  const told = await once(folder, environment)
  expect(told.code, told.comment).toBe(3)
  // two days ago; what the second version got it got today
  const old = new Date(Date.now() - 2 * 86_400_000).toISOString()
  age(
    folder,
    "fmap.db",
    `UPDATE inbox SET received_at = '${old}', ended_at = CASE WHEN ended_at IS NULL OR lane = 'Forecast 2' THEN ended_at ELSE '${old}' END`,
  )
  const found = await metricsOf(folder, environment, [
    "fmap_watch_waiting",
    "fmap_watch_late",
    "fmap_watch_late_amount",
    "fmap_watch_oldest_seconds",
    "fmap_amount",
  ])
  const of = (name: string) => found.filter(line => line.startsWith(`${name}{`) && !line.endsWith(" 0"))
  expect(of("fmap_amount").toSorted()).toEqual([
    'fmap_amount{flow="ActualsToPlan",version="1.0.0",state="done",currency="EUR"} 30.03',
    'fmap_amount{flow="ActualsToPlan",version="1.0.0",state="parked",currency="EUR"} 80.08',
    'fmap_amount{flow="ActualsToPlan",version="1.0.0",state="parked",currency="JPY"} 40.04',
    'fmap_amount{flow="OrderToInvoice",version="1.0.0",state="done",currency="EUR"} 110.11',
    'fmap_amount{flow="OrderToInvoice",version="1.0.0",state="done",currency="JPY"} 40.04',
    'fmap_amount{flow="QuoteToOrder",version="1.0.0",state="blocked",currency="EUR"} -3.3',
    'fmap_amount{flow="QuoteToOrder",version="1.0.0",state="blocked",currency="USD"} -4.4',
    'fmap_amount{flow="QuoteToOrder",version="1.0.0",state="done",currency="EUR"} 100.1',
    'fmap_amount{flow="QuoteToOrder",version="1.0.0",state="done",currency="GBP"} 200.2',
  ])
  const late = [
    'fmap_watch_late{watch="invoices not in the plan",group="APAC",region="APAC"} 2',
    'fmap_watch_late{watch="orders the ERP has not taken",group="AMER Care",region="AMER",unit="Care"} 1',
    'fmap_watch_late{watch="orders the ERP has not taken",group="EMEA Robots",region="EMEA",unit="Robots"} 2',
    // one has nothing, and one nothing of late
    'fmap_watch_late{watch="versions missing actuals",group=""} 2',
  ]
  expect(of("fmap_watch_late").toSorted()).toEqual(expect.arrayContaining(late))
  expect(
    of("fmap_watch_late_amount")
      .filter(line => !line.includes("desk"))
      .toSorted(),
  ).toEqual([
    'fmap_watch_late_amount{watch="QuoteToOrder waiting",group="",currency="EUR"} -3.3',
    'fmap_watch_late_amount{watch="QuoteToOrder waiting",group="",currency="USD"} -4.4',
    'fmap_watch_late_amount{watch="invoices not in the plan",group="APAC",region="APAC",currency="EUR"} 80.08',
    'fmap_watch_late_amount{watch="invoices not in the plan",group="APAC",region="APAC",currency="JPY"} 40.04',
    'fmap_watch_late_amount{watch="orders the ERP has not taken",group="AMER Care",region="AMER",unit="Care",currency="USD"} -4.4',
    'fmap_watch_late_amount{watch="orders the ERP has not taken",group="EMEA Robots",region="EMEA",unit="Robots",currency="EUR"} -3.3',
  ])
  const lags = of("fmap_watch_oldest_seconds").filter(line => line.includes("region="))
  expect(lags.length).toBe(3)
  for (const line of lags) expect(Math.floor(valueOf(line) / 86_400), line).toBe(2)
}, 60_000)
