import { describe, expect, test } from "vitest"
import { interpret } from "../../../compiler/interpret/index.ts"
import type {
  PlanBinding,
  PlanBlock,
  PlanExpression,
  PlanMap,
  PlanShape,
  PlanStep,
} from "../../../compiler/plan/index.ts"
import {
  aggregate,
  at,
  blockOf,
  boolLiteral,
  compare,
  contract,
  each,
  exit,
  field,
  figure,
  fitTo,
  here,
  hole,
  interpolation,
  listOf,
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
  textLiteral,
  variable,
  whenArm,
  wireCurrency,
  wireDate,
  wireDecimal,
  wireEnum,
  wireInt,
  wireList,
  wireMoney,
  wireRecord,
  wireText,
} from "./plan-builders.ts"
import { outcome } from "./run.ts"

// An order with lines, as small as it can be and still show every way a row can go.
const line = shape("Line", [
  field("sku", wireText(10)),
  field("amount", wireDecimal(9, 2), { at: at(7) }),
  field("note", wireText(), { optional: true, pii: true }),
])
const source = contract("Order", [
  field("id", wireText(), { key: true }),
  field("lines", wireList(wireRecord("Line")), { wireName: "Lines" }),
])
const outLine = shape("OutLine", [field("sku", wireText()), field("net", wireDecimal(12, 2))])
const target = contract("Booking", [
  field("id", wireText(), { wireName: "ID" }),
  field("lines", wireList(wireRecord("OutLine")), { wireName: "items" }),
  field("total", wireDecimal(12, 2), { optional: true }),
])
const lineBinding: PlanBinding = {
  shape: "Line",
  rules: [],
  arguments: [],
  reads: ["sku", "amount"].map(name => ({ field: name, members: null, elements: false })),
}
const row = variable(20, recordOf("Line"))
const amount = member(row, "amount", numeric(2))

interface Parts {
  readonly where?: PlanExpression
  readonly sort?: readonly { readonly key: PlanExpression; readonly descending: boolean }[]
  readonly net?: PlanExpression
  readonly position?: number
  readonly sku?: PlanExpression
  readonly after?: readonly PlanStep[]
}

function orderMap({
  where,
  sort = [],
  net = amount,
  position,
  sku = member(row, "sku", text),
  after = [],
}: Parts): PlanMap {
  const rows = each(
    20,
    src("lines", listOf(recordOf("Line"))),
    record("OutLine", blockOf({ sku, net }, 30)),
    {
      element: lineBinding,
      where: where ?? null,
      sort,
      position: position ?? null,
    },
  )
  const total = aggregate(
    "sum",
    21,
    variable(11, listOf(recordOf("OutLine"))),
    member(variable(21, recordOf("OutLine")), "net", numeric(2)),
    numeric(2),
  )
  return mapOf(
    source,
    target,
    { id: src("id", text), lines: rows, total },
    {
      sources: [
        {
          name: "src",
          variable: 0,
          at: at(3),
          binding: {
            shape: "Order",
            rules: [],
            arguments: [],
            reads: [
              { field: "id", members: null, elements: false },
              { field: "lines", members: null, elements: true },
            ],
          },
        },
      ],
      after,
    },
  )
}

function run(parts: Parts, payload: unknown): ReturnType<typeof interpret> {
  return interpret(plan({ shapes: [source, line, target, outLine], maps: [orderMap(parts)] }), "M", {
    src: payload,
  })
}
const order = (...lines: readonly unknown[]): unknown => ({ id: "o1", Lines: lines })
const positive = compare(amount, ">", figure("0"))

