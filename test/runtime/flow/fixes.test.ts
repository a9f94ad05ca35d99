// What a person is told to do about an exception: which places are wrong, of which row, and what is no place at all.
import { expect, test } from "vitest"
import { type Fix, fixesOf } from "../../../runtime/flow/ledger/fixes.ts"
import type { Issue } from "../../../runtime/results/issue.ts"

const issue = (more: Partial<Issue>): Issue => ({
  code: "WRONG_TYPE",
  severity: "reject",
  root: "deal",
  pointer: "/total",
  message: "Expected a number, found text.",
  at: "main.fmap:1:1",
  ...more,
})
const incomplete = issue({ code: "INCOMPLETE_GROUP", root: "fact", pointer: "" })
const skip: Fix = { kind: "skip" }

const cases: readonly (readonly [string, string, readonly Issue[], readonly Fix[]])[] = [
  ["a field", "ToOrder", [issue({})], [{ kind: "correct-at-source", places: ["deal/total"] }, skip]],
  [
    "rows, and not the group they make incomplete",
    "ToFacts",
    [issue({ row: { number: 4, key: "D5" } }), issue({ row: { number: 7 } }), incomplete],
    [{ kind: "correct-at-source", places: ["deal/total of row 4, key D5", "deal/total of row 7"] }, skip],
  ],
  [
    "a record as a whole, where no row is wrong",
    "ToFacts",
    [incomplete],
    [{ kind: "correct-at-source", places: ["fact"] }, skip],
  ],
  [
    "nothing, where a flow asked itself",
    "Orders.send1.number",
    [issue({ code: "NO_NUMBER", severity: "hold", root: "answer", pointer: "/number" })],
    [{ kind: "retry" }, skip],
  ],
  [
    "the field of a map whose target is called answer",
    "ToAnswer",
    [issue({ root: "answer", pointer: "/number" })],
    [{ kind: "correct-at-source", places: ["answer/number"] }, skip],
  ],
]

test.each(cases)("of %s", (_, map, issues, fixes) => {
  const detail = { map, step: "one", issues }
  expect(fixesOf({ code: issues[0]?.code ?? "", detail, eventState: "blocked", state: "open" })).toEqual(
    fixes,
  )
})

test("of a load of which a part was not taken: a retry would stop at the same answer", () => {
  const figures = { sent: 8, loaded: 6, ignored: 0, rejected: 2 }
  const detail = { step: "reconcile1", issues: [], figures }
  expect(fixesOf({ code: "RECONCILE", detail, eventState: "blocked", state: "open" })).toEqual([
    { kind: "load-again", sent: 8, loaded: 6 },
    skip,
  ])
})
