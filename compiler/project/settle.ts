// What is said in the end. Flows in: the diagnostics of all phases. Flows out: the same without findings that an error may
// have caused: an import is no longer unused once the misspelt name is right.
import type { Diagnostic, DiagnosticCode } from "@fmap/grammar"

const shaky: ReadonlySet<DiagnosticCode> = new Set(["FM2006"])

export function settle(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const wrong = new Set(
    diagnostics.flatMap(({ severity, labels: [{ place }] }) => (severity === "error" ? [place.file] : [])),
  )
  return diagnostics.filter(({ code, labels: [{ place }] }) => !shaky.has(code) || !wrong.has(place.file))
}
