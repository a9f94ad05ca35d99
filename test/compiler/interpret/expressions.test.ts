import { describe, expect, test } from "vitest"
import type { PlanExpression, WireType } from "../../../compiler/plan/index.ts"
import {
  aggregate,
  arithmetic,
  bool,
  boolLiteral,
  clear,
  compare,
  date,
  each,
  exit,
  field,
  figure,
  fitTo,
  here,
  hole,
  interpolation,
  listOf,
  missing,
  numeric,
  orElse,
  round,
  src,
  text,
  textLiteral,
  valueArm,
  variable,
  whenArm,
  wireBool,
  wireDate,
  wireDecimal,
  wireInt,
  wireList,
  wireText,
} from "./plan-builders.ts"
import { outcome, runExpression } from "./run.ts"

const maybe = (name: string, type = numeric(2)): PlanExpression => src(name, type, true)
const decimal2 = wireDecimal(12, 2)
const literalList = (...values: readonly PlanExpression[]): PlanExpression => ({
  kind: "list",
  elements: values.map(value => ({ when: null, value, spread: false })),
  type: listOf(values[0]?.type ?? text),
  maybe: false,
  at: here,
})

describe("numbers are exact", () => {
  const cases: readonly (readonly [string, PlanExpression, WireType, string])[] = [
    ["0.1 + 0.2", arithmetic(figure("0.1"), "+", figure("0.2")), decimal2, '"0.30"'],
    [
      "60 digits",
      arithmetic(figure(`${"9".repeat(60)}`), "+", figure("1")),
      wireDecimal(null, 0),
      `"1${"0".repeat(60)}"`,
    ],
    ["1.005 half_even", round(figure("1.005"), 2), decimal2, '"1.00"'],
    ["1.005 half_up", round(figure("1.005"), 2, "half_up"), decimal2, '"1.01"'],
    ["1.005 half_down", round(figure("1.005"), 2, "half_down"), decimal2, '"1.00"'],
    ["-1.001 up", round(figure("-1.001"), 2, "up"), decimal2, '"-1.01"'],
    ["-1.009 down", round(figure("-1.009"), 2, "down"), decimal2, '"-1.00"'],
    ["-1.001 ceiling", round(figure("-1.001"), 2, "ceiling"), decimal2, '"-1.00"'],
    ["-1.001 floor", round(figure("-1.001"), 2, "floor"), decimal2, '"-1.01"'],
    [
      "a / b * c rounds once",
      round(arithmetic(arithmetic(figure("1"), "/", figure("3")), "*", figure("3")), 2),
      decimal2,
      '"1.00"',
    ],
    ["-0", arithmetic(figure("0"), "*", figure("-1")), decimal2, '"0.00"'],
    ["exact keeps", orElse(round(figure("1.10"), 1, "exact"), figure("9")), decimal2, '"1.10"'],
    ["exact that would lose", orElse(round(figure("1.15"), 1, "exact"), figure("9")), decimal2, '"9.00"'],
    [
      "division by zero",
      orElse(round(arithmetic(figure("1"), "/", figure("0")), 2), figure("7")),
      decimal2,
      '"7.00"',
    ],
    [
      "division by zero, deep",
      orElse(round(arithmetic(figure("1"), "+", arithmetic(figure("1"), "/", figure("0"))), 2), figure("7")),
      decimal2,
      '"7.00"',
    ],
    [
      "integer",
      arithmetic(figure("12345678901234567890"), "*", figure("1")),
      wireInt(),
      "12345678901234567890",
    ],
  ]
  test.each(cases)("%s", (_, value, type, expected) => {
    expect(outcome(runExpression(value, type))).toBe(`done {"result":${expected}}`)
  })
})

