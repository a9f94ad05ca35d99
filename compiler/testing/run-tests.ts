// Runs the test blocks of a Plan with the interpreter. Flows in: the Plan and a way to read the JSON files that tests name
// (project-relative, exact numbers). Flows out: one report a test. Tests see no reference data but what they assume.
import type { Calendar } from "@fmap/runtime"
import { calendarsOf, interpreterParts, runMap } from "../interpret/internals.ts"
import type { At, Plan, PlanTest } from "../plan/index.ts"
import { assumedCrosswalks } from "./assumed-crosswalks.ts"
import { coverageTrace, type Reached } from "./coverage.ts"
import { allIssues, judge, type Ran, shownPointer, unexpected } from "./expectations.ts"
import { judgeLike } from "./like-file.ts"
import { runSetTest } from "./run-set-test.ts"
import { sampleRecord } from "./sample-record.ts"
import type { CodeCoverage, TestFailure, TestPlace, TestReport } from "./test-report.ts"

/**
 * `readJsonFile` gives the payload value of a file as the runtime's JSON reader does; what it throws fails the test that
 * asked. `filter`: tests to run. `calendars`: those with files, by id, as the project has them.
 */
export function runTests(
  plan: Plan,
  readJsonFile: (path: string) => unknown,
  filter: (test: PlanTest) => boolean = () => true,
  calendars: ReadonlyMap<string, Calendar> = new Map(),
): readonly TestReport[] {
  const parts = interpreterParts(plan)
  return plan.tests.filter(filter).map(test => runTest(test, plan, parts, readJsonFile, calendars))
}

/** Law 5: every code a map can end with, and whether a passing test expects it. Sorted by map and code as the Plan is. */
export function codeCoverage(plan: Plan, reports: readonly TestReport[]): readonly CodeCoverage[] {
  const passed = reports.filter(report => report.failures.length === 0)
  const covered = new Set(
    passed.flatMap(report => report.codesCovered.map(code => JSON.stringify([report.map, code]))),
  )
  return plan.maps.flatMap(map =>
    map.codes.map(({ code, origin }) => ({
      map: map.name,
      code,
      origin,
      covered: covered.has(JSON.stringify([map.name, code])),
    })),
  )
}

function runTest(
  test: PlanTest,
  plan: Plan,
  { index, inline, declared }: ReturnType<typeof interpreterParts>,
  readJsonFile: (path: string) => unknown,
  loaded: ReadonlyMap<string, Calendar>,
): TestReport {
  const placeOf = ([file, line, column]: At): TestPlace => ({
    path: plan.files[file]?.path ?? "",
    line,
    column,
  })
  const failures: TestFailure[] = []
  const fail = (message: string, at: At): void => void failures.push({ message, place: placeOf(at) })
  const report = (codesCovered: readonly string[], reached: Reached | null): TestReport => ({
    title: test.title,
    map: test.map,
    place: placeOf(test.at),
    failures,
    codesCovered,
    reached,
  })

  const read = (file: string, at: At): { readonly json: unknown } | undefined => {
    try {
      return { json: readJsonFile(file) }
    } catch (error) {
      fail(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, at)
      return undefined
    }
  }
  const map = index.map(test.map)
  const inputs: [string, unknown][] = []
  for (const { name, value, at } of test.givens) {
    if ("json" in value) inputs.push([name, value.json])
    else {
      const found = read(value.file, at)
      if (found === undefined) continue
      const sample = sampleRecord(plan, map, name, found.json)
      if ("problem" in sample) fail(`${value.file} is no sample: ${sample.problem}`, at)
      else inputs.push([name, sample.value])
    }
  }
  if (failures.length > 0) return report([], null)

  const assumed = assumedCrosswalks(plan, test.assumes, inline)
  const coverage = coverageTrace()
  const calendars = calendarsOf(declared, loaded)
  const run = { index, crosswalk: assumed.find, calendars, trace: coverage.trace }
  const tellUnassumed = (): void => {
    for (const lookup of assumed.unassumed())
      fail(`${lookup} was looked up, and the test assumes nothing for it`, test.at)
  }
  const tellUnreached = (): void => {
    for (const assume of assumed.unreached())
      fail(`${shownAssume(assume)} is assumed, and nothing looked it up`, assume.at)
  }
  if (map.set !== null) {
    const codes = runSetTest(test, map, Object.fromEntries(inputs), run, fail, read)
    tellUnassumed()
    tellUnreached()
    return report(codes, coverage.reached)
  }
  const { result, record } = runMap(map, Object.fromEntries(inputs), run)
  const ran: Ran = { run, map, result, record: result.status === "done" ? record : null }

  tellUnassumed()
  for (const issue of unexpected(test.expectations, ran)) {
    const said = issue.message.startsWith(issue.code) ? "" : `: ${issue.message}`
    fail(
      `the record was ${result.status}: ${issue.severity} ${issue.code} at ${issue.root} ${shownPointer(issue.pointer)}${said}`,
      test.at,
    )
  }
  const codes = new Set<string>()
  for (const expectation of test.expectations) {
    const wrong = judge(expectation, ran)
    if (wrong !== null) fail(wrong, expectation.at)
    else if (expectation.kind === "like" && ran.record !== null) {
      const expected = read(expectation.file, expectation.at)
      if (expected !== undefined)
        for (const one of judgeLike(expectation, expected.json, ran)) fail(one, expectation.at)
    } else if (expectation.kind === "outcome") codes.add(expectation.code)
    else if (
      ran.record === null &&
      (expectation.kind === "value" || expectation.kind === "presence" || expectation.kind === "like") &&
      noneStopped(ran, failures)
    ) {
      fail(`the record was ${result.status}, so there is no value to compare`, expectation.at)
    }
  }
  tellUnreached()
  return report([...codes], coverage.reached)
}

function shownAssume({ crosswalk, keys, asOf, inverse }: PlanTest["assumes"][number]): string {
  const shown = keys.map(key => JSON.stringify(key)).join(", ")
  const call = inverse ? `inverse(${crosswalk}, ${shown})` : `${crosswalk}(${shown})`
  return asOf === null ? call : `${call} as of ${asOf}`
}

/** The record was stopped as expected, and yet the test wants values of it. */
function noneStopped(ran: Ran, failures: readonly TestFailure[]): boolean {
  return failures.length === 0 && allIssues(ran.result).length > 0
}
