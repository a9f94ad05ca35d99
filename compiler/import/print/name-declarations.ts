// Which name each declaration and field of an import gets in the file. Flows in: settled declarations, and the names an existing
// file has given. Flows out: names by those of the source. Deterministic: the order of the source decides collisions.
import type { Imported, ImportedDeclaration } from "../model.ts"
import { declarationName, type FieldName, fieldNames } from "./names.ts"

export interface ImportNames {
  readonly system: string | null
  readonly declarations: ReadonlyMap<string, string>
  /** By declaration of the source, then by wire name. */
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, FieldName>>
  /** By declaration of the source, then by its name there. */
  readonly parameters: ReadonlyMap<string, ReadonlyMap<string, string>>
}

export interface GivenNames {
  readonly system: string | null
  /** Names of declarations by those of the source; they stay. */
  readonly declarations: ReadonlyMap<string, string>
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** What else stands in the file and cannot be taken. */
  readonly taken: readonly string[]
}

export const nothingGiven: GivenNames = {
  system: null,
  declarations: new Map(),
  fields: new Map(),
  taken: [],
}

export function nameDeclarations(imported: Imported, given: GivenNames = nothingGiven): ImportNames {
  const used = new Set<string>([...given.taken, ...given.declarations.values()])
  if (given.system !== null) used.add(given.system)
  const declarations = new Map<string, string>()
  for (const { name } of imported.declarations)
    declarations.set(name, given.declarations.get(name) ?? declarationName(name, used))
  // Objects keep their names before the system that publishes them does.
  const system = given.system ?? (imported.system === null ? null : systemName(imported.system.name, used))
  const shapes = imported.declarations.filter(isShape)
  const parameters = new Map(shapes.map(shape => [shape.name, parameterNames(shape)]))
  const fields = new Map(shapes.map(shape => [shape.name, namesOf(shape, given, parameters.get(shape.name))]))
  return { system, declarations, fields, parameters }
}

function systemName(source: string, used: Set<string>): string {
  const name = declarationName(source, new Set())
  return declarationName(used.has(name) ? `${name}System` : name, used)
}

type Shape = Exclude<ImportedDeclaration, { kind: "enum" }>

function isShape(declaration: ImportedDeclaration): declaration is Shape {
  return declaration.kind !== "enum"
}

function namesOf(
  shape: Shape,
  given: GivenNames,
  parameters: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<string, FieldName> {
  const known = given.fields.get(shape.name) ?? new Map<string, string>()
  const fresh = shape.fields.map(field => field.wireName).filter(wire => !known.has(wire))
  const names = new Map(fieldNames(fresh, [...known.values(), ...(parameters?.values() ?? [])]))
  for (const [wire, name] of known) names.set(wire, { name, as: "" })
  return names
}

/** A field keeps its name; a parameter, which only the file knows, makes way. */
function parameterNames(shape: Shape): ReadonlyMap<string, string> {
  const wires = new Set(shape.fields.map(field => field.wireName))
  const names = new Map<string, string>()
  for (const { name } of shape.kind === "record" ? shape.parameters : []) {
    let free = name
    while (wires.has(free) || [...names.values()].includes(free)) free = `${free}_`
    names.set(name, free)
  }
  return names
}