describe("rows", () => {
  test("filtered, sorted stably, numbered after that; summed", () => {
    const parts: Parts = {
      where: positive,
      sort: [{ key: amount, descending: true }],
      position: 22,
      sku: interpolation(hole(member(row, "sku", text)), "#", hole(variable(22, numeric(0)))),
    }
    const lines = [
      { sku: "a", amount: "1" },
      { sku: "b", amount: "0" },
      { sku: "c", amount: "2.5" },
      { sku: "d", amount: "2.50" },
    ]
    expect(run(parts, order(...lines))).toEqual({
      status: "done",
      key: undefined,
      notes: [],
      value: {
        ID: "o1",
        items: [
          { sku: "c#1", net: "2.50" },
          { sku: "d#2", net: "2.50" },
          { sku: "a#3", net: "1.00" },
        ],
        total: "6.00",
      },
    })
  })

  test("only what is read is looked at", () => {
    expect(run({}, order({ sku: "a", amount: "1", note: 7, other: {} })).status).toBe("done")
  })

  test("every row's issues are collected; a sum over a failed row is silent", () => {
    const after: readonly PlanStep[] = [
      {
        kind: "control",
        groups: null,
        masked: false,
        title: "total",
        left: variable(12, numeric(2)),
        operator: "==",
        right: figure("0"),
        within: null,
        when: null,
        at: here,
        exit: { verb: "hold", code: "TOTAL_WRONG", message: null, field: "total" },
      },
    ]
    const result = run({ after }, order({ sku: "a", amount: "x" }, 7, { sku: "c" }))
    expect(outcome(result)).toBe(
      "rejected BAD_NUMBER src/Lines/0/amount, NOT_AN_OBJECT src/Lines/1, MISSING_FIELD src/Lines/2/amount",
    )
    expect(result).toMatchObject({ issues: [{ value: "x", at: "order.fmap:7:1" }, { value: 7 }, {}] })
    expect(outcome(run({ after }, order({ sku: "a", amount: "1" })))).toBe("held TOTAL_WRONG out/total")
  })

  test("a where over a failed value leaves the list unknown, the other rows still speak", () => {
    const net = orElse(orZero(amount), exit("hold", "TOO_BIG"))
    const result = run(
      { where: positive, net },
      order({ sku: "a", amount: "?" }, { sku: "b", amount: "900" }, { sku: "c", amount: "901" }),
    )
    expect(outcome(result)).toBe(
      "rejected BAD_NUMBER src/Lines/0/amount, HELD_BIG out/items/0/net, HELD_BIG out/items/1/net",
    )
  })

  test("skip row leaves the row and is counted; numbers have no gaps", () => {
    const net: PlanExpression = {
      kind: "conditional",
      bind: null,
      type: numeric(2),
      maybe: false,
      at: here,
      arms: [whenArm(positive, amount)],
      otherwise: exit("skip", "NOT_POSITIVE"),
    }
    const result = run(
      { net, position: 22, sku: interpolation(hole(variable(22, numeric(0)))) },
      order(
        { sku: "a", amount: "0" },
        { sku: "b", amount: "1" },
        { sku: "c", amount: "-1" },
        { sku: "d", amount: "2" },
      ),
    )
    expect(result).toMatchObject({
      status: "done",
      value: {
        items: [
          { sku: "1", net: "1.00" },
          { sku: "2", net: "2.00" },
        ],
        total: "3.00",
      },
      notes: [
        { code: "NOT_POSITIVE", severity: "skip", pointer: "/items/0/net" },
        { code: "NOT_POSITIVE", severity: "skip", pointer: "/items/1/net" },
      ],
    })
  })

  test.each([
    ["no list", { id: "o", Lines: {} }, "WRONG_TYPE src/Lines"],
    ["null", { id: "o", Lines: null }, "MISSING_FIELD src/Lines"],
    ["an array for the order", [], "NOT_AN_OBJECT src"],
    ["null for the order", null, "NOT_AN_OBJECT src"],
    ["two fields", { Lines: 1 }, "MISSING_FIELD src/id, WRONG_TYPE src/Lines"],
    [
      "inherited names are not there",
      Object.create({ id: "o", Lines: [] }),
      "MISSING_FIELD src/id, MISSING_FIELD src/Lines",
    ],
  ])("%s is refused at its place", (_, payload, expected) => {
    expect(outcome(run({}, payload))).toBe(`rejected ${expected}`)
  })
})

function orZero(value: PlanExpression): PlanExpression {
  return {
    kind: "conditional",
    bind: null,
    type: numeric(2),
    maybe: true,
    at: here,
    arms: [whenArm(compare(value, "<", figure("100")), value)],
    otherwise: exit("hold", "HELD_BIG"),
  }
}

