// Judges the expectations of a test of a set map. Flows in: what became of all rows. Flows out: a sentence for each that is not met,
// and for each row that was held or rejected although nothing expects it. Records that came out are judged like any other.
import type { Issue, SetEnd } from "@fmap/runtime"
import { decodeFinished, type Run } from "../interpret/internals.ts"
import type { PlanExpectation, PlanMap } from "../plan/index.ts"
import { judge, shownPointer } from "./expectations.ts"
import { judgeLike } from "./like-file.ts"
import { navigate } from "./navigate.ts"

export interface RanSet {
  readonly run: Run
  readonly map: PlanMap
  readonly end: SetEnd<unknown>
}

/** An issue and the row it is about; null: a group or the whole run. */
interface Placed {
  readonly row: number | null
  readonly issue: Issue
}

/** Null: met. */
export function judgeSet(expectation: PlanExpectation, ran: RanSet): string | null {
  const { run, map, end } = ran
  switch (expectation.kind) {
    case "count": {
      const found = end.counts[expectation.of]
      return found === expectation.count
        ? null
        : `expected ${expectation.count} rows ${expectation.of}, were ${found}`
    }
    // Place by place, in judgeLikeSet: it may have much to say.
    case "like":
    case "dropped":
      return null
    case "outcome": {
      const wanted = `${expectation.verb} ${expectation.code}`
      if (issuesOf(end).some(found => meets(found, expectation, ran))) return null
      const where = expectation.path === null ? "" : ` at ${expectation.path.join(".")}`
      return `expected ${wanted}${where}, and no row ended so`
    }
    case "value":
    case "presence": {
      const [, index = 0, ...path] = expectation.path
      const out = end.out[Number(index)]
      if (out === undefined) return `expected out[${index}], and ${end.out.length} records came out`
      const record = decodeFinished(out.value, map, run)
      return judge({ ...expectation, path }, { run, map, result: out, record })
    }
  }
}

/** What differs from the records of a file, one list for all that came out. */
export function judgeLikeSet(
  expectation: Extract<PlanExpectation, { readonly kind: "like" }>,
  expected: unknown,
  { run, map, end }: RanSet,
): readonly string[] {
  if (!Array.isArray(expected)) return [`${expectation.file} is no list of records`]
  if (expected.length !== end.out.length)
    return [`expected ${expected.length} records as in ${expectation.file}, and ${end.out.length} came out`]
  return end.out.flatMap((result, i) => {
    const record = decodeFinished(result.value, map, run)
    return judgeLike(expectation, expected[i], { run, map, result, record }).map(
      difference => `out[${i}]: ${difference}`,
    )
  })
}

/** Rows and groups that were held or rejected, and which no expectation speaks of: a test must not pass by accident. */
export function unexpectedRows(expectations: readonly PlanExpectation[], ran: RanSet): readonly string[] {
  const counted = new Set(expectations.map(one => (one.kind === "count" ? one.of : null)))
  return issuesOf(ran.end)
    .filter(
      found =>
        (found.issue.severity === "reject" || found.issue.severity === "hold") &&
        !counted.has(found.issue.severity === "hold" ? "held" : "rejected") &&
        !expectations.some(one => one.kind === "outcome" && meets(found, one, ran)),
    )
    .map(({ row, issue }) => {
      const of = row === null ? "a group or the run" : `row ${row}`
      return `${of}: ${issue.severity} ${issue.code} at ${issue.root} ${shownPointer(issue.pointer)}`
    })
}

function issuesOf(end: SetEnd<unknown>): readonly Placed[] {
  const { out, rejected, held, dropped, issues } = end
  return [
    ...issues.map(issue => ({ row: null, issue })),
    ...[...rejected, ...held, ...dropped].flatMap(({ row, issues: of }) =>
      of.filter(issue => !issues.includes(issue)).map(issue => ({ row, issue })),
    ),
    ...out.flatMap(({ notes }) => notes.map(issue => ({ row: null, issue }))),
  ]
}

function meets(
  { row, issue }: Placed,
  { verb, code, path }: Extract<PlanExpectation, { kind: "outcome" }>,
  { run, map }: RanSet,
): boolean {
  if (issue.severity !== verb || issue.code !== code) return false
  if (path === null) return true
  const [, index, ...rest] = path
  if (row !== index) return false
  return rest.length === 0 || issue.pointer === pointerOf(rest, map, run)
}

function pointerOf(path: readonly (string | number)[], map: PlanMap, { index }: Run): string {
  return navigate(null, index.shape(map.target.shape), path, index).pointer
}
