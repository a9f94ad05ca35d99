// Findings for people. Flows in: diagnostics and the texts they point into. Flows out: each as a small excerpt of source with
// what stands there, what was wanted, and one help. The drawing itself is the grammar's, shared with the editor.
import { type Diagnostic, renderDiagnostic, sourceText } from "@fmap/grammar"
import type { ReportContext } from "./report.ts"

export function text(diagnostics: readonly Diagnostic[], context: ReportContext): string {
  return diagnostics.map(diagnostic => renderDiagnostic(diagnostic, context)).join("\n")
}
