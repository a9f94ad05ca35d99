// Findings about changes as Markdown, for the comment of a pull request. Flows in: the report. Flows out: a table of versions, then what
// stands in the way, then the rest folded away. Texts of authors stay text.
import {
  type ConsumerReach,
  changeRule,
  type StandingFinding,
  stopsRelease,
  type Verdict,
} from "@fmap/compiler"
import { escapeMarkdown } from "../../docs/markdown-text.ts"
import { safeText } from "../../terminal/safe-text.ts"
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

export function changesMarkdown(report: ChangeReport): string {
  const { title, changes, verdicts, consumers = [] } = report
  const stopping = changes.filter(stopsRelease)
  const others = changes.filter(change => !stopsRelease(change))
  const sentence =
    stopping.length === 0
      ? "Nothing stands in the way."
      : `**${stopping.length} ${stopping.length === 1 ? "finding stands" : "findings stand"} in the way.**`
  const parts = [
    `## ${shown(title)}`,
    sentence,
    ...(verdicts.length === 0 ? [] : [versions(verdicts)]),
    ...(consumers.length === 0 ? [] : [consumerTable(consumers)]),
    ...(stopping.length === 0 ? [] : [stopping.map(change => item(change, report)).join("\n")]),
    ...(others.length === 0
      ? []
      : [
          `<details><summary>${others.length} more</summary>`,
          others.map(change => item(change, report)).join("\n"),
          "</details>",
        ]),
  ]
  return `${parts.join("\n\n")}\n`
}

function shown(text: string): string {
  // A name must not call people into a pull request.
  return escapeMarkdown(safeText(text)).replace(/(?<!\w)@(?=\w)/gu, "@<!-- -->")
}

function versions(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(verdict => {
    const text = shown(verdictText(verdict))
    return `| ${verdict.kind} | ${shown(verdict.name)} | ${shown(stepText(verdict))} | ${verdict.enough ? text : `**${text}**`} |`
  })
  return ["| | | version | |", "|---|---|---|---|", ...rows].join("\n")
}

function consumerTable(consumers: readonly ConsumerReach[]): string {
  const rows = consumers.map(consumer => {
    const state = stateText(consumer)
    const ways = consumer.reached.map(one => shown(wayText(one))).join("<br>")
    return `| ${shown(consumer.consumer)} | ${shown(whoText(consumer))} | ${consumer.breaks ? `**${state}**` : state} | ${ways} |`
  })
  return ["| consumer | | | what comes to it |", "|---|---|---|---|", ...rows].join("\n")
}

function item(change: StandingFinding, { consumers = [], isRelease = false }: ChangeReport): string {
  const { finding } = change
  const accepted = acceptedText(change)
  const head = `${accepted === null ? finding.severity : "accepted"} ${finding.rule} ${changeRule(finding.rule)?.title ?? ""}`
  const sides = [
    ["was", finding.old],
    ["is", finding.new],
    ["reaches", directionText(finding, consumers)],
    ["seen", observedText(finding)],
    ["proof", witnessText(finding)],
    ["shows", madeText(finding)],
    ["then", finding.inFlight ?? ""],
    ["because", accepted],
    ["help", accepted === null ? finding.fix : null],
    ["id", finding.fingerprint],
    ["accept", isRelease ? approvalText(change) : ""],
  ] as const
  return [
    `- **${shown(head.trim())}** ${shown(whereText(finding))}: ${shown(finding.message)}`,
    ...sides
      .filter(([, text]) => text !== null && text !== "")
      .map(([name, text]) => `  - ${name}: ${shown(text ?? "")}`),
  ].join("\n")
}
