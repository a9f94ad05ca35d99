// A project whose deals become orders, on systems that are folders. Flows in: deals, and more of fmap.flows.json. Flows out: its files. `001A` is an account that is there; another one
// holds its deal.
import { readFileSync } from "node:fs"
import { join } from "node:path"

export interface Deal {
  readonly id: string
  readonly account?: string
  readonly amount?: string
  readonly more?: object
}

const source = readFileSync(
  join(import.meta.dirname, "../../../specs/conformance/language/flow-quote-to-order/main.fmap"),
  "utf8",
)

export function orderProject(deals: readonly Deal[], config: object = {}): Readonly<Record<string, string>> {
  return {
    "main.fmap": source,
    "fmap.json": "{}",
    "fmap.flows.json": JSON.stringify({
      systems: { Salesforce: { kind: "folder", path: "crm" }, NetSuite: { kind: "folder", path: "erp" } },
      flows: { QuoteToOrder: { begin: "beginning", everySeconds: 1 } },
      ...config,
    }),
    "crm/Account.ndjson": ndjson([{ Id: "001A", Name: "Acme" }]),
    "crm/Opportunity.ndjson": opportunities(deals),
    "erp/SalesOrder.ndjson": ndjson(
      deals.map(({ id }) => ({ id: `9${id}`, externalId: `SF-${id}`, tranId: `SO-${id}` })),
    ),
  }
}

export function opportunities(deals: readonly Deal[]): string {
  return ndjson(
    deals.map(({ id, account = "001A", amount = "1200.00", more }) => ({
      Id: id,
      AccountId: account,
      StageName: "Closed Won",
      CurrencyIsoCode: "EUR",
      Amount: amount,
      SystemModstamp: "2026-03-31T09:00:00Z",
      ...more,
    })),
  )
}

export function ndjson(records: readonly object[]): string {
  return records.map(record => `${JSON.stringify(record)}\n`).join("")
}