describe("lets, checks and steps", () => {
  const flat = contract("Flat", [field("a", wireInt()), field("b", wireInt())])
  const out = contract("Out", [
    field("x", wireInt(), { optional: true }),
    field("y", wireInt(), { optional: true }),
  ])
  const one = (steps: readonly PlanStep[], payload: unknown): string => {
    const body: PlanBlock = {
      steps,
      fields: [
        { field: "x", variable: 11 },
        { field: "y", variable: 12 },
      ],
    }
    const map = mapOf(
      flat,
      out,
      {},
      {
        body,
        variables: Array.from({ length: 13 }, (_, i) => ({ name: `v${i}`, type: text, maybe: false })),
      },
    )
    return outcome(interpret(plan({ shapes: [flat, out], maps: [map] }), "M", { src: payload }))
  }
  const a = src("a", numeric(0))
  const b = src("b", numeric(0))
  const checkX = (condition: PlanExpression, verb: "reject" | "hold" | "warn"): PlanStep => ({
    kind: "check",
    condition,
    exit: { verb, code: "X_TOO_BIG", message: null, field: "x" },
    at: here,
  })
  const steps = (first: PlanExpression): readonly PlanStep[] => [
    { kind: "let", variable: 10, value: first, at: here },
    { kind: "field", field: "x", variable: 11, value: variable(10, numeric(0)), at: here },
    { kind: "field", field: "y", variable: 12, value: b, at: here },
    checkX(compare(variable(11, numeric(0)), "<", figure("5")), "reject"),
  ]
  test("a poisoned let silences what reads it, not the rest", () => {
    expect(one(steps(exit("hold", "STOP")), { a: 1, b: 2 })).toBe("held STOP out/v10")
    expect(one(steps(exit("hold", "STOP")), { a: 1, b: "2" })).toBe("rejected WRONG_TYPE src/b, STOP out/v10")
    expect(one(steps(a), { a: 7, b: 2 })).toBe("rejected X_TOO_BIG out/x")
    expect(one(steps(a), { a: 4, b: 2 })).toBe('done {"x":4,"y":2}')
  })
  test("reject dominates hold; warn only notes", () => {
    const warned: readonly PlanStep[] = [...steps(a).slice(0, 3), checkX(boolLiteral(false), "warn")]
    expect(one(warned, { a: 1, b: 1 })).toBe('done {"x":1,"y":1}')
    const both: readonly PlanStep[] = [
      { kind: "field", field: "x", variable: 11, value: exit("hold", "H"), at: here },
      { kind: "field", field: "y", variable: 12, value: exit("reject", "R"), at: here },
    ]
    expect(one(both, { a: 1, b: 1 })).toBe("rejected H out/x, R out/y")
  })
  test.each([
    ["100.00", "==", { amount: "0.01", relative: false, minor: false }, "100.01", true],
    ["100.00", "==", { amount: "0.01", relative: false, minor: false }, "100.02", false],
    ["100", "==", { amount: "1", relative: false, minor: true }, "101", true],
    ["100", "==", { amount: "1", relative: false, minor: true }, "102", false],
    ["101", "==", { amount: "0.01", relative: true, minor: false }, "100", true],
    ["102", "==", { amount: "0.01", relative: true, minor: false }, "100", false],
    ["-101", "==", { amount: "0.01", relative: true, minor: false }, "-100", true],
    ["1", "<", null, "2", true],
    ["2", "<", null, "2", false],
  ] as const)("control %s %s within %j of %s: %s", (left, operator, within, right, held) => {
    const control: PlanStep = {
      kind: "control",
      groups: null,
      masked: false,
      title: "t",
      left: figure(left),
      operator,
      right: figure(right),
      when: null,
      at: here,
      within:
        within === null
          ? null
          : {
              amount: figure(within.amount),
              relative: within.relative,
              minorOf: within.minor ? textLiteral("JPY") : null,
            },
      exit: { verb: "hold", code: "OFF", message: null, field: null },
    }
    const off = one([...steps(a).slice(0, 3), control], { a: 1, b: 1 })
    expect(off).toBe(held ? 'done {"x":1,"y":1}' : "held OFF out")
  })
  test("a control that is not wanted holds", () => {
    const control: PlanStep = {
      kind: "control",
      groups: null,
      masked: false,
      title: "t",
      left: a,
      operator: "==",
      right: b,
      when: boolLiteral(false),
      at: here,
      within: null,
      exit: { verb: "hold", code: "OFF", message: null, field: null },
    }
    expect(one([...steps(a).slice(0, 3), control], { a: 1, b: 2 })).toBe('done {"x":1,"y":2}')
  })
})