describe("conditions", () => {
  const between = (low: string, of: string, high: string, negated: boolean): PlanExpression => ({
    kind: "between",
    of: textLiteral(of),
    low: textLiteral(low),
    high: textLiteral(high),
    negated,
    type: bool,
    maybe: false,
    at: here,
  })
  const anyOf = (
    of: PlanExpression,
    options: readonly PlanExpression[],
    negated: boolean,
  ): PlanExpression => ({
    kind: "anyOf",
    of,
    options,
    negated,
    type: bool,
    maybe: false,
    at: here,
  })
  const logic = (left: boolean, operator: "and" | "or", right: PlanExpression): PlanExpression => ({
    kind: "logic",
    operator,
    left: boolLiteral(left),
    right,
    type: bool,
    maybe: false,
    at: here,
  })
  const never = exit("reject", "RIGHT_SIDE_RAN")
  const instant = (value: string): PlanExpression => ({
    kind: "literal",
    value,
    type: { kind: "instant" },
    maybe: false,
    at: here,
  })
  const cases: readonly (readonly [string, PlanExpression, boolean])[] = [
    ["1.50 == 1.5", compare(figure("1.50"), "==", figure("1.5")), true],
    ["10 < 9 by value", compare(figure("10"), "<", figure("9")), false],
    ["text by code point, not by unit", compare(textLiteral("\uFFFD"), "<", textLiteral("\u{1F600}")), true],
    ["a prefix comes first", compare(textLiteral("ab"), "<", textLiteral("abc")), true],
    ["case counts", compare(textLiteral("a"), "==", textLiteral("A")), false],
    [
      "no fraction before a fraction",
      compare(instant("2026-01-01T00:00:00Z"), "<", instant("2026-01-01T00:00:00.5Z")),
      true,
    ],
    ["range is closed", between("4000", "4999", "4999", false), true],
    ["not between", between("4000", "3999", "4999", true), true],
    ["any of, by value", anyOf(figure("2.0"), [figure("1"), figure("2")], false), true],
    ["none of", anyOf(figure("3"), [figure("1"), figure("2")], true), true],
    ["false and … does not run", logic(false, "and", never), false],
    ["true or … does not run", logic(true, "or", never), true],
    ["true and false", logic(true, "and", boolLiteral(false)), false],
    ["not", { kind: "not", of: boolLiteral(false), type: bool, maybe: false, at: here }, true],
  ]
  test.each(cases)("%s", (_, value, expected) => {
    expect(outcome(runExpression(value, wireBool))).toBe(`done {"result":${expected}}`)
  })
})

describe("missing", () => {
  const fields = [field("amount", decimal2, { optional: true })]
  test.each([
    ["omits an optional field", maybe("amount"), "done {}"],
    ["else gives the fallback", orElse(maybe("amount"), figure("1")), 'done {"result":"1.00"}'],
    ["clear writes null", orElse(maybe("amount"), clear), 'done {"result":null}'],
    ["omit", orElse(maybe("amount"), missing), "done {}"],
    ["hold", orElse(maybe("amount"), exit("hold", "NO_AMOUNT")), "held NO_AMOUNT out/result"],
  ])("%s", (_, value, expected) => {
    expect(outcome(runExpression(value, decimal2, fields, {}))).toBe(expected)
    expect(outcome(runExpression(value, decimal2, fields, { amount: null }))).toBe(expected)
    expect(outcome(runExpression(value, decimal2, fields, { amount: "2" }))).toBe('done {"result":"2.00"}')
  })

  test("presence of a maybe", () => {
    const present = (negated: boolean): PlanExpression => ({
      kind: "present",
      of: maybe("amount"),
      negated,
      type: bool,
      maybe: false,
      at: here,
    })
    expect(outcome(runExpression(present(false), wireBool, fields, {}))).toBe('done {"result":false}')
    expect(outcome(runExpression(present(true), wireBool, fields, {}))).toBe('done {"result":true}')
  })
})

describe("match", () => {
  const arms = (subject: PlanExpression, otherwise: PlanExpression | null): PlanExpression => ({
    kind: "switch",
    subject,
    type: text,
    maybe: false,
    at: here,
    arms: [valueArm(["Closed Won", "Won"], textLiteral("Booked"))],
    missing: textLiteral("None"),
    otherwise,
  })
  const fields = [field("stage", wireText(), { optional: true })]
  test.each([
    [{ stage: "Won" }, "Booked"],
    [{ stage: "won" }, "Draft"],
    [{}, "None"],
  ])("over values: %j gives %s", (payload, expected) => {
    const result = runExpression(
      arms(maybe("stage", text), textLiteral("Draft")),
      wireText(),
      fields,
      payload,
    )
    expect(outcome(result)).toBe(`done {"result":"${expected}"}`)
  })

  test("over conditions: the first true one, the subject bound once", () => {
    const value: PlanExpression = {
      kind: "conditional",
      type: text,
      maybe: false,
      at: here,
      bind: { variable: 40, value: src("n", numeric(0)) },
      arms: [
        whenArm(compare(variable(40, numeric(0)), ">", figure("10")), textLiteral("big")),
        whenArm(compare(variable(40, numeric(0)), ">", figure("1")), textLiteral("middle")),
      ],
      otherwise: textLiteral("small"),
    }
    const of = (n: number): string =>
      outcome(runExpression(value, wireText(), [field("n", wireInt())], { n }))
    expect([of(11), of(5), of(1)]).toEqual([
      'done {"result":"big"}',
      'done {"result":"middle"}',
      'done {"result":"small"}',
    ])
  })
})

