import { describe, expect, test } from "vitest"
import type {
  Plan,
  PlanCrosswalk,
  PlanExpectation,
  PlanExpression,
  PlanTest,
} from "../../../compiler/plan/index.ts"
import { codeCoverage, runTests } from "../../../compiler/testing/index.ts"
import {
  at,
  blockOf,
  compare,
  contract,
  each,
  exit,
  field,
  figure,
  here,
  mapOf,
  member,
  numeric,
  orElse,
  plan,
  record,
  recordOf,
  shape,
  src,
  text,
  variable,
  whenArm,
  wireCurrency,
  wireDecimal,
  wireInt,
  wireList,
  wireRecord,
  wireText,
} from "../interpret/plan-builders.ts"

// A small order: a customer looked up, lines discounted, one way each of hold, skip and reject.
const row = shape("Row", [field("sku", wireText()), field("net", wireDecimal(9, 2))])
const outRow = shape(
  "OutRow",
  [
    field("sku", wireText()),
    field("net", wireDecimal(9, 2, { kind: "money", unit: { kind: "parameter", name: "ccy" } }), {
      wireName: "netAmount",
    }),
  ],
  { parameters: ["ccy"] },
)
const deal = contract("Deal", [
  field("id", wireText()),
  field("ccy", wireCurrency),
  field("rows", wireList(wireRecord("Row"))),
])
const order = contract("Order", [
  field("customer", wireText(), { wireName: "Customer" }),
  field("ccy", wireCurrency),
  field("count", wireInt()),
  field("memo", wireText(), { optional: true }),
  field(
    "lines",
    wireList(
      { kind: "record", shape: "OutRow", arguments: [{ kind: "field", path: ["ccy"] }] },
      { wire: { under: "items" } },
    ),
  ),
])
const customers: PlanCrosswalk = {
  id: "Customers",
  name: "Customers",
  file: 0,
  docs: "",
  at: here,
  version: "1.0.0",
  owner: null,
  parameters: [{ name: "id", type: wireText() }],
  result: wireText(),
  keyForm: "exact",
  bothWays: false,
  dated: false,
  unmapped: null,
  rows: null,
  external: { format: "csv", path: "customers.csv", columns: [], where: [], days: null, wildcard: null },
}
const net = member(variable(20, recordOf("Row")), "net", numeric(2))
const lookup: PlanExpression = {
  kind: "lookup",
  crosswalk: "Customers",
  keys: [src("id", text)],
  asOf: null,
  inverse: false,
  type: text,
  maybe: true,
  at: here,
}
const body = record(
  "OutRow",
  blockOf(
    {
      sku: member(variable(20, recordOf("Row")), "sku", text),
      net: {
        kind: "conditional",
        bind: null,
        type: numeric(2),
        maybe: false,
        at: here,
        arms: [
          whenArm(compare(net, ">", figure("0")), net),
          whenArm(compare(net, "==", figure("0")), exit("skip", "ZERO")),
        ],
        otherwise: exit("reject", "NEGATIVE"),
      },
    },
    30,
  ),
)
const map = mapOf(
  deal,
  order,
  {
    customer: orElse(lookup, exit("hold", "UNKNOWN_CUSTOMER")),
    ccy: src("ccy", text),
    count: {
      kind: "aggregate",
      operation: "count",
      generators: [{ variable: 21, source: src("rows", { kind: "json" }), element: null }],
      where: null,
      value: null,
      type: numeric(0),
      maybe: false,
      at: here,
    },
    memo: { kind: "missing", type: { kind: "never" }, maybe: true, at: here },
    lines: each(20, src("rows", { kind: "json" }), body),
  },
  {
    codes: [
      { code: "NEGATIVE", verb: "reject", origin: "map", at: [] },
      { code: "UNKNOWN_CUSTOMER", verb: "hold", origin: "map", at: [] },
      { code: "ZERO", verb: "skip", origin: "map", at: [] },
    ],
  },
)

const value = (
  path: readonly (string | number)[],
  json: string | number,
  type: Extract<PlanExpectation, { kind: "value" }>["type"],
  operator: "==" | "<" = "==",
): PlanExpectation => ({
  kind: "value",
  path,
  operator,
  value: json,
  type,
  at: at(9),
})
const outcomeOf = (
  verb: "hold" | "reject" | "skip",
  code: string,
  path: readonly (string | number)[] | null = null,
): PlanExpectation => ({
  kind: "outcome",
  verb,
  code,
  path,
  at: at(9),
})
const known = { crosswalk: "Customers", keys: ["d1"], asOf: null, inverse: false, value: "C-1", at: at(7) }