describe("money and its currency", () => {
  const priced = contract("Priced", [
    field("amount", wireMoney(["ccy"], { wire: "minor", scale: 4, precision: null })),
    field("open", wireMoney(["ccy"], { precision: null, scale: 4, fitsMinor: true }), { optional: true }),
    field("ccy", wireCurrency),
  ])
  const out = contract("Out", [
    field("ccy", wireCurrency),
    field("amount", wireMoney(["ccy"], { precision: null, scale: 4, fitsMinor: true })),
    field("minor", wireMoney(["ccy"], { precision: null, scale: 4, wire: "minor" })),
  ])
  const map = mapOf(priced, out, {
    ccy: src("ccy", text),
    amount: src("amount", numeric(4)),
    minor: src("amount", numeric(4)),
  })
  test.each([
    [{ amount: 12345, ccy: "USD" }, 'done {"ccy":"USD","amount":"123.45","minor":12345}'],
    [{ amount: 12345, ccy: "JPY" }, 'done {"ccy":"JPY","amount":"12345","minor":12345}'],
    [{ amount: 12345, ccy: "KWD" }, 'done {"ccy":"KWD","amount":"12.345","minor":12345}'],
    [{ amount: 12345, ccy: "EUR", open: "1.005" }, "rejected BAD_MINOR_UNITS src/open"],
    [{ amount: 12345, ccy: "usd", open: "1.005" }, "rejected UNKNOWN_CURRENCY src/ccy"],
    [{ amount: "x", ccy: "USD" }, "rejected WRONG_TYPE src/amount"],
  ])("%j → %s: read and written by the currency, wherever it stands", (payload, expected) => {
    expect(outcome(interpret(plan({ shapes: [priced, out], maps: [map] }), "M", { src: payload }))).toBe(
      expected,
    )
  })
})

describe("rules of a contract", () => {
  const self = variable(0, recordOf("Deal"))
  const deal: PlanShape = contract(
    "Deal",
    [field("stage", wireEnum(["Won", "Lost"])), field("close", wireDate)],
    {},
    {
      rules: [
        {
          kind: "derive",
          name: "label",
          type: wireText(),
          reads: [["stage"]],
          value: interpolation("is ", hole(member(self, "stage", text))),
          at: here,
        },
        {
          kind: "check",
          reads: [["close"]],
          at: at(9),
          condition: compare(member(self, "close", { kind: "date" }), ">=", {
            kind: "literal",
            value: "2000-01-01",
            type: { kind: "date" },
            maybe: false,
            at: here,
          }),
          exit: {
            verb: "reject",
            code: "BAD_CLOSE_DATE",
            message: interpolation("closed on ", hole(member(self, "close", { kind: "date" }))),
          },
          field: null,
          says: null,
        },
      ],
    },
  )
  const out = contract("Out", [field("label", wireText())])
  const run = (payload: unknown): ReturnType<typeof interpret> =>
    interpret(plan({ shapes: [deal, out], maps: [mapOf(deal, out, { label: src("label", text) })] }), "M", {
      src: payload,
    })
  test("derived values read like fields; checks speak at the record with their own message", () => {
    expect(outcome(run({ stage: "Won", close: "2026-01-01" }))).toBe('done {"label":"is Won"}')
    expect(run({ stage: "Won", close: "1999-12-31" })).toMatchObject({
      status: "rejected",
      issues: [
        {
          code: "BAD_CLOSE_DATE",
          root: "src",
          pointer: "",
          message: "closed on 1999-12-31",
          at: "order.fmap:9:1",
        },
      ],
    })
    expect(outcome(run({ stage: "won", close: "31.12.1999" }))).toBe(
      "rejected UNKNOWN_MEMBER src/stage, BAD_DATE src/close",
    )
  })
})

describe("crosswalks", () => {
  const from = contract("From", [field("a", wireText()), field("n", wireDecimal(5, 2))])
  const terms = shape("Terms", [field("days", wireInt())])
  const out = contract("Out", [field("days", wireInt())])
  const lookup: PlanExpression = {
    kind: "lookup",
    crosswalk: "T",
    keys: [src("a", text), src("n", numeric(2))],
    asOf: null,
    inverse: false,
    type: recordOf("Terms"),
    maybe: true,
    at: here,
  }
  const days = member(lookup, "days", numeric(0), true)
  const run = (
    value: PlanExpression,
    payload: unknown,
    keyForm: "exact" | "folded" = "exact",
    unmapped: PlanExpression | null = null,
  ): string => {
    const crosswalk = {
      id: "T",
      name: "T",
      file: 0,
      docs: "",
      at: here,
      version: "1.0.0",
      owner: null,
      result: wireRecord("Terms"),
      keyForm,
      bothWays: false,
      dated: false,
      unmapped,
      external: null,
      parameters: [
        { name: "a", type: wireText() },
        { name: "n", type: wireDecimal(5, 2) },
      ],
      rows: [
        { keys: ["x|y", "1.50"], from: "0001-01-01", until: "9999-12-31", value: { days: 30 }, at: here },
        { keys: ["x", "y"], from: "0001-01-01", until: "9999-12-31", value: { days: 1 }, at: here },
      ],
    }
    return outcome(
      interpret(
        plan({
          shapes: [from, terms, out],
          crosswalks: [crosswalk],
          maps: [mapOf(from, out, { days: value })],
        }),
        "M",
        { src: payload },
      ),
    )
  }
  test("a row is found by all its keys, else the way out; missing-ness travels along the member", () => {
    const value = orElse(days, exit("hold", "NO_TERMS", interpolation("none for ", hole(src("a", text)))))
    expect(run(value, { a: "x|y", n: "1.5" })).toBe('done {"days":30}')
    expect(run(value, { a: "X|Y", n: "1.5" })).toBe("held NO_TERMS out/days")
    expect(run(value, { a: "constructor", n: "1.5" })).toBe("held NO_TERMS out/days")
  })
  test("folded keys, and what unmapped says", () => {
    expect(run(days, { a: " X|Y ", n: "1.5" }, "folded", exit("hold", "UNMAPPED"))).toBe('done {"days":30}')
    expect(run(days, { a: "?", n: "1.5" }, "folded", exit("hold", "UNMAPPED"))).toBe("held UNMAPPED out/days")
  })
})

