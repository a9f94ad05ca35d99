// What was found about changes, in the form a reader asked for. Flows in: a reporter's name, findings with their standing, verdicts. Flows
// out: text for standard output. Findings come in one order for every reporter: what stands in the way first.
import { type ConsumerReach, rulePage, type StandingFinding, type Verdict } from "@fmap/compiler"
import { version } from "../../version.ts"
import { github } from "../github.ts"
import { gitlab } from "../gitlab.ts"
import { sarif } from "../sarif.ts"
import { asFindings } from "./as-findings.ts"
import type { ChangeReporterName } from "./change-reporters.ts"
import { changesJson } from "./changes-json.ts"
import { changesJunit } from "./changes-junit.ts"
import { changesMarkdown } from "./changes-markdown.ts"
import { changesText } from "./changes-text.ts"

export interface ChangeReport {
  /** What was compared, for a heading: "Changes since the last releases". */
  readonly title: string
  readonly changes: readonly StandingFinding[]
  readonly verdicts: readonly Verdict[]
  /** It is the check of a release: people may agree to what was found. */
  readonly isRelease?: boolean
  /** Those that are declared; absent: none is. */
  readonly consumers?: readonly ConsumerReach[]
}

export interface ChangeContext {
  /** The file shown where a finding has no place of its own. */
  readonly fallback: string
  readonly color: boolean
}

export function reportChangeFindings(
  name: ChangeReporterName,
  given: ChangeReport,
  { fallback, color }: ChangeContext,
): string {
  const report = { ...given, changes: ordered(given.changes) }
  switch (name) {
    case "text":
      return changesText(report, color)
    case "json":
      return changesJson(report)
    case "github":
      return github(asFindings(report.changes, fallback))
    case "gitlab":
      return gitlab(asFindings(report.changes, fallback))
    case "sarif":
      return sarif(asFindings(report.changes, fallback), version, rulePage)
    case "junit":
      return changesJunit(report, fallback)
    case "markdown":
      return changesMarkdown(report)
  }
}

const severityRank = { error: 0, warning: 1, information: 2 } as const

function ordered(changes: readonly StandingFinding[]): readonly StandingFinding[] {
  const rank = ({ finding, standing }: StandingFinding) =>
    (standing === "open" ? 0 : 10) + severityRank[finding.severity]
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return changes.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      order(a.finding.subject, b.finding.subject) ||
      order(a.finding.rule, b.finding.rule) ||
      order(a.finding.path, b.finding.path),
  )
}

/** "2 errors, 1 warning, 3 accepted" for the last line of commentary. */
export function changeSummary(changes: readonly StandingFinding[]): string {
  const open = changes.filter(({ standing }) => standing === "open")
  const count = (severity: "error" | "warning") =>
    open.filter(({ finding }) => finding.severity === severity).length
  const parts = [
    [count("error"), "error"],
    [count("warning"), "warning"],
  ] as const
  const words = parts.flatMap(([number, noun]) =>
    number === 0 ? [] : [`${number} ${noun}${number === 1 ? "" : "s"}`],
  )
  const told = open.length - count("error") - count("warning")
  const accepted = changes.length - open.length
  if (told > 0) words.push(`${told} information`)
  if (accepted > 0) words.push(`${accepted} accepted`)
  return words.length === 0 ? "No findings" : words.join(", ")
}
