// Random maps that keep the promises of the Plan: every operand has its type and scale, `maybe` is told where a value may be
// missing, and operators never see missing. Flows out: Plans of one map, and payloads for them.
import fc from "fast-check"
import type { Plan, PlanExpression, ValueType } from "../../../../compiler/plan/index.ts"
import * as b from "../../interpret/plan-builders.ts"

type Expression = fc.Arbitrary<PlanExpression>

const modes = ["half_even", "half_up", "half_down", "up", "down", "ceiling", "floor", "exact"] as const
const row = b.shape("Row", [
  b.field("amount", b.wireDecimal(9, 2)),
  b.field("weight", b.wireInt("-1000", "1000"), { optional: true }),
  b.field("tag", b.wireText(4)),
])
const source = b.contract("Source", [
  b.field("money", b.wireDecimal(12, 2)),
  b.field("rate", b.wireDecimal(null, 4, { wire: "number" })),
  b.field("count", b.wireInt()),
  b.field("bonus", b.wireDecimal(null, 1), { optional: true }),
  b.field("name", b.wireText(6)),
  b.field("note", b.wireText(), { optional: true }),
  b.field("flag", b.wireBool),
  b.field("kind", b.wireEnum(["a", "b", "c"])),
  b.field("ccy", b.wireCurrency),
  b.field("rows", b.wireList(b.wireRecord("Row"))),
])
const number = (scale: number): ValueType => ({ kind: "number", digits: null, scale, rational: false })
const scaleOf = (of: PlanExpression): number => (of.type.kind === "number" ? of.type.scale : 0)
const src = (name: string, type: ValueType, maybe = false): PlanExpression =>
  b.member(b.variable(0, b.recordOf("Source")), name, type, maybe)
const at = <T extends object>(
  node: T,
  type: ValueType,
  maybe = false,
): T & { type: ValueType; maybe: boolean; at: typeof b.here } => ({ ...node, type, maybe, at: b.here })
const binding = {
  shape: "Row",
  rules: [],
  arguments: [],
  reads: ["amount", "weight", "tag"].map(field => ({ field, members: null, elements: false })),
}
const rows = src("rows", b.listOf(b.recordOf("Row")))

/** What an expression may read: loop variables of type Row, numbers of earlier fields. */
interface Around {
  readonly row: number | null
  readonly earlier: readonly PlanExpression[]
}

