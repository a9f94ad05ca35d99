// Law 3 as a property: a random map over amounts in several currencies compiles, and does not compile any more when one amount in
// it is taken from another currency. Currencies are fields, a member's field, a constant and a parameter of a list's rows.
import { compile, memoryHost } from "@fmap/compiler"
import fc from "fast-check"
import { expect, test } from "vitest"

type Amount =
  | { readonly kind: "leaf"; readonly index: number }
  | { readonly kind: "join"; readonly operator: "+" | "-"; readonly left: Amount; readonly right: Amount }
  | { readonly kind: "scale"; readonly by: "i.n" | "2.5" | "i.p"; readonly of: Amount }
  | { readonly kind: "ratio"; readonly over: Amount; readonly of: Amount; readonly times: Amount }
  | { readonly kind: "choose"; readonly yes: Amount; readonly no: Amount }
  | { readonly kind: "when"; readonly above: Amount; readonly limit: Amount; readonly yes: Amount }

/** How an amount of each unit is written, and which field of the target has that currency; none has the constant. */
const units = [
  { leaves: ["i.a0", "i.a1", "(i.a2 else 0)"], declared: "money in t0" },
  { leaves: ["i.b0", "i.b1", "x0b"], declared: "money in t1" },
  { leaves: ["i.p3.a", "inner.a"], declared: "money in t2" },
  { leaves: ["i.e0", "i.e1", "1.50 EUR"], declared: "money in EUR" },
  { leaves: ["sum(i.rows.a)", "sum(r.a * r.q for r in i.rows where r.q > 0)"], declared: "money in t4" },
] as const

const before = `
record Row(ccy: currency) { a: money(9,2) in ccy, q: int(0..9) }
record Inner { c: currency, a: money(9,2) in c }
record In {
  c0: currency, a0: money(9,2) in c0, a1: money(9,2) in c0, a2?: money(9,2) in c0
  c1: currency, b0: money(9,2) in c1, b1: money(9,2) in c1
  p3: Inner, e0: money(9,2) in EUR, e1: money(9,2) in EUR
  c4: currency, rows: Row(c4)[]
  n: decimal(6,3), p: percent(5,2), f: bool
}
`
// Everything is read once, so that the map is complete whatever the random part uses.
const body = `
  t0 = i.c0
  t1 = k
  t2 = inner.c
  t4 = t4copy
  t4copy = i.c4
  let k = i.c1
  let inner = i.p3
  x0b = i.b0
  check i.a0 + i.a1 > (i.a2 else 0) else reject A
  check i.b0 > i.b1 and i.e0 > i.e1 and i.n > 0 and i.p > 0% and i.f else reject B
  check sum(i.rows.a) > 0 and count(r for r in i.rows where r.q > 0) > 0 and inner.a > 0 else reject C
`

const { amount } = fc.letrec<{ amount: Amount }>(tie => ({
  amount: fc.oneof(
    { maxDepth: 4, depthIdentifier: "amount" },
    fc.record({ kind: fc.constant("leaf" as const), index: fc.nat(5) }),
    fc.record({
      kind: fc.constant("join" as const),
      operator: fc.constantFrom("+" as const, "-" as const),
      left: tie("amount"),
      right: tie("amount"),
    }),
    fc.record({
      kind: fc.constant("scale" as const),
      by: fc.constantFrom("i.n" as const, "2.5" as const, "i.p" as const),
      of: tie("amount"),
    }),
    fc.record({
      kind: fc.constant("ratio" as const),
      over: tie("amount"),
      of: tie("amount"),
      times: tie("amount"),
    }),
    fc.record({ kind: fc.constant("choose" as const), yes: tie("amount"), no: tie("amount") }),
    fc.record({
      kind: fc.constant("when" as const),
      above: tie("amount"),
      limit: tie("amount"),
      yes: tie("amount"),
    }),
  ),
}))

const leavesOf = (node: Amount): number =>
  node.kind === "leaf"
    ? 1
    : Object.values(node).reduce<number>(
        (sum, part) => (typeof part === "object" ? sum + leavesOf(part) : sum),
        0,
      )

/** `wrong`: which leaf, counted from the left, is of which other unit. */
function written(node: Amount, unit: number, wrong: { at: number; unit: number } | null): string {
  let count = 0
  const write = (one: Amount): string => {
    switch (one.kind) {
      case "leaf": {
        const { leaves } = units[
          wrong !== null && count++ === wrong.at ? wrong.unit : unit
        ] as (typeof units)[number]
        return leaves[one.index % leaves.length] ?? ""
      }
      case "join":
        return `(${write(one.left)} ${one.operator} ${write(one.right)})`
      case "scale":
        return `(${write(one.of)} * ${one.by})`
      case "ratio":
        // Times a field: a constant below would make the `else` useless.
        return `((round(${write(one.of)} / (${write(one.over)} * i.n), 4, half_even) else 1) * ${write(one.times)})`
      case "choose":
        return `(match i.f { true -> ${write(one.yes)}, false -> ${write(one.no)} })`
      case "when":
        return `(match { ${write(one.above)} > ${write(one.limit)} -> ${write(one.yes)}, otherwise -> 0 })`
    }
  }
  return write(node)
}

function errorsOf(values: readonly string[]): readonly string[] {
  const fields = values.map((_, i) => `x${i}: ${units[i]?.declared}`)
  const text = `${before}
record Out { t0: currency, t1: currency, t2: currency, t4: currency, t4copy: currency, x0b: money(9,2) in t1, ${fields.join(", ")} }
map M version 1.0.0 from i: In to o: Out {${body}${values.map((value, i) => `  x${i} = round(${value}, minor, half_even)\n`).join("")}}
`
  const { diagnostics } = compile(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"], { emit: {} })
  return diagnostics.map(({ code, message }) => `${code} ${message}`)
}

const map = fc.tuple(...units.map(() => amount))

test("a map in which every amount has its currency compiles", () => {
  fc.assert(
    fc.property(map, values => {
      expect(errorsOf(values.map((value, unit) => written(value, unit, null)))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test("with one amount from another currency it does not", () => {
  fc.assert(
    fc.property(map, fc.nat(), fc.nat(), fc.nat(), (values, field, leaf, other) => {
      const at = field % units.length
      const unit = (at + 1 + (other % (units.length - 1))) % units.length
      const errors = errorsOf(
        values.map((value, i) => written(value, i, i === at ? { at: leaf % leavesOf(value), unit } : null)),
      )
      expect(errors.length, "it compiles").toBeGreaterThan(0)
      for (const error of errors) expect(error).toMatch(/^FM510[12] /u)
    }),
    { numRuns: 150 },
  )
})
