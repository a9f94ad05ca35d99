// Every reporter over the same hand-made report: a break that stands in the way, one that people agreed to, one the version speaks for, an
// addition, and texts that try to break out. Goldens: accept with `-u` after reading the diff.
import type { StandingFinding, Verdict } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import {
  type ChangeReport,
  changeSummary,
  reportChangeFindings,
} from "../../../cli/reporters/changes/change-report.ts"
import { changeReporters } from "../../../cli/reporters/changes/change-reporters.ts"
import { finding } from "../../compiler/release/findings.ts"
import { sarifProblems } from "../sarif-problems.ts"

const changes: readonly StandingFinding[] = [
  {
    finding: finding({
      rule: "S001",
      severity: "information",
      bump: "minor",
      path: "/lines/[]/note",
      old: null,
      new: "note? : text(80)",
      oldAt: null,
      newAt: "contracts/order.fmap:14:3",
      message: `"note" is new.`,
    }),
    standing: "open",
    approval: null,
  },
  {
    finding: finding({
      rule: "V001",
      severity: "error",
      bump: "none",
      path: "",
      old: "1.2.0",
      new: "1.2.1",
      newAt: "contracts/order.fmap:3:1",
      message: "Order goes from version 1.2.0 to 1.2.1, but the change deserves 2.0.0.",
      fix: "Say version 2.0.0.",
      consumers: ["Revenue BI", "Data lake"],
      witness: { payload: { total: "1.00" }, validFor: "old" },
    }),
    standing: "open",
    approval: null,
  },
  {
    finding: finding({
      rule: "V003",
      severity: "error",
      bump: "major",
      subject: "BookOrder",
      path: "/amount",
      old: "round(x, minor, half_even)",
      new: "round(x, minor, half_up)",
      newAt: "maps/book-order.fmap:20:5",
      direction: "none",
      message: "Halves are rounded another way.",
      observed: {
        compared: 120,
        differs: 3,
        withinTolerance: 1,
        newlyFailing: 1,
        newlyPassing: 0,
        largestDelta: "0.01",
        deltaByCurrency: { EUR: "0.02", JPY: "-1" },
        examples: [],
      },
    }),
    standing: "approved",
    approval: {
      fingerprint: "",
      rule: "V003",
      subject: "BookOrder",
      reason: "Audit asked for it | see <FIN-7>",
      approvedBy: ["Ana", "Ben"],
      expires: "2026-12-31",
    },
  },
  {
    finding: finding({
      rule: "V007",
      severity: "warning",
      bump: "none",
      subject: "A|b`<script>\u001b[31m",
      path: "",
      old: null,
      message: `::error::%0A ]]> **bold** </details> "&\n`,
    }),
    standing: "open",
    approval: null,
  },
  {
    finding: finding({
      rule: "M004",
      severity: "error",
      bump: "major",
      subject: "@finance/leads",
      path: "/a\n::error::b/[]",
      message: "Halves are rounded another way.",
    }),
    standing: "open",
    approval: null,
  },
  {
    finding: finding({ rule: "S005", severity: "error", bump: "major", subject: "Invoice" }),
    standing: "covered",
    approval: null,
  },
]
const step = (
  facts: Pick<Verdict, "kind" | "name" | "before" | "now" | "required" | "declared" | "enough" | "wanted">,
): Verdict => ({ ...facts, reasons: [] })
const report: ChangeReport = {
  title: "Changes since the last releases",
  isRelease: true,
  changes,
  verdicts: [
    step({
      kind: "contract",
      name: "Order",
      before: "1.2.0",
      now: "1.2.1",
      required: "major",
      declared: "patch",
      enough: false,
      wanted: "2.0.0",
    }),
    step({
      kind: "contract",
      name: "Invoice",
      before: "1.0.0",
      now: "2.0.0",
      required: "major",
      declared: "major",
      enough: true,
      wanted: "2.0.0",
    }),
    step({
      kind: "map",
      name: "BookOrder",
      before: "1.0.0",
      now: "2.0.0",
      required: "minor",
      declared: "major",
      enough: true,
      wanted: "1.1.0",
    }),
    step({
      kind: "map",
      name: "Same",
      before: "1.0.0",
      now: "1.0.0",
      required: "none",
      declared: "none",
      enough: true,
      wanted: null,
    }),
    step({
      kind: "crosswalk",
      name: "New",
      before: null,
      now: "1.0.0",
      required: "none",
      declared: "none",
      enough: true,
      wanted: null,
    }),
  ],
}
const extensions = {
  text: "txt",
  json: "json",
  github: "txt",
  gitlab: "json",
  sarif: "sarif.json",
  junit: "xml",
  markdown: "md",
}

describe.each(changeReporters)("%s", name => {
  const told = (given: ChangeReport) =>
    reportChangeFindings(name, given, { fallback: "fmap.json", color: false })
  test("as the golden", async () => {
    await expect(told(report)).toMatchFileSnapshot(`goldens/${name}.${extensions[name]}`)
  })
  test("the order of what was found changes nothing", () =>
    expect(told({ ...report, changes: changes.toReversed() })).toBe(told(report)))
  test("nothing found is a report, too", () => {
    const empty = told({ title: "Changes", changes: [], verdicts: [] })
    if (["text", "github"].includes(name)) expect(empty).toBe("")
    else expect(empty.length).toBeGreaterThan(2)
  })
})

test("the official schema of SARIF takes the report, and an empty one", () => {
  const context = { fallback: "fmap.json", color: false }
  expect(sarifProblems(reportChangeFindings("sarif", report, context))).toEqual([])
  const empty = { title: "Changes", changes: [], verdicts: [] }
  expect(sarifProblems(reportChangeFindings("sarif", empty, context))).toEqual([])
})
test("only what stands in the way is an error for machines", () => {
  const context = { fallback: "fmap.json", color: false }
  const github = reportChangeFindings("github", report, context)
  expect(github.match(/^::(?:error|warning|notice) /gmu)).toEqual([
    "::error ",
    "::error ",
    "::warning ",
    "::notice ",
    "::notice ",
    "::notice ",
  ])
  const junit = reportChangeFindings("junit", report, context)
  // The version of Order, the finding about it, and the rounding.
  expect(junit.match(/<failure /gu)?.length).toBe(3)
  const sarif = JSON.parse(reportChangeFindings("sarif", report, context))
  expect(
    sarif.runs[0].results.map((one: { level: string; suppressions?: object[] }) => [
      one.level,
      one.suppressions?.length ?? 0,
    ]),
  ).toEqual([
    ["error", 0],
    ["error", 0],
    ["warning", 0],
    ["note", 0],
    ["note", 1],
    ["note", 1],
  ])
})
test("colour is for terminals only", () => {
  expect(reportChangeFindings("text", report, { fallback: "", color: true })).toContain(
    "\u001b[31merror[V001]",
  )
  expect(reportChangeFindings("text", report, { fallback: "", color: false })).not.toContain("\u001b")
})
test("the summary counts what is open and what is accepted", () => {
  expect(changeSummary(changes)).toBe("2 errors, 1 warning, 1 information, 2 accepted")
  expect(changeSummary([])).toBe("No findings")
})
