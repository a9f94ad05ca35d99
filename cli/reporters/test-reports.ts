// Results of test blocks in the form a reader asked for. Flows in: one report a test, and the codes no test proves. Flows out:
// text for standard output. The same tests in the same order for every reporter.
import type { At, CodeCoverage, TestPlace, TestReport } from "@fmap/compiler"
import type { Paint } from "../terminal/color.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { MapCoverage } from "./coverage.ts"
import { escapeData, escapeProperty } from "./github.ts"
import { junitXml } from "./junit-xml.ts"

export type TestReporterName = "text" | "json" | "github" | "junit"

export interface TestResults {
  readonly reports: readonly TestReport[]
  /** Codes of maps that no passing test expects; null when nobody asked. */
  readonly unproved: readonly CodeCoverage[] | null
  /** What tests reach of each map; null when nobody asked. */
  readonly coverage: readonly MapCoverage[] | null
}

export interface TestContext {
  /** `maps/order.fmap:12:3`, from where the reader stands. */
  readonly placed: (at: At) => string
  readonly shown: (file: string) => string
  readonly paint: Paint
}

export function reportTests(name: TestReporterName, results: TestResults, context: TestContext): string {
  switch (name) {
    case "text":
      return text(results, context)
    case "json":
      return json(results, context)
    case "github":
      return github(results, context)
    case "junit":
      return junit(results, context)
  }
}

function text({ reports, unproved, coverage }: TestResults, { shown, paint, placed }: TestContext): string {
  const lines: string[] = []
  let map = ""
  for (const report of reports) {
    if (report.map !== map) {
      map = report.map
      lines.push(paint("bold", safeLine(map)))
    }
    const passed = report.failures.length === 0
    lines.push(`  ${passed ? paint("green", "pass") : paint("red", "FAIL")}  ${safeLine(report.title)}`)
    for (const failure of report.failures) {
      lines.push(
        `        ${safeLine(failure.message)}`,
        `        ${paint("dim", safeLine(placeText(failure.place, shown)))}`,
      )
    }
  }
  if (unproved !== null && unproved.length > 0) {
    lines.push("", paint("bold", "codes that no test expects"))
    for (const { map: of, code } of unproved) lines.push(`  ${safeLine(of)}  ${code}`)
  }
  for (const { map: of, reached, total, percent, missing } of coverage ?? []) {
    lines.push("", `${paint("bold", "coverage")} ${safeLine(of)}  ${reached} of ${total}, ${percent} %`)
    for (const point of missing)
      lines.push(
        `  ${safeLine(`${point.of === "" ? "the record" : point.of}: ${point.what}`)}  ${paint("dim", safeLine(placed(point.at)))}`,
      )
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`
}

function json({ reports, unproved, coverage }: TestResults, { shown, placed }: TestContext): string {
  const place = ({ path, line, column }: TestPlace) => ({ file: shown(path), line, column })
  const document = {
    format: "fmap.tests",
    formatVersion: 1,
    tests: reports.map(report => ({
      title: report.title,
      map: report.map,
      ...place(report.place),
      passed: report.failures.length === 0,
      failures: report.failures.map(failure => ({ message: failure.message, ...place(failure.place) })),
    })),
    ...(unproved === null
      ? {}
      : { unprovedCodes: unproved.map(({ map, code, origin }) => ({ map, code, origin })) }),
    ...(coverage === null
      ? {}
      : {
          coverage: coverage.map(({ map, reached, total, percent, missing }) => ({
            map,
            reached,
            total,
            percent,
            missing: missing.map(({ kind, of, what, at }) => ({ kind, of, what, at: placed(at) })),
          })),
        }),
    summary: { passed: passedOf(reports), failed: reports.length - passedOf(reports) },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function github({ reports, unproved }: TestResults, { shown }: TestContext): string {
  const failures = reports.flatMap(report =>
    report.failures.map(({ message, place }) => {
      const properties = `file=${escapeProperty(shown(place.path))},line=${place.line},col=${place.column},title=${escapeProperty(`test failed: ${report.title}`)}`
      return `::error ${properties}::${escapeData(message)}\n`
    }),
  )
  const codes = (unproved ?? []).map(
    ({ map, code }) =>
      `::error title=code without a test::${escapeData(`No test of ${map} expects ${code}.`)}\n`,
  )
  return [...failures, ...codes].join("")
}

function junit({ reports, unproved }: TestResults, { shown }: TestContext): string {
  const maps = [...new Set(reports.map(report => report.map))]
  const suites = maps.map(map => ({
    name: map,
    cases: reports
      .filter(report => report.map === map)
      .map(report => ({
        name: report.title,
        file: shown(report.place.path),
        line: report.place.line,
        failure:
          report.failures.length === 0
            ? null
            : {
                kind: "expectation",
                message: report.failures[0]?.message ?? "",
                text: report.failures
                  .map(failure => `${failure.message}\n  ${placeText(failure.place, shown)}`)
                  .join("\n"),
              },
      })),
  }))
  const codes = (unproved ?? []).map(({ map, code }) => ({
    name: `${map} ${code}`,
    file: "",
    line: 0,
    failure: { kind: "coverage", message: `No test of ${map} expects ${code}.`, text: "" },
  }))
  return junitXml(codes.length === 0 ? suites : [...suites, { name: "codes", cases: codes }])
}

function placeText({ path, line, column }: TestPlace, shown: (file: string) => string): string {
  return `${shown(path)}:${line}:${column}`
}

export function passedOf(reports: readonly TestReport[]): number {
  return reports.filter(report => report.failures.length === 0).length
}
