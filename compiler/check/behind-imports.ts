// Names that an import should have brought and did not. Flows in: the project's files with those names. Flows out: whether a diagnostic only says again that such a name is not known: the import was reported.
import type { Diagnostic, DiagnosticCode } from "@fmap/grammar"
import { closest } from "../resolve/closest.ts"
import type { BoundProject } from "../resolve/model.ts"

/** What is said of a name that stands for nothing, where it is written. */
const unknown: ReadonlySet<DiagnosticCode> = new Set([
  "FM2001",
  "FM2014",
  "FM2030",
  "FM2501",
  "FM3111",
  "FM3153",
  "FM7106",
])

export function behindImports({
  files,
  unreachable,
}: Pick<BoundProject, "files" | "unreachable">): (diagnostic: Diagnostic) => boolean {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  return ({ code, labels: [{ place }] }) => {
    const names = unreachable.get(place.file)
    if (names === undefined || !unknown.has(code)) return false
    const written = texts.get(place.file)?.slice(place.span.start, place.span.end) ?? ""
    // An import of a name that is misspelt is the mistake, and not the name that is meant.
    return written
      .split(".")
      .map(name => name.trim().replaceAll("`", ""))
      .some(name => names.has(name) || closest(name, names) !== null)
  }
}
