// New version numbers put into sources. Flows in: the text of a file and which declaration shall have which version. Flows out: the text with
// those numbers and nothing else changed, or which declaration was not found.
import { applyEdits, type Declaration, type Edit, parse } from "@fmap/grammar"
import type { ReleasedKind } from "./subjects.ts"

export interface VersionEdit {
  readonly kind: ReleasedKind
  /** As it is declared. */
  readonly name: string
  readonly from: string
  readonly to: string
}

/** Null: a declaration is not there, or does not say the version it is to be raised from. */
export function withVersions(file: string, text: string, wanted: readonly VersionEdit[]): string | null {
  const { declarations } = parse(text, file).tree
  const edits: Edit[] = []
  for (const { kind, name, from, to } of wanted) {
    const version = declarations.flatMap(one => versionOf(one, kind, name))[0]
    if (version === undefined || version.text !== from) return null
    edits.push({ place: { file, span: version.span }, text: to })
  }
  return applyEdits(text, file, edits)
}

type Version = NonNullable<Extract<Declaration, { readonly kind: "map" }>["version"]>

function versionOf(declaration: Declaration, kind: ReleasedKind, name: string): readonly Version[] {
  switch (declaration.kind) {
    case "contract":
    case "map":
    case "crosswalk":
    case "hierarchy":
    case "flow": {
      const released = declaration.kind === "hierarchy" ? "crosswalk" : declaration.kind
      const { version } = declaration
      return released === kind && declaration.name.text === name && version !== null ? [version] : []
    }
    default:
      return []
  }
}
