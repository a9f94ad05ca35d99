// The example as a user would keep it: its maps compile without a finding, every code has a test, the committed code is what they
// compile to, interpreter and emitted code agree on every sample, and Law 1 holds for every single assignment.
import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import {
  codeCoverage,
  compile,
  type InterpretReference,
  interpreter,
  memoryHost,
  runTests,
} from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { type Result, readJson, writeJson } from "@fmap/runtime"
import { beforeAll, describe, expect, test } from "vitest"
import { bookOrder } from "../../examples/closed-won/emitted/maps/book-order.js"
import { orderToNetSuite } from "../../examples/closed-won/emitted/maps/order-to-netsuite.js"
import { readReferenceData } from "../../examples/closed-won/service/reference-data.ts"
import { assignments } from "../conformance/assignments.ts"

const folder = fileURLToPath(new URL("../../examples/closed-won/", import.meta.url))
const host = nodeHost(folder)
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter(path => path.endsWith(".fmap"))
  .sort()
const compiled = compile(host, sources, {
  emit: { typescript: { sourceRoot: "../" }, jsonSchema: true, plan: true },
})
const plan = compiled.plan ?? undefined

let reference: InterpretReference
beforeAll(async () => {
  reference = { ...(await readReferenceData(join(folder, "crosswalks"))).current() }
})

test("compiles without error or warning", () => {
  expect(
    compiled.diagnostics
      .filter(one => one.severity !== "information")
      .map(one => `${one.code} ${one.message}`),
  ).toEqual([])
})

test("the committed code is what the maps compile to", () => {
  const drifted = compiled.files.filter(
    ({ path, text }) => text !== readFileSync(join(folder, "emitted", path), "utf8"),
  )
  expect(drifted.map(file => file.path)).toEqual([])
})

test("its tests pass and name every code an author wrote", () => {
  if (plan === undefined) throw new Error("it does not compile")
  const reports = runTests(plan, path => sample(path.slice("samples/".length, -".json".length)))
  expect(reports.flatMap(one => one.failures.map(failure => `${one.title}: ${failure.message}`))).toEqual([])
  expect(reports.length).toBeGreaterThan(30)
  const untested = codeCoverage(plan, reports).flatMap(one =>
    one.covered || one.origin === "payload" || one.origin === "assignment" ? [] : [`${one.map} ${one.code}`],
  )
  // Two that no input can reach while the two currency lists of crosswalks/netsuite-lists.fmap are each other's inverse.
  expect(untested).toEqual(["OrderToNetSuite CURRENCY_LISTS_DISAGREE", "OrderToNetSuite UNKNOWN_CURRENCY_ID"])
})

/** opportunity, account, what both maps make of it */
const outcomes: readonly (readonly [string, string, string])[] = [
  ["won", "acme", "done SF-0061G00000HhviAQAR"],
  ["cents", "kranich", "done SF-0061G00000Is1xPQAR"],
  ["yen", "sakura", "done SF-0061G00000IsgqwQAB"],
  ["huge", "acme", "done SF-0061G00000IxL0vQAF"],
  ["zero-row", "acme", "done SF-0061G00000Ja7B6QAJ"],
  ["lost", "acme", "rejected NOT_BOOKED body"],
  ["open-stage", "acme", "rejected NOT_BOOKED body"],
  ["unknown-customer", "nobody", "held UNKNOWN_CUSTOMER order/customer/id"],
  ["inactive-customer", "leeds", "held UNKNOWN_CUSTOMER order/customer/id"],
  ["unknown-items", "acme", "held UNKNOWN_ITEM order/lines/1/item, UNKNOWN_ITEM order/lines/2/item"],
  ["no-subsidiary", "paris", "held NO_SUBSIDIARY order/legalEntity"],
  ["unknown-entity", "acme", "held UNKNOWN_SELLING_ENTITY order/legalEntity"],
  ["no-country", "no-country", "held NO_COUNTRY order/customer/country"],
  ["closes-later", "acme", "held CLOSES_LATER order"],
  ["header-differs", "acme", "held AMOUNT_MISMATCH order"],
  ["line-differs", "acme", "held LINE_MISMATCH order/lines/0"],
  ["currency-not-enabled", "acme", "held CURRENCY_NOT_ENABLED body/terms/id"],
  ["currency-not-in-erp", "acme", "held CURRENCY_NOT_IN_ERP body/currency/id"],
  ["no-account", "acme", "rejected NO_ACCOUNT order/accountId"],
  ["won", "kranich", "rejected WRONG_ACCOUNT order"],
  ["no-lines", "acme", "rejected NO_LINES order/lines"],
  ["no-quantity", "acme", "rejected NO_LINES order/lines"],
  ["lines-cut", "acme", "rejected LINES_CUT order"],
  ["bad-date", "acme", "rejected BAD_DATE opp/CloseDate"],
  ["old-date", "acme", "rejected BAD_CLOSE_DATE opp"],
  [
    "bare",
    "acme",
    "rejected MISSING_FIELD opp/StageName, MISSING_FIELD opp/OpportunityLineItems/done, MISSING_FIELD opp/OpportunityLineItems/records",
  ],
  ["short-id", "acme", "rejected TOO_SHORT opp/Id"],
  ["unknown-currency", "acme", "rejected UNKNOWN_CURRENCY opp/CurrencyIsoCode"],
  [
    "broken",
    "acme",
    "rejected TOO_MANY_DECIMALS opp/Amount, MISSING_FIELD opp/CloseDate, TOO_LONG opp/Customer_PO__c, WRONG_TYPE opp/OpportunityLineItems/records/0/Quantity",
  ],
]