describe("text", () => {
  test("holes show every fraction digit, dates in a format, personal values not at all", () => {
    const value = interpolation(
      "{",
      hole(src("n", numeric(2))),
      " on ",
      hole(src("d", date), "dd.MM.yyyy"),
      " for ",
      hole(src("name", text), null, true),
      "}",
    )
    const fields = [field("n", decimal2), field("d", wireDate), field("name", wireText(), { pii: true })]
    const payload = { n: "5", d: "2026-03-31", name: "Ada" }
    expect(outcome(runExpression(value, wireText(), fields, payload))).toBe(
      'done {"result":"{5.00 on 31.03.2026 for •••}"}',
    )
  })

  test("built-ins take and give exact numbers", () => {
    const call = (
      name: string,
      type: PlanExpression["type"],
      ...args: readonly PlanExpression[]
    ): PlanExpression => ({
      kind: "call",
      function: name,
      arguments: args,
      type,
      maybe: true,
      at: here,
    })
    expect(outcome(runExpression(call("length", numeric(0), textLiteral("Zoë 👍")), wireInt()))).toBe(
      'done {"result":5}',
    )
    expect(outcome(runExpression(call("abs", numeric(2), figure("-1.25")), decimal2))).toBe(
      'done {"result":"1.25"}',
    )
    expect(
      outcome(runExpression(orElse(call("parse_int", numeric(0), textLiteral("x")), figure("3")), wireInt())),
    ).toBe('done {"result":3}')
    expect(
      outcome(
        runExpression(
          call("join", text, literalList(textLiteral("a"), textLiteral("b")), textLiteral("/")),
          wireText(),
        ),
      ),
    ).toBe('done {"result":"a/b"}')
  })
})

describe("aggregates", () => {
  const numbers = (...values: readonly string[]): PlanExpression => literalList(...values.map(figure))
  const over = (
    operation: Parameters<typeof aggregate>[0],
    list: PlanExpression,
    scale = 2,
  ): PlanExpression =>
    aggregate(operation, 50, list, variable(50, numeric(2)), numeric(scale, operation === "average"))
  const empty = literalList()
  test.each([
    ["sum", over("sum", numbers("0.1", "0.2")), '"0.30"'],
    ["sum of nothing", over("sum", empty), '"0.00"'],
    ["min", over("min", numbers("3", "-2.5", "1")), '"-2.50"'],
    ["max", over("max", numbers("3", "-2.5", "1")), '"3.00"'],
    ["first", over("first", numbers("3", "1")), '"3.00"'],
    ["last", over("last", numbers("3", "1")), '"1.00"'],
    ["average", round(over("average", numbers("1", "2", "2")), 2), '"1.67"'],
    ["count", aggregate("count", 50, numbers("1", "2"), null, numeric(0)), '"2.00"'],
  ])("%s", (_, value, expected) => {
    expect(outcome(runExpression(value, decimal2))).toBe(`done {"result":${expected}}`)
  })

  test.each(["min", "max", "first", "last", "average"] as const)("%s of nothing is missing", operation => {
    const value = orElse(
      operation === "average" ? round(over(operation, empty), 2) : over(operation, empty),
      figure("8"),
    )
    expect(outcome(runExpression(value, decimal2))).toBe('done {"result":"8.00"}')
  })

  test("distinct keeps the first of equals; any and all", () => {
    const distinct = aggregate(
      "distinct",
      50,
      numbers("1.0", "2", "1"),
      variable(50, numeric(1)),
      listOf(numeric(1)),
    )
    expect(outcome(runExpression(distinct, wireList(wireDecimal(5, 1))))).toBe(
      'done {"result":["1.0","2.0"]}',
    )
    const quantifier = (operation: "any" | "all", list: PlanExpression): string =>
      outcome(
        runExpression(
          aggregate(operation, 50, list, compare(variable(50, numeric(0)), ">", figure("1")), bool),
          wireBool,
        ),
      )
    expect(quantifier("any", numbers("1", "2"))).toBe('done {"result":true}')
    expect(quantifier("all", numbers("1", "2"))).toBe('done {"result":false}')
    expect([quantifier("any", empty), quantifier("all", empty)]).toEqual([
      'done {"result":false}',
      'done {"result":true}',
    ])
  })
})

