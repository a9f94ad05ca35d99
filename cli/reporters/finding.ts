// A diagnostic made ready for reporters. Flows in: diagnostics with offsets, and the texts of their files. Flows out: the same
// facts with lines and columns and with paths as the reader knows them. Reporters see nothing else.
import { changeRule } from "@fmap/compiler"
import { catalogue, type Diagnostic, type DiagnosticCode, type Place, type Severity } from "@fmap/grammar"

export interface Position {
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
}

export interface Location {
  /** Relative to the working folder, with `/`. */
  readonly file: string
  readonly start: Position
  readonly end: Position
}

export interface Finding extends Location {
  readonly code: string
  /** The heading of the code's page. */
  readonly title: string
  readonly severity: Severity
  readonly message: string
  readonly label: string
  readonly related: readonly (Location & { readonly text: string })[]
  readonly help: string | null
  /** It can be fixed by `--fix`. */
  readonly fixable: boolean
  /** Of findings that keep one name whatever their words and places are. */
  readonly fingerprint?: string
  /** What stands behind the message where a report has one line only: counts and sums. */
  readonly detail?: string
  /** Why it may stand: somebody agreed, or the version number speaks for it. */
  readonly accepted?: string
}

/** Text of a file by the path a diagnostic names; undefined when it cannot be read (all positions are then 1:1). */
export type TextOf = (file: string) => string | undefined

export function findingsOf(
  diagnostics: readonly Diagnostic<string>[],
  textOf: TextOf,
  shown: (file: string) => string,
): Finding[] {
  const tables = new Map<string, readonly number[]>()
  const linesOf = (file: string) => {
    const known = tables.get(file) ?? lineStarts(textOf(file) ?? "")
    tables.set(file, known)
    return known
  }
  const locate = (place: Place): Location => {
    const lines = linesOf(place.file)
    return {
      file: shown(place.file),
      start: position(lines, place.span.start),
      end: position(lines, place.span.end),
    }
  }
  return diagnostics.map(diagnostic => {
    const [primary, ...others] = diagnostic.labels
    return {
      code: diagnostic.code,
      title: titleOf(diagnostic.code),
      severity: diagnostic.severity,
      message: diagnostic.message,
      ...locate(primary.place),
      label: primary.text,
      related: others.map(label => ({ ...locate(label.place), text: label.text })),
      help: diagnostic.help?.text ?? null,
      fixable: (diagnostic.help?.edits.length ?? 0) > 0,
    }
  })
}

/** Of a code of the compiler, or of a rule. */
function titleOf(code: string): string {
  return Object.hasOwn(catalogue, code)
    ? catalogue[code as DiagnosticCode].title
    : (changeRule(code)?.title ?? code)
}

/** Offsets at which lines start. */
function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1)
  return starts
}

function position(lines: readonly number[], offset: number): Position {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 }
}