describe("samples", () => {
  test("each is here", () => {
    const names = readdirSync(join(folder, "samples/opportunities")).map(file => file.replace(".json", ""))
    expect([...new Set(outcomes.map(([name]) => name))].sort()).toEqual(names.sort())
  })

  test.each(outcomes)("%s of %s: %s", (opportunity, account, expected) => {
    const input = {
      opp: sample(`opportunities/${opportunity}`),
      account: sample(`accounts/${account}`),
      asOf: "2026-03-31",
    }
    const interpret = interpreter(plan as NonNullable<typeof plan>)
    const booked = agreed(
      interpret("BookOrder", input, reference),
      bookOrder(input as never, reference as never),
    )
    const result =
      booked.status !== "done"
        ? booked
        : agreed(
            interpret("OrderToNetSuite", { order: booked.value }, reference),
            orderToNetSuite({ order: booked.value } as never, reference as never),
          )
    expect(shown(result)).toBe(expected)
  })

  test.each([
    ["pass", "won", "acme"],
    ["held", "unknown-items", "acme"],
    ["rejected", "broken", "acme"],
  ])("%s.json is %s of %s", (whole, opportunity, account) => {
    const parts = {
      opp: sample(`opportunities/${opportunity}`),
      account: sample(`accounts/${account}`),
      asOf: "2026-03-31",
    }
    expect(writeJson(sample(whole))).toBe(writeJson(parts))
  })
})

/** Both implementations say the same, to the last digit and message. */
function agreed(interpreted: Result<unknown>, emitted: Result<unknown>): Result<unknown> {
  expect(emitted).toEqual(interpreted)
  if (emitted.status === "done" && interpreted.status === "done")
    expect(writeJson(emitted.value)).toBe(writeJson(interpreted.value))
  return emitted
}

function shown(result: Result<unknown>): string {
  if (result.status === "done") return `done ${result.key}`
  return `${result.status} ${result.issues.map(issue => `${issue.code} ${issue.root}${issue.pointer}`).join(", ")}`
}

function sample(name: string): unknown {
  const read = readJson(readFileSync(join(folder, "samples", `${name}.json`), "utf8"))
  if ("refused" in read) throw new Error(`${name}: ${read.refused.message}`)
  return read.ok
}

describe("Law 1: without any one assignment there is exactly one error, and it names the field", () => {
  const files = project()
  const maps = ["maps/book-order.fmap", "maps/order-to-netsuite.fmap"]
  const deletions = maps.flatMap(path =>
    assignments(files.get(path) ?? "", path).map(one => [path, one.target.text, one.span] as const),
  )

  test("there are many", () => expect(deletions.length).toBeGreaterThan(40))

  test.each(deletions)("%s without %s at %o", (path, field, span) => {
    const text = files.get(path) ?? ""
    const without = text.slice(0, span.start) + text.slice(span.end)
    const { diagnostics } = compile(memoryHost(new Map([...files, [path, without]])), [path], { emit: {} })
    const errors = diagnostics
      .filter(one => one.severity === "error")
      .map(one => `${one.code} ${one.message}`)
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain(`FM4101 "${field}"`)
  })
})

describe("what the README promises not to compile does not", () => {
  test.each([
    [
      "the check of the two currency lists",
      "maps/order-to-netsuite.fmap",
      /^ {2}check ccy == .*\n.*\n/m,
      "",
      ["FM5102", "FM5102", "FM5101"],
    ],
    [
      "the spoken cut of the name",
      "maps/order-to-netsuite.fmap",
      "truncate(order.customer.name, 83)",
      "order.customer.name",
      ["FM3113"],
    ],
    ["rounding", "maps/book-order.fmap", /round\((.*), minor, half_even\)/, "$1", ["FM3114"]],
    [
      "the hold of a missing country",
      "maps/book-order.fmap",
      /(account\.BillingCountryCode) else .*/,
      "$1",
      ["FM3102"],
    ],
  ])("%s", (_, path, from, to, codes) => {
    const text = readFileSync(join(folder, path), "utf8")
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    const { diagnostics } = compile(memoryHost(new Map([...project(), [path, changed]])), [path], {
      emit: {},
    })
    expect(diagnostics.filter(one => one.severity === "error").map(one => one.code)).toEqual(codes)
  })
})

/** Every source file and CSV. */
function project(): ReadonlyMap<string, string> {
  const csv = readdirSync(join(folder, "crosswalks")).filter(path => path.endsWith(".csv"))
  return new Map(
    [...sources, ...csv.map(path => `crosswalks/${path}`)].map(path => [
      path,
      readFileSync(join(folder, path), "utf8"),
    ]),
  )
}

test("the demo shows everything it promises", () => {
  const output = execFileSync(process.execPath, ["--conditions=fmap-source", join(folder, "demo.ts")], {
    encoding: "utf8",
  })
  for (const promised of [
    '"StageName": "Closed Won"',
    "PUT /services/rest/record/v1/salesOrder/eid:SF-0061G00000HhviAQAR",
    "emitted/maps/book-order",
    "The committed files are exactly these.",
    "samples/rejected.json: rejected",
    "MISSING_FIELD  opp/CloseDate",
    "samples/held.json: held",
    "no ERP item for 01t1G000000bH0yQAE",
  ]) {
    expect(output).toContain(promised)
  }
}, 60_000)
