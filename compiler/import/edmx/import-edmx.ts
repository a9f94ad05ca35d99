// The metadata of an OData service, V2 or V4, as contracts. Flows in: an EDMX document and what is wanted of it. Flows out: a
// contract for every entity set, a record for every other type, enums, and notes. It must not know how they are printed.
import { readXml } from "@fmap/runtime/formats/xml"
import type {
  Imported,
  ImportedContract,
  ImportedDeclaration,
  ImportedEnum,
  ImportedField,
  ImportedSystem,
  Importer,
  ImportNote,
  ImportWish,
} from "../model.ts"
import { readOnly } from "../select.ts"
import { allOfType } from "./all-of-type.ts"
import type { EdmEnum, EdmModel, EdmNavigation, EdmSet, EdmStructure } from "./edm-model.ts"
import { followNavigations } from "./navigations.ts"
import { type FieldContext, propertyField, unitsOf } from "./property-field.ts"
import { readEdm } from "./read-edm.ts"
import { serviceNotes } from "./service-notes.ts"

export const importEdmx: Importer = (source, wish) => {
  const xml = readXml(source.text)
  if ("problem" in xml) {
    const { message, line, column, code } = xml.problem
    const help = code === "BAD_XML" ? "Fetch the document again; it may be cut off." : null
    return { kind: "unreadable", problems: [{ message, at: source.name, line, column, help }] }
  }
  const model = readEdm(xml.ok)
  if ("problem" in model) return { kind: "unreadable", problems: [{ ...model.problem, at: source.name }] }
  return { kind: "imported", imported: importModel(model.ok, wish) }
}

function importModel(model: EdmModel, wish: ImportWish): Imported {
  const notes: ImportNote[] = []
  const note: FieldContext["note"] = (kind, sure, at, message) => {
    notes.push({ kind, sure, at, message })
  }
  const structures = new Map(
    [...model.structures].map(([name, structure]) => [name, allOfType(structure, model.structures)]),
  )
  const sets = new Map<string, EdmSet>()
  for (const set of model.sets) {
    const known = sets.get(set.type)
    if (known === undefined) sets.set(set.type, set)
    else
      note(
        "dropped",
        null,
        set.name,
        `It holds the same records as ${known.name}; one contract stands for both.`,
      )
  }
  const names = declarationNames(model, sets)
  // `A_Item,A_Item.to_Order` is every field and one way more.
  const words = (wish.only ?? []).flatMap(word => word.split(",").map(part => part.trim()))
  const wanted = new Set([
    ...words,
    ...readOnly(words, new Set(names.values())).flatMap(pick =>
      (pick.fields ?? []).map(field => `${pick.object}.${field}`),
    ),
  ])
  const { followed, leftOut } = followNavigations(structures, (structure, navigation) =>
    wanted.has(`${names.get(structure.name) ?? ""}.${navigation.name}`),
  )
  const declarations: ImportedDeclaration[] = []
  for (const enumeration of model.enums.values()) {
    if (!enumeration.isFlags) declarations.push(enumOf(enumeration, names))
  }
  for (const structure of structures.values()) {
    const shape = names.get(structure.name) ?? structure.local
    const set = sets.get(structure.name) ?? null
    const context: FieldContext = {
      model,
      structure,
      shape,
      set,
      units: unitsOf(structure),
      declarations: names,
      note,
    }
    const fields = [
      ...structure.properties.flatMap(property => propertyField(property, context) ?? []),
      ...(followed.get(structure.name) ?? []).map(navigation => navigationField(navigation, names)),
    ]
    noteLeftOut(shape, leftOut.get(structure.name) ?? [], note)
    if (structure.isOpen)
      note("dropped", null, shape, "Its records may hold properties that the document does not name.")
    declarations.push(
      set === null
        ? { kind: "record", name: shape, docs: structure.docs, parameters: [], fields }
        : contractOf(shape, structure, set, fields, model, wish.direction),
    )
  }
  return {
    system: systemOf(model, wish),
    declarations,
    notes: [...notes, ...serviceNotes(model, structures)],
  }
}

/** A type is called as the set that holds its records; without a set, by its own name. */
function declarationNames(model: EdmModel, sets: ReadonlyMap<string, EdmSet>): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const used = new Set<string>()
  const types = [
    ...[...model.structures.values()].map(({ name, local }) => ({
      name,
      local: sets.get(name)?.name ?? local,
    })),
    ...[...model.enums.values()].filter(({ isFlags }) => !isFlags),
  ]
  for (const { name, local } of types) {
    const free = used.has(local) ? name : local
    used.add(free)
    names.set(name, free)
  }
  return names
}

function enumOf(enumeration: EdmEnum, names: ReadonlyMap<string, string>): ImportedEnum {
  return {
    kind: "enum",
    name: names.get(enumeration.name) ?? enumeration.local,
    docs: enumeration.docs,
    open: false,
    members: enumeration.members.map(({ name, docs }) => ({ value: name, docs })),
  }
}

function contractOf(
  name: string,
  structure: EdmStructure,
  set: EdmSet,
  fields: readonly ImportedField[],
  { schemaVersion }: EdmModel,
  direction: ImportWish["direction"],
): ImportedContract {
  const parts = (schemaVersion ?? "").split(".")
  const version = parts.every(part => /^\d{1,6}$/u.test(part))
    ? [...parts, "0", "0"].slice(0, 3).map(Number).join(".")
    : "0.1.0"
  const required = new Set(set.requiredOnCreate)
  return {
    kind: "contract",
    name,
    docs: [...new Set([...structure.docs, ...set.docs])],
    version,
    direction: direction ?? (set.creatable || set.updatable ? "both" : "reads"),
    fields,
    requiredOnCreate: fields.filter(field => required.has(field.wireName)).map(field => field.wireName),
    requiredOnUpdate: [],
  }
}

function navigationField(navigation: EdmNavigation, names: ReadonlyMap<string, string>): ImportedField {
  const named = { kind: "named" as const, name: names.get(navigation.target) ?? navigation.target, units: [] }
  return {
    wireName: navigation.name,
    docs: [],
    type: navigation.isMany ? { kind: "list", element: named, min: null, max: null } : named,
    optional: true,
    key: false,
    marks: [],
    // lists of V2 stand in `results`, as the profile of the system says
    wire: null,
  }
}

function noteLeftOut(shape: string, left: readonly EdmNavigation[], note: FieldContext["note"]): void {
  if (left.length === 0) return
  const names = left.map(({ name }) => name).join(", ")
  const [is, it] = left.length === 1 ? ["is", "it"] : ["are", "them"]
  note(
    "dropped",
    null,
    shape,
    `${names} ${is} left out: ways back, circles, or types that are not here. \`--only ${shape},${shape}.${left[0]?.name ?? ""}\` brings ${it} in where no circle closes.`,
  )
}

function systemOf(model: EdmModel, wish: ImportWish): ImportedSystem {
  const namespace = model.namespaces.find(each => each !== "") ?? "Service"
  return {
    name: wish.system ?? (model.isSap ? "Sap" : (namespace.split(".").at(-1) ?? namespace)),
    docs: [],
    kind: model.isSap ? "erp" : null,
    profile: model.version === "V2" ? "odata2" : "odata4",
    wire: new Map(),
  }
}
