// Findings for people. Flows in: diagnostics and the texts they point into. Flows out: each as a small excerpt of source with
// what stands there, what was wanted, and one help. The drawing itself is the grammar's, shared with the editor.
import { type Diagnostic, type Label, renderDiagnostic } from "@fmap/grammar"
import type { ReportContext } from "./report.ts"

export function text(
  diagnostics: readonly Diagnostic<string>[],
  { textOf, shown, color }: ReportContext,
): string {
  const original = new Map<string, string>()
  const renamed = (label: Label): Label => {
    const file = shown(label.place.file)
    original.set(file, label.place.file)
    return { ...label, place: { ...label.place, file } }
  }
  return diagnostics
    .map(diagnostic => {
      const [first, ...others] = diagnostic.labels
      const asShown: Diagnostic<string> = { ...diagnostic, labels: [renamed(first), ...others.map(renamed)] }
      return `${renderDiagnostic(asShown, file => textOf(original.get(file) ?? file), { color })}\n\n`
    })
    .join("")
}