export function figure(depth: number, around: Around): Expression {
  const literal = fc
    .tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 0, max: 3 }))
    .map(([value, scale]): PlanExpression => {
      const text = decimal(value, scale)
      return at({ kind: "literal" as const, value: text }, number(scale))
    })
  const leaves: Expression[] = [
    literal,
    fc.constant(src("money", { kind: "number", digits: 10, scale: 2, rational: false })),
    fc.constant(src("rate", number(4))),
    fc.constant(src("count", number(0))),
    literal.map(value =>
      at(
        { kind: "else" as const, value: src("bonus", number(1), true), fallback: value },
        number(Math.max(1, scaleOf(value))),
      ),
    ),
  ]
  if (around.row !== null) {
    const of = b.variable(around.row, b.recordOf("Row"))
    leaves.push(fc.constant(b.member(of, "amount", { kind: "number", digits: 7, scale: 2, rational: false })))
    leaves.push(
      fc.constant(
        at(
          { kind: "else" as const, value: b.member(of, "weight", number(0), true), fallback: b.figure("7") },
          number(0),
        ),
      ),
    )
  }
  for (const one of around.earlier) leaves.push(fc.constant(one))
  if (depth === 0) return fc.oneof(...leaves)
  const deeper = figure(depth - 1, around)
  const pair = fc.tuple(deeper, deeper)
  const sum = fc
    .tuple(pair, fc.constantFrom("+" as const, "-" as const))
    .map(([[left, right], operator]) =>
      at(
        { kind: "arithmetic" as const, operator, left, right },
        number(Math.max(scaleOf(left), scaleOf(right))),
      ),
    )
  const product = pair.map(([left, right]) =>
    at(
      { kind: "arithmetic" as const, operator: "*" as const, left, right },
      number(scaleOf(left) + scaleOf(right)),
    ),
  )
  const negated = deeper.map(of => at({ kind: "negate" as const, of }, of.type))
  const quotient = fc
    .tuple(fc.oneof(deeper, product), deeper)
    .map(([left, right]) =>
      at(
        { kind: "arithmetic" as const, operator: "/" as const, left, right },
        { ...number(0), rational: true } as ValueType,
        true,
      ),
    )
  const average = (inner: Expression) =>
    inner.map(value =>
      at(
        {
          kind: "aggregate" as const,
          operation: "average" as const,
          generators: [generator(depth)],
          where: null,
          value,
        },
        { ...number(0), rational: true } as ValueType,
        true,
      ),
    )
  const inRow = { ...around, row: 40 + depth }
  const mended = fc
    .tuple(quotient, deeper)
    .map(([value, fallback]) => at({ kind: "else" as const, value, fallback }, value.type))
  const rounded = fc
    .tuple(
      fc.oneof(
        deeper,
        product,
        quotient,
        mended,
        ...(around.row === null ? [average(figure(depth - 1, inRow))] : []),
      ),
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom(...modes),
      deeper,
      fc.boolean(),
    )
    .map(([of, digits, mode, fallback, minor]) => {
      const scale = minor
        ? { kind: "minor" as const, currency: src("ccy", b.text) }
        : { kind: "digits" as const, digits }
      const maybe = of.maybe || mode === "exact"
      const round = at({ kind: "round" as const, of, scale, mode }, number(minor ? 4 : digits), maybe)
      return maybe
        ? at(
            { kind: "else" as const, value: round, fallback },
            number(Math.max(scaleOf(round), scaleOf(fallback))),
          )
        : round
    })
  const chosen = fc
    .tuple(condition(depth - 1, around), deeper, deeper)
    .map(([when, then, otherwise]) =>
      at(
        { kind: "conditional" as const, bind: null, arms: [b.whenArm(when, then)], otherwise },
        number(Math.max(scaleOf(then), scaleOf(otherwise))),
      ),
    )
  const switched = fc.tuple(deeper, deeper).map(([then, otherwise]) =>
    at(
      {
        kind: "switch" as const,
        subject: src("kind", b.text),
        arms: [b.valueArm(["a", "c"], then)],
        missing: null,
        otherwise,
      },
      number(Math.max(scaleOf(then), scaleOf(otherwise))),
    ),
  )
  const kinds: Expression[] = [sum, product, negated, rounded, chosen, switched, ...leaves]
  if (around.row === null) {
    kinds.push(
      fc
        .tuple(
          figure(depth - 1, inRow),
          fc.constantFrom("sum" as const, "count" as const),
          fc.option(condition(depth - 1, inRow)),
        )
        .map(([value, operation, where]) =>
          at(
            {
              kind: "aggregate" as const,
              operation,
              generators: [generator(depth)],
              where,
              value: operation === "count" ? null : value,
            },
            number(operation === "count" ? 0 : scaleOf(value)),
          ),
        ),
    )
    kinds.push(
      fc
        .tuple(
          figure(depth - 1, inRow),
          fc.constantFrom("min" as const, "max" as const, "first" as const, "last" as const),
          deeper,
        )
        .map(([value, operation, fallback]) => {
          const best = at(
            { kind: "aggregate" as const, operation, generators: [generator(depth)], where: null, value },
            value.type,
            true,
          )
          return at(
            { kind: "else" as const, value: best, fallback },
            number(Math.max(scaleOf(best), scaleOf(fallback))),
          )
        }),
    )
  }
  return fc.oneof(...kinds)
}

function generator(depth: number) {
  return { variable: 40 + depth, source: rows, element: binding }
}

