// What declarations say for those who govern them: clearances, retention, service levels, ends, allowances. Flows in: declarations as
// written. Flows out: diagnostics. Whether a policy asks for any of it is not known here.
import {
  type AllowClause,
  diagnostic,
  type Name,
  type SystemDeclaration,
  type TextLiteral,
} from "@fmap/grammar"
import { fromText, isRefused, readDate } from "@fmap/runtime"
import { isRuleId, ruleIds } from "../govern/rules/index.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { closest } from "./closest.ts"
import type { Declared } from "./collect-names.ts"

export const labels: readonly string[] = ["pii", "confidential"]
const units: readonly string[] = ["days", "months", "years"]

export function checkGoverned(declared: readonly Declared[], found: Findings): void {
  for (const { node, file } of declared) {
    if ("allows" in node) for (const allow of node.allows ?? []) checkAllow(allow, file, found)
    if (node.kind === "system") checkCleared(node, file, found)
    if (node.kind !== "contract") continue
    const at = placeIn(file)
    const { retention, slo, sunset } = node
    if (sunset !== undefined) checkDay(sunset, file, found)
    if (retention !== undefined) {
      if (!/^[1-9]\d{0,4}$/.test(retention.count))
        found.report(
          diagnostic(
            "FM6606",
            { clause: "retention", problem: "is a whole number of days, months or years, from 1 to 99999" },
            at(retention),
          ),
        )
      knownWord("retention", retention.unit, units, file, found)
    }
    if (slo !== undefined && !isShare(slo.share))
      found.report(
        diagnostic(
          "FM6606",
          { clause: "slo", problem: "is a share of the records above 0 % and up to 100 %" },
          at(slo),
        ),
      )
  }
}

export function reportUnknownRule(rule: Name, file: string, found: Findings): void {
  if (isRuleId(rule.text)) return
  const place = placeIn(file)(rule)
  const near = closest(rule.text, ruleIds)
  found.report(
    diagnostic("FM6601", { rule: rule.text }, place, {
      label: "no rule",
      ...(near === null
        ? { help: "`fmap explain` lists the rules." }
        : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
    }),
  )
}

export function knownWord(
  clause: string,
  name: Name,
  wanted: readonly string[],
  file: string,
  found: Findings,
): boolean {
  if (wanted.includes(name.text)) return true
  const place = placeIn(file)(name)
  const near = closest(name.text, wanted)
  found.report(
    diagnostic("FM6102", { clause, word: name.text, wanted: wanted.join(", ") }, place, {
      ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
    }),
  )
  return false
}

function checkAllow(allow: AllowClause, file: string, found: Findings): void {
  reportUnknownRule(allow.rule, file, found)
  checkDay(allow.until, file, found)
  const parts: readonly (readonly [string, TextLiteral])[] = [
    ["why it is taken on", allow.because],
    ...allow.by.map(name => ["who takes it on", name] as const),
  ]
  for (const [what, text] of parts) {
    const said = text.parts.some(part => "text" in part && String(part.text).trim() !== "")
    if (!said) found.report(diagnostic("FM6607", { what }, placeIn(file)(text)))
  }
}

function checkCleared({ cleared }: SystemDeclaration, file: string, found: Findings): void {
  for (const label of cleared ?? []) knownWord("cleared for", label, labels, file, found)
}

function checkDay(
  day: { readonly text: string; readonly span: { readonly start: number; readonly end: number } },
  file: string,
  found: Findings,
): void {
  if (isRefused(readDate(day.text, { kind: "date", wire: "iso" })))
    found.report(diagnostic("FM6117", { date: day.text }, placeIn(file)(day)))
}

function isShare(written: string): boolean {
  const share = fromText(written.replace("%", ""))
  return share !== undefined && share.n > 0n && share.n <= 100n * share.d
}
