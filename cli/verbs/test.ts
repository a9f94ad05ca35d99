// `fmap test`: runs the test blocks of a project. Flows in: paths and options. Flows out: the report on standard output, a summary
// as commentary. A project without tests is no success: nothing was proved.
import { type At, branchCoverage, codeCoverage, type PlanTest, runTests } from "@fmap/compiler"
import { analyseProject } from "../project/analyse-project.ts"
import { openProject } from "../project/open-project.ts"
import { readSample } from "../project/read-sample.ts"
import { shownPath } from "../project/shown-path.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { coverageOf, isEnough } from "../reporters/coverage.ts"
import { plural } from "../reporters/report.ts"
import { passedOf, reportTests, type TestReporterName } from "../reporters/test-reports.ts"
import { loadCalendars } from "../run/load-calendars.ts"
import { painter, wantsColor } from "../terminal/color.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

interface TestOptions {
  readonly project?: string
  readonly reporter?: TestReporterName
  readonly filter?: string
  readonly coverageCodes?: boolean
  readonly coverage?: boolean
  readonly coverageMin?: number
  readonly watch?: boolean
}

export async function test(
  paths: readonly string[],
  options: TestOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.watch === true) {
    const { watch } = await import("../watch/watch.ts")
    return watch(paths, options.project, terminal, () => testOnce(paths, options, terminal))
  }
  return testOnce(paths, options, terminal)
}

async function testOnce(
  paths: readonly string[],
  options: TestOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const opening = openProject(terminal.cwd, options.project, paths)
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const { opened } = opening
  const compiled = analyseProject(opened)
  const { plan, host } = compiled
  tellDiagnostics(compiled, opened.project.folder, terminal)
  if (plan === null) return exitCodes.findings

  const { filter } = options
  const wanted = (test: PlanTest) =>
    filter === undefined || test.title.includes(filter) || test.map.includes(filter)
  // A test sees calendars as the project has them: their files are part of it.
  const ids = plan.calendars.map(calendar => calendar.id)
  const calendars = loadCalendars(plan, ids, new Map(), host, terminal.cwd)
  if (calendars.kind === "problems") return cannotStart(terminal, calendars.problems)
  const reports = runTests(plan, path => readSample(host, path), wanted, calendars.calendars)
  // Codes that only a bad payload or an assignment out of range gives are the compiler's to prove, not the author's.
  const authors = codeCoverage(plan, reports).filter(
    ({ origin }) => origin !== "payload" && origin !== "assignment",
  )
  const unproved = options.coverageCodes === true ? authors.filter(code => !code.covered) : null
  const wantsCoverage = options.coverage === true || options.coverageMin !== undefined
  const coverage = wantsCoverage ? coverageOf(branchCoverage(plan, reports)) : null
  const results = { reports, unproved, coverage }
  const shown = shownPath(terminal.cwd, opened.project.folder)
  const context = {
    shown,
    placed: ([file, line, column]: At) => `${shown(plan.files[file]?.path ?? "")}:${line}:${column}`,
    paint: painter(wantsColor(terminal, "out")),
  }
  await terminal.out(reportTests(options.reporter ?? "text", results, context))

  const passed = passedOf(reports)
  const failed = reports.length - passed
  if (reports.length === 0)
    terminal.comment(filter === undefined ? "The project has no tests.\n" : `No test holds "${filter}".\n`)
  else
    terminal.comment(
      `${passed} passed, ${failed} failed${unproved === null ? "" : `; ${plural(unproved.length, "code")} without a test`}.\n`,
    )
  const { coverageMin } = options
  const isCovered = coverage === null || coverageMin === undefined || isEnough(coverage, coverageMin)
  if (!isCovered) terminal.comment(`Coverage is below ${coverageMin} %.\n`)
  const fine = reports.length > 0 && failed === 0 && (unproved ?? []).length === 0 && isCovered
  return fine ? exitCodes.fine : exitCodes.findings
}