test("names are names: __proto__, constructor and toString as fields", () => {
  const names = ["__proto__", "constructor", "toString", "a/b~c"]
  const from = contract(
    "From",
    names.map(name => field(name, wireText())),
  )
  const to = contract(
    "To",
    names.map(name => field(name, wireText())),
  )
  const assigned = Object.fromEntries(names.map(name => [name, src(name, text)]))
  const one = plan({ shapes: [from, to], maps: [mapOf(from, to, assigned)] })
  const payload: unknown = JSON.parse('{"__proto__":"p","constructor":"c","toString":"t","a/b~c":"s"}')
  const result = interpret(one, "M", { src: payload })
  expect(JSON.stringify(result)).toContain(
    '"value":{"__proto__":"p","constructor":"c","toString":"t","a/b~c":"s"}',
  )
  expect(outcome(interpret(one, "M", { src: {} }))).toBe(
    "rejected MISSING_FIELD src/__proto__, MISSING_FIELD src/constructor, MISSING_FIELD src/toString, MISSING_FIELD src/a~1b~0c",
  )
})

test("personal values are masked in issues", () => {
  const from = contract("From", [field("name", wireText(3), { pii: true })])
  const to = contract("To", [field("name", wireText(2), { confidential: true })])
  const fitted = fitTo(src("name", text), wireText(2), "name", [{ kind: "length" }])
  const one = plan({ shapes: [from, to], maps: [mapOf(from, to, { name: fitted })] })
  expect(interpret(one, "M", { src: { name: "Adam" } })).toMatchObject({
    issues: [{ code: "TOO_LONG", value: "•••" }],
  })
  expect(interpret(one, "M", { src: { name: "Ada" } })).toMatchObject({
    issues: [{ code: "OUT_OF_RANGE", value: "•••" }],
  })
})

test("givens, keys and the trace", () => {
  const from = contract("From", [field("id", wireInt())])
  const to = contract("To", [field("key", wireText()), field("on", wireDate)])
  const map = mapOf(
    from,
    to,
    { key: interpolation("K-", hole(src("id", numeric(0)))), on: variable(1, { kind: "date" }) },
    {
      givens: [{ name: "asOf", variable: 1, type: wireDate, optional: false, at: at(5) }],
      key: { field: "key", onReplay: [] },
    },
  )
  const one = plan({ shapes: [from, to], maps: [map] })
  const seen: string[] = []
  const result = interpret(one, "M", { src: { id: 7 }, asOf: "2026-03-31" }, {}, event => {
    if (event.kind === "step") seen.push(`${event.scope.place.pointer}=${String(event.value)}`)
  })
  expect(result).toMatchObject({ status: "done", key: "K-7", value: { key: "K-7", on: "2026-03-31" } })
  expect(seen).toEqual(["/key=K-7", "/on=2026-03-31"])
  expect(interpret(one, "M", { src: { id: 7 } })).toMatchObject({
    issues: [{ code: "MISSING_FIELD", root: "asOf", pointer: "", at: "order.fmap:5:1" }],
  })
  expect(interpret(one, "M", { src: { id: 7 }, asOf: "31.3.26" })).toMatchObject({
    issues: [{ code: "BAD_DATE", root: "asOf" }],
  })
})
