// What `fmap explain` says of runs over sets: which rows a value was collected from, and each of them; rows that went no further.
import { type ExplainSetQuestion, explainSet, formatExplanation, type RecordedRow } from "@fmap/compiler"
import { expect, test } from "vitest"
import { planOf } from "../../conformance/plan-of.ts"

const text = `
contract Row version 1.0.0 { id : text(9), account : text(9), amount : money(9,2) in EUR, memo? : text(20), who? : text(20) pii, day : date }
contract Period version 1.0.0 { id : text(9), name : text(9) }
contract Fact version 1.0.0 { account : text(9), kind : text(9), version : text(9), amount : money(18,2) in EUR, memo? : text(20), who? : text(20), day : date }
crosswalk Kind(code: text(9)) -> text(9) version 2.0.0 {
  "4000" -> "sales"
  "4400" -> "other"
}
map Facts version 1.0.0
  from  each r: Row, set p: Period
  given ver: text(9)
  to    f: Fact
{
  account = match r.account {
    "9999"    -> skip row STATISTICAL
    otherwise -> r.account
  }
  kind    = Kind(r.account) else hold NO_KIND "no kind for {r.account}"
  version = ver
  amount  = round(r.amount / 3, minor, half_even)
  memo    = first(q.name for q in p where q.id == r.id) else "none"
  who     = r.who
  day     = r.day
  ignore r.memo because "not told"
}
collect by account
  sum        amount
  last       memo
  first      kind, who
  max        day
  incomplete keep group
`
const plan = planOf(text)
const row = (id: string, account: string, amount: string, day = "2026-01-01", who = "Ada") => ({
  id,
  account,
  amount,
  day,
  who,
})
const payloads = [
  row("1", "4000", "10.00"),
  row("2", "4400", "5.00"),
  row("3", "9999", "5.00"),
  row("4", "4000", "1.00", "2026-03-31"),
  row("5", "4100", "1.00"),
  row("6", "4000", "-0.50", "2026-02-01"),
]
async function* rowsOf(all: readonly unknown[]): AsyncGenerator<RecordedRow> {
  for (const payload of all) yield payload === "lost" ? { lost: [broken] } : { payload }
}
const broken = {
  code: "BAD_JSON",
  severity: "reject",
  root: "r",
  pointer: "",
  message: "no JSON",
  at: "",
} as const
const ask = (
  of: ExplainSetQuestion["of"],
  rows: readonly unknown[] = payloads,
  p = [{ id: "1", name: "Jan" }],
) =>
  explainSet({
    plan,
    map: "Facts",
    input: { p, ver: "ACT" },
    reference: {},
    textOf: path => (path === "main.fmap" ? text : undefined),
    rows: () => rowsOf(rows),
    of,
  })
const record = (number: number, pointer: string) => ({ kind: "record", number, pointer }) as const
async function tree(of: ExplainSetQuestion["of"], rows?: readonly unknown[]) {
  const answer = await ask(of, rows)
  if (answer.kind !== "explained") return answer
  return formatExplanation(answer.explanation)
    .replace(/ {2,}main\.fmap:\d+:\d+$/gmu, "")
    .replace(/(?<=\S) {2,}/gu, " | ")
    .trimEnd()
}

test("a sum names its rows, and each is explained down to its payload", async () => {
  expect(await tree(record(0, "/amount"))).toMatchInlineSnapshot(`
    "/0/amount of Facts 1.0.0, of 3 rows, done: 3.49 EUR
      sum amount | 3.49 EUR | sum of 3 rows
        row 1: round(r.amount / 3, minor, half_even) | 3.33 | half_even of 3.333333333333…
          r.amount / 3 | 3.333333333333…
            r.amount | 10 | r /0/amount
        row 4: round(r.amount / 3, minor, half_even) | 0.33 | half_even of 0.333333333333…
          r.amount / 3 | 0.333333333333…
            r.amount | 1 | r /3/amount
        row 6: round(r.amount / 3, minor, half_even) | -0.17 | half_even of -0.166666666667…
          r.amount / 3 | -0.166666666667…
            r.amount | -0.5 | r /5/amount
      rounded 3.333333333333… to 3.33, half_even
      rounded 0.333333333333… to 0.33, half_even
      rounded -0.166666666667… to -0.17, half_even"
  `)
  const answer = await ask(record(0, "/amount"))
  expect(answer).toMatchObject({
    explanation: {
      pointer: "/0/amount",
      value: "3.49 EUR",
      row: null,
      collected: { fold: "sum", rows: 3, values: 3, told: [1, 4, 6] },
      sources: [
        { root: "r", pointer: "/0/amount", value: "10" },
        { root: "r", pointer: "/3/amount", value: "1" },
        { root: "r", pointer: "/5/amount", value: "-0.5" },
      ],
    },
  })
})
test("of min, max, first and last the row that gave the value is told", async () => {
  expect(await tree(record(0, "/day"))).toMatchInlineSnapshot(`
    "/0/day of Facts 1.0.0, of 3 rows, done: "2026-03-31"
      max day | "2026-03-31" | max of 3 rows
        row 4: r.day | "2026-03-31" | r /3/day"
  `)
  expect(await tree(record(0, "/kind"))).toMatchInlineSnapshot(`
    "/0/kind of Facts 1.0.0, of 3 rows, done: "sales"
      first kind | "sales" | first of 3 rows
        row 1: Kind(r.account) else hold NO_KIND "no kind for {r.account}" | "sales"
          Kind(r.account) | "sales" | a row of Kind 2.0.0, main.fmap:6:3
            r.account | "4000" | r /0/account"
  `)
})
test("a field that is the same in all rows is told of the first", async () =>
  expect(await tree(record(1, "/version"))).toMatchInlineSnapshot(`
    "/1/version of Facts 1.0.0, of 1 row, done: "ACT"
      version | "ACT" | the same in 1 row
        row 2: ver | "ACT" | ver"
  `))
