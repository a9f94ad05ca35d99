// Findings about changes as JUnit XML: a suite for each thing that changed, a case for its version and one for each finding. Only what
// stands in the way fails. Flows in: the report. Flows out: the document.
import { changeRule, type StandingFinding, stopsRelease } from "@fmap/compiler"
import { type JUnitCase, junitXml } from "../junit-xml.ts"
import { acceptedText, placeOf } from "./as-findings.ts"
import type { ChangeReport } from "./change-report.ts"
import { madeText, observedText, pathText, witnessText } from "./shown-change.ts"

export function changesJunit({ changes, verdicts }: ChangeReport, fallback: string): string {
  const names = [
    ...new Set([...verdicts.map(({ name }) => name), ...changes.map(({ finding }) => finding.subject)]),
  ].toSorted()
  const suites = names.map(name => ({
    name,
    cases: [
      ...verdicts
        .filter(verdict => verdict.name === name)
        .map(({ kind, now, enough, before, wanted }) => {
          const title = `${kind} ${name} ${before === null || before === now ? now : `${before} to ${now}`}`
          return { name: title, file: fallback, line: 1, failure: enough ? null : tooLow(wanted) }
        }),
      ...changes.filter(({ finding }) => finding.subject === name).map(change => caseOf(change, fallback)),
    ],
  }))
  const nothing = { name: "changes", cases: [{ name: "none", file: fallback, line: 1, failure: null }] }
  return junitXml(suites.length === 0 ? [nothing] : suites)
}

function tooLow(wanted: string | null): JUnitCase["failure"] {
  return { kind: "error", message: `the change deserves ${wanted ?? "a higher version"}`, text: "" }
}

function caseOf(change: StandingFinding, fallback: string): JUnitCase {
  const { finding } = change
  const place = placeOf(finding.newAt ?? finding.oldAt)
  const title = changeRule(finding.rule)?.title ?? ""
  const where = pathText(finding.path)
  return {
    name: [finding.rule, title, where, acceptedText(change) === null ? "" : `(${change.standing})`]
      .filter(part => part !== "")
      .join(" "),
    file: place?.file ?? fallback,
    line: place?.position.line ?? 1,
    failure: stopsRelease(change)
      ? {
          kind: finding.severity,
          message: finding.message,
          text: [
            observedText(finding),
            witnessText(finding),
            madeText(finding),
            finding.fix ?? "",
            `fingerprint ${finding.fingerprint}`,
          ]
            .filter(part => part !== "")
            .join("\n"),
        }
      : null,
  }
}
