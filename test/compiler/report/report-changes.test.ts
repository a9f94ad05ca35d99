// What two builds tell differently.
import { buildReport, formatChanges, reportChanges } from "@fmap/compiler"
import { expect, test } from "vitest"
import { planOf } from "../../conformance/plan-of.ts"

const contracts = `
contract In version 1.0.0 { id : text(9), kind? : text(9), net : money(9,4) in EUR }
contract Out version 1.0.0 { id : text(9), kind : text(9), net : money(9,2) in EUR, note? : text(9) }
`
const map = (rules: string, version = "1.0.0") =>
  buildReport(planOf(`${contracts}map M version ${version}\n  from i: In\n  to   o: Out\n{\n${rules}\n}`))
const first = map(`
  id = i.id
  kind = i.kind else hold NO_KIND
  net = round(i.net, minor, half_even)
  leave note because "not used"`)

test("codes and roundings that came and went; a line that moved is none", () => {
  const moved = map(`


  leave note because "not used"
  id = i.id
  net = round(i.net, minor, half_even)
  kind = i.kind else hold NO_KIND`)
  expect(reportChanges(first, moved)).toEqual([])
  expect(formatChanges([])).toBe("nothing changed since the last build\n")
  const changed = map(
    `
  id = i.id
  kind = i.kind else reject NO_KIND_AT_ALL
  net = round(i.net, minor, up)
  note = i.kind
  check i.net > 0 else hold TOO_LITTLE`,
    "1.1.0",
  )
  expect(formatChanges(reportChanges(first, changed))).toBe(`changed since the last build
  map M 1.0.0 became 1.1.0
    + codes  reject  NO_KIND_AT_ALL
    + codes  hold  TOO_LITTLE
    + rounded  net  minor up
    - codes  hold  NO_KIND
    - left  note  not used
    - rounded  net  minor half_even
`)
})

test("a map that is new, and one that is gone", () => {
  const none = { ...first, maps: [] }
  const told = (what: string) => `changed since the last build\n  map M 1.0.0 ${what}\n`
  expect(formatChanges(reportChanges(none, first))).toBe(told("is new"))
  expect(formatChanges(reportChanges(first, none))).toBe(told("is gone"))
})

test("a flow whose retries, times, limits, routes and promises changed", () => {
  const flow = (rules: string, ends: string) =>
    buildReport(
      planOf(`
system Crm { kind crm  platform salesforce }
system Erp { kind erp  platform netsuite }
contract Deal of Crm version 1.0.0 { id : text(18) key, at : instant }
contract Order of Erp version 1.0.0 writes { ref : text(18) key }
map ToOrder version 1.0.0 from deal: Deal to order: Order { ref = deal.id }
flow Book version 1.0.0
  on deal: Deal changed
{
  send ToOrder(deal) to Erp.Order create ${rules}
  on reject ${ends}
  on failure queue "ops"
  slo booked 99% within ${rules === "" ? "10min" : "15min"} from deal.at
}
`),
    )
  const [was, is] = [
    flow("", 'queue "ops"'),
    flow("retry 3 times backoff 1s to 1min  timeout 30s  limit 5 per second", "dead letter"),
  ]
  expect(reportChanges(was, was)).toEqual([])
  expect(formatChanges(reportChanges(was, is))).toBe(`changed since the last build
  flow Book 1.0.0
    + step  send1  retry 3 times, waiting 1s to 1min
    + step  send1  timeout 30s
    + step  send1  limit 5 in 1s
    + route  on reject  dead letter; its lane waits
    + promise  booked  99% within 15min from deal.at
    - route  on reject  queue ops; its lane waits
    - promise  booked  99% within 10min from deal.at
`)
})

test("a flow whose conditions changed: what is wanted, its lane, when a step runs, what it reads by", () => {
  const flow = (wanted: string, lane: string, condition: string, by: string) =>
    buildReport(
      planOf(`
system Crm { kind crm  platform salesforce }
system Erp { kind erp  platform netsuite }
contract Deal of Crm version 1.0.0 { id : text(18) key, buyer : text(18), size : int, at : instant }
contract Account of Crm version 1.0.0 { id : text(18) key, other : text(18) }
contract Order of Erp version 1.0.0 writes { ref : text(18) key }
map ToOrder version 1.0.0 from deal: Deal to order: Order {
  ref = deal.id
  ignore deal.buyer because "-"
  ignore deal.size because "-"
  ignore deal.at because "-"
}
flow Book version 1.0.0
  on deal: Deal changed
  when ${wanted}
  lane ${lane}
{
  let big = deal.size > 5
  account = read Crm.Account by ${by} else hold NO_ACCOUNT
  when ${condition} {
    send ToOrder(deal) to Erp.Order upsert
  }
  on hold queue "ops"
  on reject queue "ops"
  on failure queue "ops"
}
`),
    )
  const first = ["deal.size > 0", "deal.buyer", "big and account.other != deal.id", "deal.buyer"] as const
  const was = flow(...first)
  expect(reportChanges(was, flow(...first))).toEqual([])
  const told = (...now: readonly [string, string, string, string]) =>
    formatChanges(reportChanges(was, flow(...now)))
  expect(
    told("deal.size > 1", "deal.id", "(big or deal.size == 5) and account.other != deal.id", "deal.id"),
  ).toBe(`changed since the last build
  flow Book 1.0.0
    + starts  where deal.size is more than 1
    + lane  by the text "{deal.id}"
    + step  account  read Crm.Account where id == deal.id, else hold NO_ACCOUNT
    + step  send1  only where (deal.size is more than 5 or deal.size equals 5) and account.other differs from deal.id
    - starts  where deal.size is more than 0
    - lane  by the text "{deal.buyer}"
    - step  account  read Crm.Account where id == deal.buyer, else hold NO_ACCOUNT
    - step  send1  only where deal.size is more than 5 and account.other differs from deal.id
`)
})