test("the whole record names its fields, how each was made, and what is personal is not shown", async () =>
  expect(await tree(record(0, ""))).toMatchInlineSnapshot(`
    "/0 of Facts 1.0.0, of 3 rows, done: a record
      Facts | a record | 3 rows
        account | "4000" | collected by it: 3 rows
        kind | "sales" | first of 3 rows
        version | "ACT" | the same in 3 rows
        amount | 3.49 EUR | sum of 3 rows
        memo | "none" | last of 3 rows
        who | ••• | first of 3 rows
        day | "2026-03-31" | max of 3 rows"
  `))
test("of many rows the first twenty are told, and how many more there are", async () => {
  const many = Array.from({ length: 1000 }, (_, i) => row(String(i), "4000", "0.30"))
  const answer = await ask(record(0, "/amount"), many)
  if (answer.kind !== "explained") throw new Error("it is there")
  const { collected, tree: told, value, sources } = answer.explanation
  expect(value).toBe("100.00 EUR")
  expect([collected?.rows, collected?.told.length, sources.length]).toEqual([1000, 20, 20])
  expect(told?.parts.at(-1)?.text).toBe("and 980 rows more")
})
test("rows that were held, left out, or broken say why", async () => {
  expect(await tree({ kind: "row", number: 4, pointer: "/kind" })).toMatchInlineSnapshot(`
    "/kind of Facts 1.0.0, row 5, held: nothing
      hold NO_KIND at f /kind: no kind for 4100
      Kind(r.account) else hold NO_KIND "no kind for {r.account}" | not known | the fallback
        Kind(r.account) | missing | no row in Kind 2.0.0, main.fmap:5:11
          r.account | "4100" | r /4/account
        hold NO_KIND "no kind for {r.account}" | not known | hold NO_KIND
          "no kind for {r.account}" | "no kind for 4100"
            r.account | "4100" | r /4/account"
  `)
  expect(await tree({ kind: "row", number: 2, pointer: "" })).toMatchInlineSnapshot(`
    "the result of Facts 1.0.0, row 3, dropped: nothing
      skip STATISTICAL at f /account: STATISTICAL at /account
      Facts | a record
        account | row dropped | /account"
  `)
  expect(await tree({ kind: "row", number: 0, pointer: "/amount" }, ["lost"])).toMatchInlineSnapshot(`
    "/amount of Facts 1.0.0, row 1, rejected: nothing
      reject BAD_JSON at r: no JSON"
  `)
})
test("a row of a list of the run stands under its own source", async () => {
  expect(await tree({ kind: "row", number: 0, pointer: "/memo" })).toMatchInlineSnapshot(`
    "/memo of Facts 1.0.0, row 1, done: "Jan"
      first(q.name for q in p where q.id == r.id) else "none" | "Jan"
        first(q.name for q in p where q.id == r.id) | "Jan"
          p | 1 row
          q.id == r.id | true
            q.id | "1" | p /0/id
            r.id | "1" | r /0/id
          q.name | "Jan" | p /0/name"
  `)
})
test("of many rows that a filter leaves out the first are told", async () => {
  const p = Array.from({ length: 100 }, (_, i) => ({ id: String(100 - i), name: "Jan" }))
  const answer = await ask({ kind: "row", number: 0, pointer: "/memo" }, payloads, p)
  if (answer.kind !== "explained") throw new Error("it is there")
  const [first] = answer.explanation.tree?.parts ?? []
  expect(answer.explanation.value).toBe('"Jan"')
  // The list, five that are left out, the one that is not with its name, and the others.
  expect(first?.parts.map(({ text: shown }) => shown).slice(-2)).toEqual([
    "q.name",
    "and 94 rows more left out",
  ])
  expect(first?.parts).toHaveLength(9)
})
test("a group that lost a row says so", async () => {
  const answer = await ask(record(0, "/amount"), [...payloads, "lost"])
  expect(answer).toMatchObject({
    explanation: { issues: [{ code: "INCOMPLETE_GROUP", severity: "warn" }] },
  })
})
test("what is not there is told as such", async () => {
  expect(await ask(record(2, "/amount"))).toEqual({ kind: "none", count: 2 })
  expect(await ask({ kind: "row", number: 6, pointer: "" })).toEqual({ kind: "none", count: 6 })
  expect(await ask(record(0, "/nowhere"))).toEqual({ kind: "nowhere" })
  expect(await ask(record(0, "/amount"), payloads, [{ id: "1" }] as never)).toEqual({
    kind: "none",
    count: 0,
  })
})