function report(
  expectations: readonly PlanExpectation[],
  {
    rows = [{ sku: "a", net: "66.66" }],
    assumes = [known],
  }: { readonly rows?: readonly unknown[]; readonly assumes?: PlanTest["assumes"] } = {},
): { readonly messages: readonly string[]; readonly codes: readonly string[] } {
  const one: PlanTest = {
    title: "t",
    map: "M",
    file: 0,
    assumes,
    expectations,
    variables: [],
    at: at(5),
    givens: [{ name: "src", value: { file: "deal.json" }, at: at(6) }],
  }
  const [found] = runTests(withTests(one), path =>
    path === "deal.json" ? { id: "d1", ccy: "EUR", rows } : null,
  )
  return {
    messages: found!.failures.map(failure => `${failure.place.line}: ${failure.message}`),
    codes: found!.codesCovered,
  }
}
function withTests(...tests: readonly PlanTest[]): Plan {
  return plan({ shapes: [deal, order, row, outRow], crosswalks: [customers], maps: [map], tests })
}

describe("expectations of values", () => {
  const money = wireDecimal(9, 2)
  test.each<readonly [string, PlanExpectation, readonly string[]]>([
    ["equal", value(["lines", 0, "net"], "66.66", money), []],
    ["in any number of digits", value(["lines", 0, "net"], "66.660", wireDecimal(9, 4)), []],
    [
      "money, and how far off",
      value(["lines", 0, "net"], "66.67", money),
      ["9: expected 66.67 EUR, was 66.66 EUR (0.01 less) at /lines/items/0/netAmount"],
    ],
    [
      "order",
      value(["lines", 0, "net"], "66.66", money, "<"),
      ["9: expected < 66.66 EUR, was 66.66 EUR at /lines/items/0/netAmount"],
    ],
    ["text", value(["customer"], "C-2", wireText()), ['9: expected "C-2", was "C-1" at /Customer']],
    ["int", value(["count"], 1, wireInt()), []],
    [
      "a row that is not there",
      value(["lines", 3, "sku"], "x", wireText()),
      ['9: expected "x", was nothing at /lines/items/3/sku'],
    ],
    ["absent", { kind: "presence", path: ["memo"], present: false, at: at(9) }, []],
    [
      "absent, wrongly",
      { kind: "presence", path: ["ccy"], present: false, at: at(9) },
      ['9: expected nothing, was "EUR" at /ccy'],
    ],
    [
      "present, wrongly",
      { kind: "presence", path: ["memo"], present: true, at: at(9) },
      ["9: expected a value, was nothing at /memo"],
    ],
    ["dropped", { kind: "dropped", count: 1, at: at(9) }, ["9: expected 1 dropped, were 0"]],
  ])("%s", (_, expectation, messages) => {
    expect(report([expectation]).messages).toEqual(messages)
  })
})

