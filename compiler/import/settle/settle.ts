// Makes of what an importer gives what the language takes. Flows in: shapes as a source publishes them. Flows out: the same
// shapes where the language has them, wider ones and a note where it has not: circles, shapes too large, amounts whose currency
// may be missing, patterns outside of the subset. It must not know any source format.
import type {
  Imported,
  ImportedContract,
  ImportedDeclaration,
  ImportedField,
  ImportedRecord,
  ImportedType,
  ImportNote,
} from "../model.ts"
import { cutCircles } from "./cut-circles.ts"
import { cutLarge } from "./cut-large.ts"
import { settleMembers, type TakeNote } from "./settle-enum.ts"
import { type ShapeContext, settleType } from "./settle-type.ts"

export function settle(imported: Imported): Imported {
  const notes: ImportNote[] = [...imported.notes]
  const note = (kind: ImportNote["kind"], at: string, message: string) =>
    notes.push({ kind, sure: null, at, message })
  const declarations = new Map<string, ImportedDeclaration>()
  for (const declaration of imported.declarations) {
    if (/\p{Cs}/u.test(declaration.name))
      note("dropped", declaration.name, "Its name holds half a character; nobody can spell it.")
    else if (!declarations.has(declaration.name)) declarations.set(declaration.name, declaration)
    else note("dropped", declaration.name, "The source declares it twice; the first stands.")
  }
  const open = cutLarge(cutCircles(declarations, note), note)
  // Records lose what they cannot say before anything asks what they are.
  const settled = [...open.values()].map(
    (declaration): ImportedDeclaration =>
      declaration.kind === "enum"
        ? { ...declaration, members: settleMembers(declaration.members, declaration.name, note) }
        : settleShape(declaration, { declarations: open, system: imported.system, note }),
  )
  return { system: imported.system, declarations: settled.filter(hasMembers), notes }
}

/** An enum without values is taken as text where it is used. */
function hasMembers(declaration: ImportedDeclaration): boolean {
  return declaration.kind !== "enum" || declaration.members.length > 0
}

type Settling = Pick<ShapeContext, "declarations" | "note"> & { readonly system: Imported["system"] }

function settleShape<S extends ImportedRecord | ImportedContract>(shape: S, settling: Settling): S {
  const { note } = settling
  const byWire = new Map<string, ImportedField>()
  for (const field of shape.fields) {
    const at = `${shape.name}.${field.wireName}`
    if (/\p{Cs}/u.test(field.wireName))
      note("dropped", at, "Its name holds half a character; nobody can spell it.")
    else if (byWire.has(field.wireName))
      note("dropped", at, "The source has the field twice; the first stands.")
    else byWire.set(field.wireName, field)
  }
  const context: ShapeContext = { ...settling, shape, fields: byWire }
  const settled = [...byWire.values()].map(field => settleField(field, context))
  const fields = settling.system?.profile === "xml" ? withoutJson(settled, shape.name, note) : settled
  if (shape.kind === "record") return { ...shape, fields }
  const optional = new Set(fields.filter(field => field.optional).map(field => field.wireName))
  const required = (names: readonly string[]) =>
    shape.direction === "reads" ? [] : [...new Set(names)].filter(name => optional.has(name))
  return {
    ...shape,
    version: /^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}$/.test(shape.version) ? shape.version : "0.1.0",
    fields,
    requiredOnCreate: required(shape.requiredOnCreate),
    requiredOnUpdate: required(shape.requiredOnUpdate),
  }
}

const keyKinds: ReadonlySet<string> = new Set([
  "text",
  "alpha",
  "int",
  "enum",
  "currency",
  "country",
  "language",
  "date",
  "datetime",
  "instant",
])
const writing: ReadonlySet<string> = new Set(["clearable", "computed", "create only", "write only"])

function settleField(field: ImportedField, context: ShapeContext): ImportedField {
  const at = `${context.shape.name}.${field.wireName}`
  const type = settleType(field.type, field, context)
  const isReads = context.shape.kind === "contract" && context.shape.direction === "reads"
  const has = (mark: ImportedField["marks"][number]) => field.marks.includes(mark)
  const marks = [...new Set(field.marks)].filter(mark => {
    if (isReads && writing.has(mark)) return false
    if (mark === "clearable" && !field.optional) return false
    return !has("computed") || (mark !== "create only" && mark !== "write only" && mark !== "clearable")
  })
  const isKeyType =
    keyKinds.has(type.kind) || (type.kind === "named" && context.declarations.get(type.name)?.kind === "enum")
  const key = field.key && !field.optional && isKeyType
  if (field.key && !key)
    context.note("widened", at, `It is a key of the source, and not here: ${whyNoKey(field, isKeyType)}.`)
  const fits = type === field.type || type.kind === field.type.kind
  const wire = fits ? field.wire : null
  return { ...field, type, marks, key, wire }
}

function whyNoKey(field: ImportedField, isKeyType: boolean): string {
  return field.optional && isKeyType ? "it may be missing" : "its type identifies nothing"
}

/** An element has no type of its own, so opaque values have no place in XML. */
function withoutJson(
  fields: readonly ImportedField[],
  shape: string,
  note: TakeNote,
): readonly ImportedField[] {
  const isOpaque = (type: ImportedType): boolean =>
    type.kind === "json" || (type.kind === "list" && isOpaque(type.element))
  return fields.filter(field => {
    if (!isOpaque(field.type)) return true
    note(
      "dropped",
      `${shape}.${field.wireName}`,
      "What is taken as json has no place in XML; it is left out.",
    )
    return false
  })
}