function condition(depth: number, around: Around): Expression {
  const numbers = figure(Math.max(depth - 1, 0), around)
  const texts = text(Math.max(depth - 1, 0), around)
  const operator = fc.constantFrom(
    "==" as const,
    "!=" as const,
    "<" as const,
    "<=" as const,
    ">" as const,
    ">=" as const,
  )
  const leaves: Expression[] = [
    fc.tuple(numbers, operator, numbers).map(([left, op, right]) => b.compare(left, op, right)),
    fc.tuple(texts, operator, texts).map(([left, op, right]) => b.compare(left, op, right)),
    fc
      .boolean()
      .map(negated => at({ kind: "present" as const, of: src("note", b.text, true), negated }, b.bool)),
    fc.constant(src("flag", b.bool)),
    fc
      .tuple(numbers, numbers, numbers, fc.boolean())
      .map(([of, low, high, negated]) => at({ kind: "between" as const, of, low, high, negated }, b.bool)),
    fc
      .tuple(texts, fc.array(texts, { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(([of, options, negated]) => at({ kind: "anyOf" as const, of, options, negated }, b.bool)),
  ]
  if (depth <= 0) return fc.oneof(...leaves)
  const deeper = condition(depth - 1, around)
  return fc.oneof(
    ...leaves,
    deeper.map(of => at({ kind: "not" as const, of }, b.bool)),
    fc
      .tuple(deeper, deeper, fc.constantFrom("and" as const, "or" as const))
      .map(([left, right, operator_]) =>
        at({ kind: "logic" as const, operator: operator_, left, right }, b.bool),
      ),
  )
}

function text(depth: number, around: Around): Expression {
  const literal = fc.constantFrom("", "a", "b", "EUR", "\ue000", "😀").map(b.textLiteral)
  const leaves: Expression[] = [
    literal,
    fc.constant(src("name", b.text)),
    fc.constant(src("kind", b.text)),
    fc.constant(src("ccy", b.text)),
    literal.map(fallback => b.orElse(src("note", b.text, true), fallback)),
  ]
  if (around.row !== null)
    leaves.push(fc.constant(b.member(b.variable(around.row, b.recordOf("Row")), "tag", b.text)))
  if (depth === 0) return fc.oneof(...leaves)
  const deeper = text(depth - 1, around)
  return fc.oneof(
    ...leaves,
    fc
      .tuple(deeper, figure(depth - 1, around))
      .map(([left, right]) => b.interpolation(b.hole(left), "/", b.hole(right))),
    deeper.map(of =>
      at({ kind: "call" as const, function: "truncate", arguments: [of, b.figure("2")] }, b.text),
    ),
    deeper.map(of => at({ kind: "call" as const, function: "upper", arguments: [of] }, b.text)),
  )
}

/** A map of a few fields, some of which may hold, and some of which read those before them. */
export const randomMap: fc.Arbitrary<Plan> = fc
  .tuple(
    fc.array(figure(3, { row: null, earlier: [] }), { minLength: 1, maxLength: 3 }),
    fc.array(text(2, { row: null, earlier: [] }), { maxLength: 2 }),
    condition(2, { row: null, earlier: [] }),
    fc.array(fc.nat(5), { minLength: 8, maxLength: 8 }),
  )
  .chain(([first, texts, when, dice]) => {
    const held = first.map(
      (value, i): PlanExpression =>
        dice[i] === 0
          ? at(
              {
                kind: "conditional" as const,
                bind: null,
                arms: [b.whenArm(when, value)],
                otherwise: b.exit(
                  "hold",
                  `HELD_${i}`,
                  b.interpolation("at ", b.hole(src("count", number(0)))),
                ),
              },
              value.type,
            )
          : value,
    )
    const earlier = held.map((value, i) => b.variable(100 + i, value.type))
    return fc
      .tuple(
        fc.array(figure(2, { row: null, earlier }), { maxLength: 2 }),
        figure(1, { row: 60, earlier }),
        fc.boolean(),
        condition(1, { row: 60, earlier: [] }),
      )
      .map(([later, inRow, sorted, where]) => {
        const values = [...held, ...later]
        const named: { [name: string]: PlanExpression } = {}
        values.forEach((value, i) => {
          named[`n${i}`] = value
        })
        texts.forEach((value, i) => {
          named[`t${i}`] = value
        })
        const line = b.variable(60, b.recordOf("Row"))
        const out = b.shape("OutRow", [
          b.field("value", b.wireDecimal(null, scaleOf(inRow))),
          b.field("at", b.wireInt()),
          b.field("tag", b.wireText()),
        ])
        const target = b.contract("Target", [
          ...values.map((value, i) =>
            b.field(
              `n${i}`,
              b.wireDecimal(null, scaleOf(value), dice[i + 3] === 1 ? { wire: "number" } : {}),
            ),
          ),
          ...texts.map((_, i) => b.field(`t${i}`, b.wireText())),
          b.field("rows", b.wireList(b.wireRecord("OutRow"))),
          b.field("sum", b.wireDecimal(null, scaleOf(inRow))),
        ])
        named["rows"] = b.each(
          60,
          rows,
          b.record(
            "OutRow",
            b.blockOf(
              { value: inRow, at: b.variable(61, number(0)), tag: b.member(line, "tag", b.text) },
              70,
            ),
          ),
          {
            element: binding,
            position: 61,
            where,
            sort: sorted
              ? [
                  { key: b.member(line, "tag", b.text), descending: dice[7] === 0 },
                  { key: b.member(line, "amount", number(2)), descending: true },
                ]
              : [],
          },
        )
        const made = b.variable(62, b.recordOf("OutRow"))
        named["sum"] = b.aggregate(
          "sum",
          62,
          b.variable(100 + values.length + texts.length, b.listOf(b.recordOf("OutRow"))),
          b.member(made, "value", inRow.type),
          inRow.type,
          { maybe: false },
        )
        const map = b.mapOf(
          source,
          target,
          {},
          {
            body: b.blockOf(named, 100),
            sources: [
              {
                name: "src",
                variable: 0,
                at: b.here,
                binding: {
                  ...b.readAll(source),
                  reads: source.fields.map(({ name }) => ({
                    field: name,
                    members: null,
                    elements: name === "rows",
                  })),
                },
              },
            ],
          },
        )
        return b.plan({ shapes: [source, row, target, out], maps: [map] })
      })
  })

const amounts = fc.oneof(
  fc.integer({ min: -99999, max: 99999 }).map(value => decimal(value, 2)),
  fc.constantFrom(
    "0",
    "0.00",
    "-0",
    "0.5",
    "1.5",
    "2.5",
    "-2.5",
    "0.05",
    "9999999.99",
    "-9999999.99",
    "12345678.9",
    "x",
    null,
  ),
)
const oneRow = fc.record(
  {
    amount: amounts,
    weight: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(null, 2000)),
    tag: fc.constantFrom("a", "b", "😀", "\uffff", "long!"),
  },
  { noNullPrototype: true },
)

export const randomPayload: fc.Arbitrary<unknown> = fc
  .record(
    {
      money: fc.oneof(amounts, fc.constantFrom("9999999999.99", "-0.01")),
      rate: fc.oneof(
        fc.integer({ min: -99999, max: 99999 }).map(value => value / 10000),
        fc.constantFrom(0, 1, -1, 12345678901.2345, 99999999999999),
      ),
      count: fc.oneof(fc.integer({ min: -3, max: 30 }), fc.constantFrom(0, 999999999999999)),
      bonus: fc.constantFrom(null, undefined, "0.5", "-0.5", "1"),
      name: fc.constantFrom("a", "", "abc", "😀😀"),
      note: fc.constantFrom(null, undefined, "n"),
      flag: fc.boolean(),
      kind: fc.constantFrom("a", "b", "c", "c", "d"),
      ccy: fc.constantFrom("EUR", "JPY", "KWD", "XAU"),
      rows: fc.array(oneRow, { maxLength: 4 }),
    },
    { noNullPrototype: true },
  )
  .map(src_ => ({ src: src_ }))

function decimal(value: number, scale: number): string {
  const digits = String(Math.abs(value)).padStart(scale + 1, "0")
  return `${value < 0 ? "-" : ""}${scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`}`
}
