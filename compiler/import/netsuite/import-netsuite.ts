// NetSuite's Records Browser as contracts. Flows in: its document of record types. Flows out: a contract for each record type with
// fields, records for its sublists, and notes. Record types are told apart by their internal id: names repeat and are wrong.
import type {
  ImportedContract,
  ImportedDeclaration,
  ImportedField,
  ImportedRecord,
  Importer,
  ImportNote,
  ImportWish,
} from "../model.ts"
import { readTree } from "../tree/read-tree.ts"
import { entriesOf, listOf, memberOf, objectOf, type TreeObject, textOf } from "../tree/tree-value.ts"
import { referenceName, referencesName } from "./netsuite-type.ts"
import { type RecordFields, recordFields } from "./record-fields.ts"
import { sublistRecords } from "./sublist-records.ts"

export const importNetsuite: Importer = (source, wish) => {
  const read = readTree(source)
  if (read.kind === "problem") return { kind: "unreadable", problems: [read.problem] }
  const types = recordTypes(read.value)
  if (types.length === 0)
    return {
      kind: "unreadable",
      problems: [
        {
          message: "It is no document of record types: nothing in it has an internalId and fields.",
          at: source.name,
          line: null,
          column: null,
          help: "The Records Browser is published as JSON in netsuite-suitecloud-sdk.",
        },
      ],
    }
  const notes: ImportNote[] = [
    {
      kind: "widened",
      sure: null,
      at: source.name,
      message:
        "Names are script ids, in lower case. The REST API spells some with capitals inside (trandate is tranDate): write `as` there. Custom fields are those of an account and not in the document.",
    },
  ]
  const empty = types.filter(type => !hasFields(type))
  if (empty.length > 0)
    notes.push({
      kind: "dropped",
      sure: null,
      at: source.name,
      message: `${empty.length} record types have no fields in the document: ${empty.slice(0, 5).map(nameOf).join(", ")}${empty.length > 5 ? ", …" : ""}.`,
    })
  const declarations = types.filter(hasFields).flatMap(type => declarationsOf(type, wish, notes))
  return {
    kind: "imported",
    imported: {
      system: {
        name: wish.system ?? "NetSuite",
        docs: ["Oracle NetSuite."],
        kind: "erp",
        profile: "netsuite",
        wire: new Map(),
      },
      declarations: [...references(declarations), ...declarations],
      notes,
    },
  }
}

/** All records by id, a list of them, or one. */
function recordTypes(value: unknown): readonly TreeObject[] {
  const inside = memberOf(value, "records") ?? value
  const several =
    listOf(inside) ??
    (listOf(memberOf(inside, "fields")) === null ? entriesOf(inside).map(([, each]) => each) : [inside])
  const used = new Set<string>()
  return several.flatMap(each => {
    const tree = objectOf(each)
    if (tree === null || listOf(memberOf(tree, "fields")) === null) return []
    const name = nameOf(tree)
    if (name === "" || used.has(name)) return []
    used.add(name)
    return [tree]
  })
}

