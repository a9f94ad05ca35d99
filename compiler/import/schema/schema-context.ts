// What reading one schema document remembers. Flows in: the root and the files beside it. Flows out: declarations found on the way,
// notes and problems. One reading, one context; nothing of it outlives the reading.
import type { ImportedDeclaration, ImportNote, ImportProblem, ImportSource } from "../model.ts"

/** A schema with the place it stands at. */
export interface SchemaAt {
  readonly schema: unknown
  /** `#/components/schemas/Deal`, or `other.json#/Deal`. */
  readonly at: string
  /** The file it stands in: "" for the source itself. */
  readonly file: string
}

export interface SchemaContext {
  readonly source: ImportSource
  /** Roots by file, the source itself under "". */
  readonly roots: Map<string, unknown>
  /** Schemas of the source by the address they call themselves; null: nobody asked yet. */
  ids: ReadonlyMap<string, SchemaAt> | null
  /** By name. Null: being read, or nothing that is declared. */
  readonly declared: Map<string, ImportedDeclaration | null>
  /** Names by the place of the schema. */
  readonly names: Map<string, string>
  /** Records that were named and are still to be read: chains of references may be of any length. */
  readonly waiting: { readonly place: SchemaAt; readonly name: string }[]
  /** Places of references being followed, to see circles of what is no object. */
  readonly following: Set<string>
  readonly notes: ImportNote[]
  readonly problems: ImportProblem[]
}

export function schemaContext(source: ImportSource, root: unknown): SchemaContext {
  return {
    source,
    roots: new Map([["", root]]),
    ids: null,
    declared: new Map(),
    names: new Map(),
    waiting: [],
    following: new Set(),
    notes: [],
    problems: [],
  }
}

export function noteAt(
  context: SchemaContext,
  kind: ImportNote["kind"],
  at: string,
  message: string,
  sure: ImportNote["sure"] = null,
): void {
  context.notes.push({ kind, sure, at, message })
}

/** A name nobody has yet, for the schema at a place. */
export function nameFor(context: SchemaContext, place: string, wanted: string): string {
  const known = context.names.get(place)
  if (known !== undefined) return known
  let name = wanted === "" ? "Object" : wanted
  for (let n = 2; context.declared.has(name); n++) name = `${wanted} ${n}`
  context.names.set(place, name)
  context.declared.set(name, null)
  return name
}
