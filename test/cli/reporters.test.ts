// Every reporter over the same hand-made diagnostics: positions, escaping, and the form its readers expect.
import type { Diagnostic } from "@fmap/grammar"
import { describe, expect, test } from "vitest"
import { findingsOf } from "../../cli/reporters/finding.ts"
import { escapeData, escapeProperty, github } from "../../cli/reporters/github.ts"
import { gitlab } from "../../cli/reporters/gitlab.ts"
import { json } from "../../cli/reporters/json.ts"
import { junit } from "../../cli/reporters/junit.ts"
import { junitXml } from "../../cli/reporters/junit-xml.ts"
import { summary } from "../../cli/reporters/report.ts"
import { sarif } from "../../cli/reporters/sarif.ts"
import { sarifProblems } from "./sarif-problems.ts"

const texts: Record<string, string> = { "a.fmap": "one\ntwo 💶 three\nfour\n", "b,c.fmap": "x" }
const diagnostics: Diagnostic[] = [
  {
    code: "FM7001",
    severity: "error",
    message: `The file "50%,a:b\nc" does not exist.`,
    labels: [
      {
        place: { file: "a.fmap", span: { start: 11, end: 16 } },
        voice: "primary",
        text: "no such <file> & \u0000",
      },
      { place: { file: "b,c.fmap", span: { start: 0, end: 1 } }, voice: "secondary", text: "wanted here" },
    ],
    help: {
      text: "write another name",
      edits: [{ place: { file: "a.fmap", span: { start: 0, end: 3 } }, text: "ONE" }],
    },
  },
  {
    code: "FM7002",
    severity: "warning",
    message: "Two lines.",
    labels: [{ place: { file: "a.fmap", span: { start: 2, end: 6 } }, voice: "primary", text: "" }],
    help: null,
  },
]
const findings = findingsOf(
  diagnostics,
  file => texts[file],
  file => `shown/${file}`,
)

test("positions are lines and columns, 1-based, in UTF-16 units", () => {
  expect(findings[0]).toMatchObject({
    file: "shown/a.fmap",
    start: { line: 2, column: 8 },
    end: { line: 2, column: 13 },
    fixable: true,
  })
  expect(findings[0]?.related).toEqual([
    {
      file: "shown/b,c.fmap",
      start: { line: 1, column: 1 },
      end: { line: 1, column: 2 },
      text: "wanted here",
    },
  ])
  expect(findings[1]).toMatchObject({
    start: { line: 1, column: 3 },
    end: { line: 2, column: 3 },
    help: null,
    fixable: false,
  })
})
test("a file that cannot be read gives its first position", () => {
  const [finding] = findingsOf(
    diagnostics,
    () => undefined,
    file => file,
  )
  expect(finding?.start.line).toBe(1)
})

test("json holds all of it and counts", () => {
  const document = JSON.parse(json(findings))
  expect(document).toMatchObject({
    format: "fmap.findings",
    formatVersion: 1,
    summary: { errors: 1, warnings: 1, information: 0 },
  })
  expect(document.findings).toEqual(JSON.parse(JSON.stringify(findings)))
})

describe("github", () => {
  test("one command a line, escaped as the runner decodes it", () => {
    expect(github(findings)).toBe(
      `::error file=shown/a.fmap,line=2,endLine=2,col=8,endColumn=13,title=FM7001 File not found::The file "50%25,a:b%0Ac" does not exist.%0Ano such <file> & \u0000%0AHelp: write another name\n` +
        "::warning file=shown/a.fmap,line=1,endLine=2,title=FM7002 File not readable::Two lines.\n",
    )
  })
  test("nothing ends a command or adds a property", () => {
    expect(escapeData("%0A\r\n::error::")).toBe("%250A%0D%0A::error::")
    expect(escapeProperty("a,b:c%")).toBe("a%2Cb%3Ac%25")
  })
})

test("gitlab: a fingerprint each, unmoved when lines move", () => {
  const report: { fingerprint: string; severity: string; location: object }[] = JSON.parse(
    gitlab([...findings, ...findings]),
  )
  expect(new Set(report.map(issue => issue.fingerprint)).size).toBe(4)
  expect(report[0]).toMatchObject({
    severity: "major",
    location: { path: "shown/a.fmap", lines: { begin: 2, end: 2 } },
  })
  const moved = findingsOf(
    diagnostics,
    file => `\n\n${texts[file] ?? ""}`,
    file => `shown/${file}`,
  )
  expect(JSON.parse(gitlab(moved))[0].fingerprint).toBe(report[0]?.fingerprint)
})

test("sarif 2.1.0: rules with help, results that point at them", () => {
  const log = JSON.parse(sarif(findings, "1.2.3", code => (code === "FM7001" ? "# FM7001 page" : undefined)))
  expect(log.version).toBe("2.1.0")
  const [run] = log.runs
  expect(run.tool.driver).toMatchObject({ name: "fmap", version: "1.2.3" })
  expect(run.tool.driver.rules).toEqual([
    expect.objectContaining({
      id: "FM7001",
      name: "FileNotFound",
      help: { text: "# FM7001 page", markdown: "# FM7001 page" },
    }),
    expect.objectContaining({
      id: "FM7002",
      help: { text: "Run: fmap explain FM7002" },
      defaultConfiguration: { level: "warning" },
    }),
  ])
  for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
  expect(run.results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: "shown/a.fmap" },
    region: { startLine: 2, startColumn: 8, endLine: 2, endColumn: 13 },
  })
  expect(run.results[0].relatedLocations[0].physicalLocation.artifactLocation.uri).toBe("shown/b%2Cc.fmap")
})

test("sarif: the official schema takes it, and refuses what is none", () => {
  const log = sarif(findings, "1.2.3", code => (code === "FM7001" ? "# FM7001 page" : undefined))
  expect(sarifProblems(log)).toEqual([])
  expect(sarifProblems(sarif([], "1.2.3", () => undefined))).toEqual([])
  expect(sarifProblems(log.replace('"startLine": 2', '"startLine": 0'))).toContain(
    "data/runs/0/results/0/locations/0/physicalLocation/region/startLine must be >= 1",
  )
  expect(sarifProblems(log.replaceAll('"ruleIndex"', '"rulePlace"'))).toHaveLength(2)
})

describe("junit", () => {
  test("a clean file is a passing case", () => {
    const document = junit(findings, ["shown/a.fmap", "shown/clean.fmap"])
    expect(document).toContain(`<testsuites name="fmap" tests="3" failures="2">`)
    expect(document).toContain(
      `<testcase name="check" classname="shown/clean.fmap" file="shown/clean.fmap" line="1"/>`,
    )
  })
  test("text cannot break out, and what XML cannot hold is written out", () => {
    const document = junitXml([
      {
        name: `<&"'>`,
        cases: [
          {
            name: "]]>\n\t",
            file: "f",
            line: 1,
            failure: { kind: "k", message: `"\u0000\uD800`, text: "]]><x/>\u000B" },
          },
        ],
      },
    ])
    expect(document).toContain(`<testsuite name="&lt;&amp;&quot;'&gt;"`)
    expect(document).toContain(`name="]]&gt;&#10;&#9;"`)
    expect(document).toContain(`message="&quot;\\u{0}\\u{d800}"`)
    expect(document).toContain("]]&gt;&lt;x/&gt;\\u{b}</failure>")
  })
})

test("the summary counts in words", () => {
  expect(summary(diagnostics, ["a.fmap", "b.fmap", "c.fmap"])).toBe("1 error, 1 warning in 3 files.")
  expect(summary([], ["a.fmap"])).toBe("No findings in 1 file.")
})
