// Findings about changes for people at a terminal. Flows in: the report. Flows out: each finding with both sides, whom it reaches and what to
// do, then a line a version. Texts of authors are made harmless.
import { type ConsumerReach, changeRule, type StandingFinding, type Verdict } from "@fmap/compiler"
import { type Paint, painter, type Style } from "../../terminal/color.ts"
import { safeLine } from "../../terminal/safe-text.ts"
import { acceptedText } from "./as-findings.ts"
import type { ChangeReport } from "./change-report.ts"
import {
  approvalText,
  directionText,
  madeText,
  observedText,
  stepText,
  verdictText,
  whereText,
  witnessText,
} from "./shown-change.ts"
import { stateText, wayText, whoText } from "./shown-consumers.ts"

export function changesText(report: ChangeReport, color: boolean): string {
  const { changes, verdicts, consumers = [] } = report
  const paint = painter(color)
  const told = changes.map(change => `${findingText(change, paint, report)}\n\n`)
  const table = verdictTable(verdicts, paint)
  return `${told.join("")}${table}${consumerTable(consumers, paint)}`
}

const styles = { error: "red", warning: "yellow", information: "cyan" } as const satisfies Record<
  string,
  Style
>

function findingText(
  change: StandingFinding,
  paint: Paint,
  { consumers = [], isRelease = false }: ChangeReport,
): string {
  const { finding } = change
  const accepted = acceptedText(change)
  const head = `${accepted === null ? finding.severity : "accepted"}[${finding.rule}]`
  const title = changeRule(finding.rule)?.title
  const subject = whereText(finding)
  const where = title === undefined ? subject : `${subject}: ${title}`
  const rows: readonly (readonly [string, string])[] = [
    ["was", side(finding.old, finding.oldAt)],
    ["is", side(finding.new, finding.newAt)],
    ["reaches", directionText(finding, consumers)],
    ["seen", observedText(finding)],
    ["proof", witnessText(finding)],
    ["shows", madeText(finding)],
    ["then", finding.inFlight ?? ""],
    ["because", accepted ?? ""],
    ["help", accepted === null ? (finding.fix ?? "") : ""],
    ["id", finding.fingerprint],
    ["accept", isRelease ? approvalText(change) : ""],
  ]
  return [
    `${paint(accepted === null ? styles[finding.severity] : "green", head)} ${safeLine(where)}`,
    `  ${safeLine(finding.message)}`,
    ...rows
      .filter(([, text]) => text !== "")
      .map(([name, text]) => `  ${paint("dim", name.padEnd(7))}  ${safeLine(text)}`),
  ].join("\n")
}

/** Each consumer with what comes to it, by which way. */
function consumerTable(consumers: readonly ConsumerReach[], paint: Paint): string {
  return consumers
    .map(consumer => {
      const who = whoText(consumer)
      const head = `consumer  ${safeLine(consumer.consumer)}${who === "" ? "" : ` (${safeLine(who)})`}`
      const state = paint(consumer.breaks ? "red" : "green", stateText(consumer))
      return [`${head}  ${state}`, ...consumer.reached.map(one => `  ${safeLine(wayText(one))}`)]
        .map(line => `${line}\n`)
        .join("")
    })
    .join("")
}

function side(text: string | null, at: string | null): string {
  if (text === null) return at ?? ""
  return at === null ? text : `${text}  (${at})`
}

function verdictTable(verdicts: readonly Verdict[], paint: Paint): string {
  const rows = verdicts.map(
    verdict => [verdict.kind, verdict.name, stepText(verdict), verdictText(verdict)] as const,
  )
  const width = (column: 0 | 1 | 2) => Math.max(0, ...rows.map(row => safeLine(row[column]).length))
  return rows
    .map(([kind, name, step, text], i) => {
      const enough = verdicts[i]?.enough ?? true
      const cells = [
        kind.padEnd(width(0)),
        safeLine(name).padEnd(width(1)),
        safeLine(step).padEnd(width(2)),
        paint(enough ? "green" : "red", text),
      ]
      return `${cells.join("  ")}\n`
    })
    .join("")
}
