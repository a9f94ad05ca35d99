// One source from its text to shapes the language takes. Flows in: the file and what is wanted of it. Flows out: settled
// declarations with notes, or why the source cannot be read. Nothing here knows how they are written down.
import { recordedAnswer } from "./cassette.ts"
import { detectFormat } from "./detect-format.ts"
import type { ImportFormat } from "./formats.ts"
import { importers } from "./importers.ts"
import type { Imported, ImportProblem, ImportSource, ImportWish } from "./model.ts"
import { readOnly, select } from "./select.ts"
import { settle } from "./settle/settle.ts"

export type SourceImport =
  | {
      readonly kind: "imported"
      readonly format: ImportFormat
      readonly imported: Imported
      /** Contracts of which only some fields were asked for. */
      readonly picked: ReadonlySet<string>
    }
  | { readonly kind: "unreadable"; readonly problems: readonly ImportProblem[] }

export function importSource(
  source: ImportSource,
  wish: ImportWish & {
    readonly format: ImportFormat | null
    /** What is wanted was recorded and not asked for: what the source no longer has is no problem. */
    readonly isRecorded?: boolean
  },
): SourceImport {
  const answer = recordedAnswer(source)
  const format = wish.format ?? detectFormat(answer)
  if (format === null) return unreadable(source, "The file is empty.", null)
  const importer = importers[format]
  if (importer === null) return unreadable(source, `There is no importer for ${format}.`, null)
  const result = importer(answer, wish)
  if (result.kind === "unreadable") return result
  const objects = new Set(result.imported.declarations.map(declaration => declaration.name))
  const only = wish.only === null ? null : readOnly(wish.only, objects)
  const { imported, unknown } =
    only === null ? { imported: result.imported, unknown: [] } : select(result.imported, only)
  if (unknown.length > 0 && wish.isRecorded !== true) {
    const some = [...objects].slice(0, 20).join(", ")
    return unreadable(
      source,
      `It has no ${unknown.map(name => `"${name}"`).join(", ")}.`,
      `It has ${objects.size > 20 ? `${objects.size} objects, first ${some}` : some}.`,
    )
  }
  const settled = settle(imported)
  if (settled.declarations.length === 0)
    return unreadable(source, "It describes no object.", format === "json" ? null : "Is it what --as says?")
  const picked = new Set((only ?? []).flatMap(pick => (pick.fields === null ? [] : [pick.object])))
  return { kind: "imported", format, imported: settled, picked }
}

function unreadable(source: ImportSource, message: string, help: string | null): SourceImport {
  return { kind: "unreadable", problems: [{ message, at: source.name, line: null, column: null, help }] }
}
