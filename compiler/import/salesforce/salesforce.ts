// Salesforce sObject describes, whole (REST) or reduced (the SOQL cache of an editor). Flows in: a described object, or a list of
// them. Flows out: a contract each. What a describe says and a contract cannot is in the notes.
import type {
  Imported,
  ImportedContract,
  ImportedDeclaration,
  ImportedField,
  Importer,
  ImportNote,
  ImportResult,
} from "../model.ts"
import { readTree } from "../tree/read-tree.ts"
import { flagOf, listOf, memberOf, objectOf, type TreeObject, textOf } from "../tree/tree-value.ts"
import { addressRecord, geolocationRecord } from "./compound.ts"
import { salesforceField } from "./salesforce-field.ts"

export const salesforce: Importer = (source, wish): ImportResult => {
  const read = readTree(source)
  if (read.kind === "problem") return { kind: "unreadable", problems: [read.problem] }
  const described = describesIn(read.value)
  if (described.length === 0) {
    const isGlobal = listOf(memberOf(read.value, "sobjects")) !== null
    return {
      kind: "unreadable",
      problems: [
        {
          message: isGlobal
            ? "It lists objects and describes none."
            : "It is no describe of an sObject: it has no name with a list of fields.",
          at: source.name,
          line: null,
          column: null,
          help: "Save the answer of /services/data/vNN.0/sobjects/NAME/describe.",
        },
      ],
    }
  }
  const notes: ImportNote[] = []
  const contracts = described.map(object => contractOf(object, wish.direction, notes))
  const uses = (name: string) =>
    contracts.some(contract => contract.fields.some(f => f.type.kind === "named" && f.type.name === name))
  const declarations: ImportedDeclaration[] = [
    ...(uses(addressRecord.name) ? [addressRecord] : []),
    ...(uses(geolocationRecord.name) ? [geolocationRecord] : []),
    ...contracts,
  ]
  const imported: Imported = {
    system: {
      name: wish.system ?? "Salesforce",
      docs: ["Salesforce, as its REST API sends and takes records."],
      kind: "crm",
      wire: new Map([
        ["decimal", "number"],
        ["int", "number"],
        ["date", "iso"],
        ["instant", "iso"],
      ]),
    },
    declarations,
    notes,
  }
  return { kind: "imported", imported }
}

/** One describe, a list, or the answers of a composite request. */
export function describesIn(value: unknown): readonly TreeObject[] {
  const several = listOf(value) ??
    listOf(memberOf(value, "sobjects")) ??
    listOf(memberOf(value, "compositeResponse")) ?? [value]
  return several.flatMap(one => {
    const object = objectOf(memberOf(one, "body")) ?? objectOf(one)
    return object !== null && textOf(object, "name") !== null && isFields(memberOf(object, "fields"))
      ? [object]
      : []
  })
}

function isFields(value: unknown): boolean {
  const list = listOf(value) ?? []
  return list.some(field => textOf(field, "name") !== null && textOf(field, "type") !== null)
}

function contractOf(
  object: TreeObject,
  wanted: ImportedContract["direction"] | null,
  notes: ImportNote[],
): ImportedContract {
  const name = textOf(object, "name") ?? "Object"
  const described = (listOf(memberOf(object, "fields")) ?? []).filter(field => textOf(field, "name") !== null)
  const isReduced = described.every(field => memberOf(field, "createable") === undefined)
  const direction = wanted ?? (isReduced || !isWritten(object) ? "reads" : "both")
  const hasCurrency = described.some(field => textOf(field, "name") === "CurrencyIsoCode")
  const take = (kind: ImportNote["kind"], field: string, message: string, sure: ImportNote["sure"] = null) =>
    notes.push({ kind, sure, at: field === "" ? name : `${name}.${field}`, message })
  const fields = described.map(field => salesforceField(field, { direction, hasCurrency, isReduced, take }))
  const children = listOf(memberOf(object, "childRelationships"))?.length ?? 0
  if (children > 0)
    take(
      "dropped",
      "",
      `Its lists of child records (${children}) are left out: only a query that asks for them gets them.`,
    )
  if (!hasCurrency && fields.some(field => described.some(d => isAmount(d, field))))
    take(
      "widened",
      "",
      "It has no CurrencyIsoCode, so its amounts are decimals. In an organisation of one currency say it: `money(18,2) in USD`.",
    )
  return {
    kind: "contract",
    name,
    docs: docsOf(object),
    version: versionOf(object),
    direction,
    fields,
    requiredOnCreate:
      direction === "reads"
        ? []
        : described.filter(isRequiredOnCreate).map(field => textOf(field, "name") ?? ""),
    requiredOnUpdate: [],
  }
}

function isAmount(described: unknown, field: ImportedField): boolean {
  return textOf(described, "name") === field.wireName && textOf(described, "type") === "currency"
}

function isWritten(object: TreeObject): boolean {
  return flagOf(object, "createable") || flagOf(object, "updateable")
}

/** A checkbox always has a value: unchecked where nothing is sent. */
function isRequiredOnCreate(field: unknown): boolean {
  return (
    flagOf(field, "createable") &&
    memberOf(field, "nillable") === false &&
    !flagOf(field, "defaultedOnCreate") &&
    textOf(field, "type") !== "boolean"
  )
}

function docsOf(object: TreeObject): readonly string[] {
  const label = textOf(object, "label")
  const prefix = textOf(object, "keyPrefix")
  return [
    `${label ?? textOf(object, "name") ?? ""}, ${flagOf(object, "custom") ? "a custom object" : "a standard object"} of Salesforce.`,
    ...(prefix === null ? [] : [`Its Ids begin with ${prefix}.`]),
  ]
}

/** The version of the API stands in the addresses of the object. */
function versionOf(object: TreeObject): string {
  const address =
    textOf(memberOf(object, "urls"), "describe") ?? textOf(memberOf(object, "urls"), "sobject") ?? ""
  const found = /\/v(\d{1,3})\.(\d{1,3})\//.exec(address)
  return found === null ? "0.1.0" : `${found[1]}.${found[2]}.0`
}
