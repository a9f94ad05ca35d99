// Findings for people. Flows in: diagnostics and the texts they point into. Flows out: each with its place, what stands there and
// one help.
import type { Diagnostic } from "@fmap/grammar"
import { safeText } from "../terminal/safe-text.ts"
import { findingsOf } from "./finding.ts"
import type { ReportContext } from "./report.ts"

export function text(diagnostics: readonly Diagnostic[], { textOf, shown }: ReportContext): string {
  return findingsOf(diagnostics, textOf, shown)
    .map(one => safeText(`${one.file}:${one.start.line}:${one.start.column}: ${one.severity} ${one.code}: ${one.message}${one.help === null ? "" : `\n  help: ${one.help}`}\n`))
    .join("")
}