describe("fit", () => {
  test.each([
    [
      "digits",
      fitTo(figure("12345.00"), wireDecimal(6, 2), "result", [{ kind: "digits" }]),
      wireDecimal(6, 2),
    ],
    ["scale", fitTo(figure("1.005"), decimal2, "result", [{ kind: "digits" }, { kind: "scale" }]), decimal2],
    ["bounds", fitTo(figure("-1"), wireInt("0", "9"), "result", [{ kind: "bounds" }]), wireInt("0", "9")],
    [
      "minor",
      fitTo(figure("1.50"), decimal2, "result", [{ kind: "minor", currency: textLiteral("JPY") }]),
      decimal2,
    ],
    ["length", fitTo(textLiteral("ab👍"), wireText(2), "result", [{ kind: "length" }]), wireText(2)],
    [
      "pattern",
      fitTo(textLiteral("ab"), wireText(null, { pattern: "[A-Z]+" }), "result", [{ kind: "pattern" }]),
      wireText(),
    ],
    [
      "items",
      fitTo(literalList(figure("1")), wireList(wireInt(), { min: 2 }), "result", [{ kind: "items" }]),
      wireList(wireInt()),
    ],
  ])("%s that do not fit are a reject at the field", (_, value, type) => {
    expect(outcome(runExpression(value, type))).toBe("rejected OUT_OF_RANGE out/result")
  })

  test("the value that did not fit is shown with all its digits", () => {
    const result = runExpression(
      fitTo(figure("12345.60"), wireDecimal(6, 2), "result", [{ kind: "digits" }]),
      wireDecimal(6, 2),
    )
    expect(result).toMatchObject({
      status: "rejected",
      issues: [{ value: "12345.60", message: "Expected at most 4 digits before the point." }],
    })
  })

  test("an empty list for T[1..] is missing where an else stands outside", () => {
    const value = orElse(
      fitTo(literalList(), wireList(wireInt(), { min: 1 }), "result", [], true),
      exit("reject", "NO_LINES"),
    )
    expect(outcome(runExpression(value, wireList(wireInt())))).toBe("rejected NO_LINES out/result")
  })
})

describe("dictionaries", () => {
  const entry = (key: string): PlanExpression => ({
    kind: "entry",
    of: src("rates", { kind: "dictionary", of: numeric(2) }),
    key: textLiteral(key),
    type: numeric(2),
    maybe: true,
    at: here,
  })
  const fields = [field("rates", { kind: "dictionary", of: decimal2 })]
  test("a key that is not there is missing, whatever its name", () => {
    const run = (key: string): string =>
      outcome(
        runExpression(orElse(entry(key), figure("0")), decimal2, fields, {
          rates: JSON.parse('{"EUR":"1.1","__proto__":"2"}'),
        }),
      )
    expect([run("EUR"), run("USD"), run("constructor"), run("__proto__")]).toEqual([
      'done {"result":"1.10"}',
      'done {"result":"0.00"}',
      'done {"result":"0.00"}',
      'done {"result":"2.00"}',
    ])
  })
  test("a bad entry is poison for who reads it, reported once", () => {
    expect(outcome(runExpression(entry("a"), decimal2, fields, { rates: { a: "x", b: "1" } }))).toBe(
      "rejected BAD_NUMBER src/rates/a",
    )
  })
})

test("each over a plain list", () => {
  const value = each(
    60,
    literalList(textLiteral("a"), textLiteral("b")),
    interpolation(hole(variable(60, text)), "!"),
  )
  expect(outcome(runExpression(value, wireList(wireText())))).toBe('done {"result":["a!","b!"]}')
})