describe("expectations of outcomes", () => {
  const unknown = { assumes: [{ ...known, value: undefined }] }
  test("met, at the place named in field names", () => {
    expect(report([outcomeOf("hold", "UNKNOWN_CUSTOMER", ["customer"])], unknown)).toEqual({
      messages: [],
      codes: ["UNKNOWN_CUSTOMER"],
    })
    const negative = {
      rows: [
        { sku: "a", net: "1" },
        { sku: "b", net: "-1" },
      ],
    }
    expect(report([outcomeOf("reject", "NEGATIVE", ["lines", 1, "net"])], negative)).toEqual({
      messages: [],
      codes: ["NEGATIVE"],
    })
  })
  test("skipped rows are counted", () => {
    const zero = {
      rows: [
        { sku: "a", net: "0" },
        { sku: "b", net: "0.00" },
        { sku: "c", net: "2" },
      ],
    }
    const expected: readonly PlanExpectation[] = [
      { kind: "dropped", count: 2, at: at(9) },
      outcomeOf("skip", "ZERO"),
      value(["lines", 0, "sku"], "c", wireText()),
    ]
    expect(report(expected, zero)).toEqual({ messages: [], codes: ["ZERO"] })
  })
  test.each<readonly [string, Parameters<typeof report>, readonly string[]]>([
    [
      "none came",
      [[outcomeOf("hold", "UNKNOWN_CUSTOMER")]],
      ["9: expected hold UNKNOWN_CUSTOMER, the record was done"],
    ],
    [
      "elsewhere",
      [[outcomeOf("hold", "UNKNOWN_CUSTOMER", ["ccy"])], unknown],
      [
        "5: the record was held: hold UNKNOWN_CUSTOMER at out /Customer",
        "9: expected hold UNKNOWN_CUSTOMER at /ccy, was hold at /Customer",
      ],
    ],
    [
      "stopped although nothing said so",
      [[value(["ccy"], "EUR", wireText())], unknown],
      ["5: the record was held: hold UNKNOWN_CUSTOMER at out /Customer"],
    ],
    [
      "one expected, another came too",
      [[outcomeOf("hold", "UNKNOWN_CUSTOMER")], { ...unknown, rows: [{ sku: "a", net: "x" }] }],
      [
        "5: the record was rejected: reject BAD_NUMBER at src /rows/0/net: The text is not a plain decimal number such as -12.50.",
      ],
    ],
    [
      "values of a stopped record",
      [[outcomeOf("hold", "UNKNOWN_CUSTOMER"), value(["ccy"], "EUR", wireText())], unknown],
      ["9: the record was held, so there is no value to compare"],
    ],
  ])("%s", (_, args, messages) => {
    expect(report(...args).messages).toEqual(messages)
  })
})

describe("what a test sees", () => {
  test("a lookup it does not assume fails it", () => {
    expect(report([outcomeOf("hold", "UNKNOWN_CUSTOMER")], { assumes: [] }).messages).toEqual([
      '5: Customers("d1") was looked up, and the test assumes nothing for it',
    ])
  })
  test("an assumption nothing reaches fails it", () => {
    const assumes = [known, { ...known, keys: ["d2"], at: at(8) }]
    expect(report([], { assumes }).messages).toEqual([
      '8: Customers("d2") is assumed, and nothing looked it up',
    ])
  })
  test("values written in the test, and files that cannot be read", () => {
    const json: PlanTest = {
      title: "in place",
      map: "M",
      file: 0,
      assumes: [known],
      expectations: [value(["lines", 0, "net"], "1.00", wireDecimal(9, 2))],
      variables: [],
      at: at(5),
      givens: [
        { name: "src", value: { json: { id: "d1", ccy: "EUR", rows: [{ sku: "a", net: "1" }] } }, at: at(6) },
      ],
    }
    const lost: PlanTest = {
      ...json,
      title: "lost",
      givens: [{ name: "src", value: { file: "gone.json" }, at: at(6) }],
    }
    const gone = (path: string): unknown => {
      throw new Error(`no such file ${path}`)
    }
    const reports = runTests(withTests(json, lost), gone)
    expect(reports.map(one => [one.title, one.failures.map(failure => failure.message)])).toEqual([
      ["in place", []],
      ["lost", ["gone.json cannot be read: no such file gone.json"]],
    ])
    expect(runTests(withTests(json, lost), gone, one => one.title === "lost")).toHaveLength(1)
  })
})

test("coverage: a code counts when a passing test expects it", () => {
  const base = { map: "M", file: 0, variables: [], at: at(5), assumes: [{ ...known, value: undefined }] }
  const givens: PlanTest["givens"] = [
    { name: "src", value: { json: { id: "d1", ccy: "EUR", rows: [{ sku: "a", net: "0" }] } }, at: at(6) },
  ]
  const one = withTests(
    { ...base, title: "passes", givens, expectations: [outcomeOf("hold", "UNKNOWN_CUSTOMER")] },
    {
      ...base,
      title: "fails",
      givens,
      expectations: [
        outcomeOf("hold", "UNKNOWN_CUSTOMER"),
        outcomeOf("skip", "ZERO"),
        outcomeOf("reject", "NEGATIVE"),
      ],
    },
  )
  const coverage = codeCoverage(
    one,
    runTests(one, () => null),
  )
  expect(coverage.map(({ code, covered }) => [code, covered])).toEqual([
    ["NEGATIVE", false],
    ["UNKNOWN_CUSTOMER", true],
    ["ZERO", false],
  ])
})