function declarationsOf(
  type: TreeObject,
  wish: ImportWish,
  notes: ImportNote[],
): readonly ImportedDeclaration[] {
  const name = nameOf(type)
  const note = (kind: ImportNote["kind"], sure: ImportNote["sure"], at: string, message: string) => {
    notes.push({ kind, sure, at, message })
  }
  const hasSymbol = (listOf(memberOf(type, "fields")) ?? []).some(
    field => textOf(field, "internalId") === currencySymbol,
  )
  const currency = hasSymbol ? ({ kind: "field", wireName: currencySymbol } as const) : null
  const own = recordFields(name, memberOf(type, "fields"), currency, note)
  const sublists = (listOf(memberOf(type, "sublists")) ?? []).flatMap(sublist =>
    sublistRecords(name, sublist, hasSymbol ? currencySymbol : null, note),
  )
  // Whoever has a field and a sublist of one name means the lines.
  const taken = new Set(sublists.map(({ field }) => field.wireName))
  const fields = own.fields
    .filter(field => !taken.has(field.wireName))
    .map(
      demandSymbol(
        own,
        sublists.some(({ hasMoney }) => hasMoney),
        name,
        note,
      ),
    )
  noteAlone(
    name,
    own,
    sublists.reduce((sum, { alone }) => sum + alone, 0),
    note,
  )
  const contract: ImportedContract = {
    kind: "contract",
    name,
    docs: [textOf(type, "recordName"), textOf(type, "scriptingNotes")].flatMap(text =>
      // Some pages lost their title to the heading of their first table.
      text === null || text.trim() === "" || text === "Transform Types" ? [] : [text.trim()],
    ),
    version: "0.1.0",
    direction: wish.direction ?? "both",
    fields: [...fields, ...sublists.map(({ field }) => field)],
    requiredOnCreate: own.required.filter(wire => !taken.has(wire)),
    requiredOnUpdate: [],
  }
  return [...sublists.flatMap(({ records }) => records), contract]
}

const currencySymbol = "currencysymbol"

/** The ISO code of the record's currency, where amounts are in it. */
function demandSymbol(
  own: RecordFields,
  hasLineMoney: boolean,
  shape: string,
  note: (kind: ImportNote["kind"], sure: ImportNote["sure"], at: string, message: string) => void,
): (field: ImportedField) => ImportedField {
  return field => {
    if (field.wireName !== currencySymbol) return field
    const demanded = own.hasMoney || hasLineMoney
    if (demanded)
      note(
        "guessed",
        "likely",
        `${shape}.${currencySymbol}`,
        "It is taken as the ISO code of the currency and demanded, because amounts of the record are in it.",
      )
    return { ...field, type: { kind: "currency" }, optional: !demanded }
  }
}

function noteAlone(
  shape: string,
  own: RecordFields,
  inLines: number,
  note: (kind: ImportNote["kind"], sure: ImportNote["sure"], at: string, message: string) => void,
): void {
  const alone = own.alone + inLines
  if (alone > 0)
    note(
      "widened",
      null,
      shape,
      `${alone === 1 ? "1 amount is taken as a decimal" : `${alone} amounts are taken as decimals`}: no field of the record says the ISO code of its currency (\`currency\` is a reference).`,
    )
}

function references(declarations: readonly ImportedDeclaration[]): readonly ImportedRecord[] {
  const used = new Set(
    declarations.flatMap(declaration =>
      declaration.kind === "enum"
        ? []
        : declaration.fields.flatMap(({ type }) => (type.kind === "named" ? [type.name] : [])),
    ),
  )
  const text = { kind: "text", min: null, max: null, measure: null, pattern: null } as const
  const field = (wireName: string, type: ImportedField["type"]): ImportedField => ({
    wireName,
    docs: [],
    type,
    optional: true,
    key: false,
    marks: [],
    wire: null,
  })
  const one: ImportedRecord = {
    kind: "record",
    name: referenceName,
    docs: ["Another record, by one of its ids; `refName` is how it is shown."],
    parameters: [],
    fields: [field("id", text), field("externalId", text), field("refName", text)],
  }
  const several: ImportedRecord = {
    kind: "record",
    name: referencesName,
    docs: ["Several other records."],
    parameters: [],
    fields: [
      {
        ...field("items", {
          kind: "list",
          element: { kind: "named", name: referenceName, units: [] },
          min: null,
          max: null,
        }),
        wire: "array",
      },
    ],
  }
  return used.has(referencesName) ? [one, several] : used.has(referenceName) ? [one] : []
}

function hasFields(type: TreeObject): boolean {
  return (listOf(memberOf(type, "fields")) ?? []).length > 0
}

function nameOf(type: unknown): string {
  return textOf(type, "internalId") ?? ""
}
