// What `--only` leaves of an import. Flows in: an import and the objects and fields that are wanted. Flows out: those, with the
// records and enums they need, and the names of wanted things the source does not have.
import type {
  Imported,
  ImportedContract,
  ImportedDeclaration,
  ImportedField,
  ImportedRecord,
} from "./model.ts"
import { usedNames } from "./settle/used-names.ts"
import { unitsOf } from "./units-of.ts"

export interface ImportPick {
  readonly object: string
  /** Wire names; null: all fields. */
  readonly fields: readonly string[] | null
}

export interface Selected {
  readonly imported: Imported
  readonly unknown: readonly string[]
}

export function select(imported: Imported, only: readonly ImportPick[]): Selected {
  const byName = new Map(imported.declarations.map(declaration => [declaration.name, declaration]))
  const unknown: string[] = []
  const roots = new Map<string, ImportedDeclaration>()
  for (const pick of only) {
    const declaration = byName.get(pick.object)
    if (declaration === undefined) {
      unknown.push(pick.object)
      continue
    }
    const picked = pick.fields === null ? declaration : pickFields(declaration, pick.fields, unknown)
    roots.set(pick.object, asContract(picked))
  }
  const wanted = new Map<string, ImportedDeclaration>()
  const waiting = [...roots.keys()]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (wanted.has(name)) continue
    const declaration = roots.get(name) ?? byName.get(name)
    if (declaration === undefined) continue
    wanted.set(name, declaration)
    if (declaration.kind !== "enum")
      for (const field of declaration.fields) waiting.push(...usedNames(field.type))
  }
  const isWanted = (at: string) => [...wanted.keys()].some(name => at === name || at.startsWith(`${name}.`))
  const isLeft = (at: string) => imported.declarations.some(d => at === d.name || at.startsWith(`${d.name}.`))
  return {
    imported: {
      ...imported,
      declarations: imported.declarations.flatMap(({ name }) => wanted.get(name) ?? []),
      notes: imported.notes.filter(note => isWanted(note.at) || !isLeft(note.at)),
    },
    unknown,
  }
}

/** With the fields whose currency or unit they are, and what tells a union's kinds. */
function pickFields(
  declaration: ImportedDeclaration,
  wireNames: readonly string[],
  unknown: string[],
): ImportedDeclaration {
  if (declaration.kind === "enum") return declaration
  const byWire = new Map(declaration.fields.map(field => [field.wireName, field]))
  const wanted = new Set<string>()
  for (const wire of wireNames) {
    const field = byWire.get(wire)
    if (field === undefined) unknown.push(`${declaration.name}.${wire}`)
    else for (const each of [wire, ...unitFields(field)]) wanted.add(each)
  }
  const fields = declaration.fields.filter(field => wanted.has(field.wireName))
  return declaration.kind === "record"
    ? { ...declaration, fields }
    : {
        ...declaration,
        fields,
        requiredOnCreate: declaration.requiredOnCreate.filter(wire => wanted.has(wire)),
        requiredOnUpdate: declaration.requiredOnUpdate.filter(wire => wanted.has(wire)),
      }
}

function unitFields(field: ImportedField): readonly string[] {
  return unitsOf(field.type).flatMap(unit => (unit.kind === "field" ? [unit.wireName] : []))
}

/** What is asked for by name is a promise of its own. */
function asContract(declaration: ImportedDeclaration): ImportedDeclaration {
  if (declaration.kind !== "record" || declaration.parameters.length > 0) return declaration
  return promoted(declaration)
}

function promoted({ name, docs, fields }: ImportedRecord): ImportedContract {
  return {
    kind: "contract",
    name,
    docs,
    version: "0.1.0",
    direction: "both",
    fields,
    requiredOnCreate: [],
    requiredOnUpdate: [],
  }
}

/**
 * `Opportunity.Id,Amount,Account` to picks. A name after `Opportunity.…` that is no object of the source is a field more of it.
 */
export function readOnly(words: readonly string[], objects: ReadonlySet<string>): readonly ImportPick[] {
  const picks = new Map<string, string[] | null>()
  for (const word of words) {
    let current: string | null = null
    for (const part of word.split(",").map(each => each.trim())) {
      if (part === "") continue
      if (objects.has(part)) {
        picks.set(part, null)
        current = null
        continue
      }
      const object = longestObject(part, objects)
      if (object !== null) {
        current = object
        addField(picks, object, part.slice(object.length + 1))
      } else if (current !== null) addField(picks, current, part)
      else if (!picks.has(part)) picks.set(part, null)
    }
  }
  return [...picks].map(([object, fields]) => ({ object, fields }))
}

function addField(picks: Map<string, string[] | null>, object: string, field: string): void {
  const fields = picks.get(object)
  // All fields are wanted already.
  if (fields === null) return
  picks.set(object, [...(fields ?? []), field])
}

/** Objects may have points in their names. */
function longestObject(part: string, objects: ReadonlySet<string>): string | null {
  for (let at = part.lastIndexOf("."); at > 0; at = part.lastIndexOf(".", at - 1)) {
    if (objects.has(part.slice(0, at))) return part.slice(0, at)
  }
  return null
}
