// Findings about changes as the reporters of diagnostics take them. Flows in: findings with their standing. Flows out: the same with a place
// in a file, the heading of their rule, and lowered to information where they may stand.
import { changeRule, type StandingFinding } from "@fmap/compiler"
import { safeLine } from "../../terminal/safe-text.ts"
import type { Finding, Position } from "../finding.ts"
import { madeText, observedText, whereText, witnessText } from "./shown-change.ts"

/** `fallback`: the file of a finding that has no place. */
export function asFindings(changes: readonly StandingFinding[], fallback: string): readonly Finding[] {
  return changes.map(change => {
    const { finding, standing } = change
    const { file, position } = placeOf(finding.newAt ?? finding.oldAt) ?? { file: fallback, position: start }
    const accepted = acceptedText(change)
    return {
      code: finding.rule,
      title: changeRule(finding.rule)?.title ?? finding.rule,
      severity: standing === "open" ? finding.severity : "information",
      message: messageOf(finding),
      file,
      start: position,
      end: position,
      label: [accepted ?? sidesText(change), ...factsOf(finding)].filter(text => text !== "").join("\n"),
      related: [],
      help: standing === "open" ? finding.fix : null,
      fixable: false,
      fingerprint: finding.fingerprint,
      detail: observedText(finding),
      ...(accepted === null ? {} : { accepted }),
    }
  })
}

export function acceptedText({ standing, approval }: StandingFinding): string | null {
  if (approval !== null)
    return `approved by ${approval.approvedBy.join(" and ")} until ${approval.expires}: ${approval.reason}`
  return standing === "covered" ? "the version number says so" : null
}

/** Where there is one line only, it says what it is about. */
function messageOf(finding: StandingFinding["finding"]): string {
  const { subject, message } = finding
  return message.startsWith(subject) ? message : `${whereText(finding)}: ${message}`
}

/** What it was seen to do, and what proves it, a line each; last the name under which people agree to it. */
function factsOf(finding: StandingFinding["finding"]): readonly string[] {
  const said = [
    ["seen", observedText(finding)],
    ["proof", witnessText(finding)],
    ["shows", madeText(finding)],
    ["then", finding.inFlight ?? ""],
    ["id", finding.fingerprint],
  ] as const
  return said.filter(([, text]) => text !== "").map(([name, text]) => `${name}: ${safeLine(text)}`)
}

function sidesText({ finding }: StandingFinding): string {
  if (finding.old === null || finding.new === null) return ""
  return `was ${finding.old}, is ${finding.new}`
}

const start: Position = { line: 1, column: 1 }

/** `file:line:column`; a file may have colons. */
export function placeOf(at: string | null): { readonly file: string; readonly position: Position } | null {
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/su.exec(at ?? "") ?? []
  if (file === undefined) return null
  return { file, position: { line: Number(line), column: Number(column) } }
}
