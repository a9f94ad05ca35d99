// A run over a set against an oracle that keeps every row and adds up at the end: outcomes, totals, groups, controls.
import { createSetRun, type RowRead, type RowReader, runRows, type SetEnd, type SetSpec } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

type Policy = "hold" | "reject" | "drop" | "keep"
interface Row {
  readonly entity: string
  readonly account: string
  readonly currency: string
  /** Cents; null: cannot be read. */
  readonly amount: bigint | null
  readonly fate: "done" | "held" | "rejected" | "dropped"
  /** Is the key known of a row that is stopped? */
  readonly known: readonly [boolean, boolean, boolean]
}

const row: fc.Arbitrary<Row> = fc
  .record({
    entity: fc.constantFrom("A", "1:A", "", "__proto__"),
    account: fc.constantFrom("A", "B", "1:"),
    currency: fc.constantFrom("EUR", "USD"),
    amount: fc.oneof(
      { weight: 8, arbitrary: fc.bigInt(-(10n ** 17n), 10n ** 17n) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    fate: fc.constantFrom("done", "done", "done", "done", "held", "rejected", "dropped"),
    known: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  })
  // What cannot be read stops its row.
  .map(one => (one.amount === null ? { ...one, fate: "rejected" } : one) as Row)

const money = (cents: bigint): string => {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, "0")
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function specOf(policy: Policy | null): SetSpec {
  const figure = {
    kind: "money",
    precision: null,
    scale: 2,
    low: null,
    high: null,
    fitsMinor: false,
    wire: "text",
    fraction: false,
  } as const
  const sum = { field: "amount", pointer: "/amount", operation: "sum", type: figure, currency: null } as const
  return {
    target: "fact",
    figures: [2, null],
    totals: [{ path: "amount", figure: 0, currency: 1 }],
    collect:
      policy === null
        ? null
        : {
            fields: ["entity", "account", "currency", "amount"],
            keys: ["entity", "account", "currency"],
            folds: [sum],
            incomplete: policy,
            at: "m.fmap:1:1",
          },
    controls: [
      {
        title: "ties",
        keys: ["currency"],
        meters: [{ figure: 0, by: [1] }],
        outMeters: [{ sum, by: ["currency"] }],
        left: [{ kind: "out", negative: false, scale: 2, meter: 0 }],
        operator: "==",
        right: [{ kind: "rows", negative: false, scale: 2, meter: 0, of: "rows" }],
        within: null,
        currency: 0,
        verb: "warn",
        code: "TIES",
        message: null,
        at: "m.fmap:2:1",
      },
    ],
  }
}

function readOf(one: Row): RowRead<unknown> {
  const keys = [one.entity, one.account, one.currency].map((key, i) => (one.known[i] ? key : undefined))
  const figures = [one.amount, one.currency] as const
  const { entity, account, currency } = one
  switch (one.fate) {
    case "done": {
      const value = { entity, account, currency, amount: money(one.amount ?? 0n) }
      return { result: { status: "done", value, key: undefined, notes: [] }, figures, keys: [] }
    }
    case "dropped":
      return { result: { status: "dropped", issues: [] }, figures, keys: [] }
    case "held":
    case "rejected":
      return { result: { status: one.fate, issues: [] }, figures, keys }
  }
}

const reader: RowReader<unknown> = { issues: [], inputs: [], read: payload => readOf(payload as Row) }

const run = (rows: readonly Row[], policy: Policy | null): SetEnd<unknown> =>
  runRows(createSetRun(specOf(policy), undefined, reader), rows)

const sumOf = (rows: readonly Row[]): bigint => rows.reduce((sum, one) => sum + (one.amount ?? 0n), 0n)
const sameGroup = (a: Row, b: Row): boolean =>
  a.entity === b.entity && a.account === b.account && a.currency === b.currency
const mayBeOf = (lost: Row, of: Row): boolean =>
  (!lost.known[0] || lost.entity === of.entity) &&
  (!lost.known[1] || lost.account === of.account) &&
  (!lost.known[2] || lost.currency === of.currency)

/** What finally becomes of each row. */
function fates(rows: readonly Row[], policy: Policy | null): readonly Row["fate"][] {
  const lost = rows.filter(one => one.fate === "held" || one.fate === "rejected")
  const verbs = { hold: "held", reject: "rejected", drop: "dropped", keep: "done" } as const
  return rows.map(one =>
    one.fate === "done" && policy !== null && lost.some(other => mayBeOf(other, one))
      ? verbs[policy]
      : one.fate,
  )
}

const policies = fc.constantFrom<Policy | null>("hold", "reject", "drop", "keep", null)

test("every row is in one outcome, with its amount, whatever becomes of its group", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 25 }), policies, (rows, policy) => {
      const end = run(rows, policy)
      const fate = fates(rows, policy)
      const of = (wanted: Row["fate"]) => rows.filter((_, i) => fate[i] === wanted)
      expect(end.counts).toEqual({
        rows: rows.length,
        out: of("done").length,
        rejected: of("rejected").length,
        held: of("held").length,
        dropped: of("dropped").length,
      })
      const currencies = [...new Set(rows.filter(one => one.amount !== null).map(one => one.currency))]
      expect(end.totals).toEqual(
        currencies.map(currency => {
          const inIt = (list: readonly Row[]) => money(sumOf(list.filter(one => one.currency === currency)))
          return {
            path: "amount",
            currency,
            rows: inIt(rows),
            out: inIt(of("done")),
            rejected: inIt(of("rejected")),
            held: inIt(of("held")),
            dropped: inIt(of("dropped")),
          }
        }),
      )
      const unknown = rows.filter(one => one.amount === null).length
      expect(end.unknown).toEqual(unknown === 0 ? [] : [{ path: "amount", rows: unknown }])
      const stopped = [...end.rejected, ...end.held, ...end.dropped].reduce((sum, one) => sum + one.rows, 0)
      expect(stopped).toBe(rows.length - of("done").length)
    }),
  )
})

test("groups are exact sums in the order of their first rows", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 25 }), fc.constantFrom<Policy>("hold", "keep"), (rows, policy) => {
      const fate = fates(rows, policy)
      const out = rows.filter((one, i) => one.fate === "done" && fate[i] === "done")
      const groups = out.filter((one, i) => out.findIndex(other => sameGroup(one, other)) === i)
      expect(run(rows, policy).out.map(({ value }) => value)).toEqual(
        groups.map(group => ({
          entity: group.entity,
          account: group.account,
          currency: group.currency,
          amount: money(sumOf(out.filter(one => sameGroup(one, group)))),
        })),
      )
    }),
  )
})

test("a control says what came in and what came out, and fails where a row cannot be read", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 25 }), policies, (rows, policy) => {
      const end = run(rows, policy)
      const fate = fates(rows, policy)
      const unknown = rows.some(one => one.amount === null)
      for (const { group, left, right, holds } of end.controls.filter(one => one.group.length > 0)) {
        const inIt = (list: readonly Row[]) => sumOf(list.filter(one => one.currency === group[0]))
        const out = inIt(rows.filter((_, i) => fate[i] === "done"))
        expect(left).toBe(money(out))
        expect(right).toBe(unknown ? null : money(inIt(rows)))
        expect(holds).toBe(!unknown && out === inIt(rows))
      }
      expect(end.issues.length).toBe(end.controls.filter(one => !one.holds).length)
    }),
  )
})
