// Entities of Microsoft's Common Data Model as contracts: Dataverse (Dynamics 365 Sales), and tables and data entities of Finance and
// Operations. Flows in: a document. Flows out: a contract for each of its entities, and notes.
import type {
  ImportedContract,
  ImportedDeclaration,
  ImportedField,
  Importer,
  ImportNote,
  ImportProblem,
  ImportWish,
} from "../model.ts"
import { readTree } from "../tree/read-tree.ts"
import { listOf, memberOf, objectOf, textOf } from "../tree/tree-value.ts"
import type { CdmContext, CdmCount } from "./cdm-context.ts"
import { countNotes } from "./count-notes.ts"
import { currencyLookup, currencyRecord, dataverseField } from "./dataverse-field.ts"
import { amountUnit, isCurrencyField, type Operations, operationsField } from "./operations-field.ts"
import { type CdmDocument, type CdmEntity, readEntities } from "./read-entities.ts"
import { argumentText, traitOf } from "./traits.ts"

export const importCdm: Importer = (source, wish) => {
  const read = readTree(source)
  if (read.kind === "problem") return { kind: "unreadable", problems: [read.problem] }
  const tree = objectOf(read.value)
  const problem = (message: string): ImportProblem => ({
    message,
    at: source.name,
    line: null,
    column: null,
    help: "Entity documents have definitions, each with an entityName.",
  })
  if (tree === null || listOf(memberOf(tree, "definitions")) === null) {
    const isManifest = tree !== null && listOf(memberOf(tree, "entities")) !== null
    const message = isManifest
      ? "It is a manifest: it lists entities and describes none."
      : "It is no document of the Common Data Model: it has no definitions."
    return { kind: "unreadable", problems: [problem(message)] }
  }
  const document = readEntities(tree, source)
  if (document.entities.length === 0)
    return { kind: "unreadable", problems: [problem("It declares no entity.")] }
  const notes: ImportNote[] = [...document.notes]
  const made = document.entities.map(entity => contractOf(entity, document, wish, notes))
  const uses = made.some(
    ({ product, contract }) =>
      product === "dataverse" && contract.fields.some(({ type }) => type.kind === "named"),
  )
  const declarations: ImportedDeclaration[] = [
    ...(uses ? [currencyRecord] : []),
    ...made.map(({ contract }) => contract),
  ]
  const isDataverse = made[0]?.product === "dataverse"
  return {
    kind: "imported",
    imported: {
      system: {
        name: wish.system ?? (isDataverse ? "Dataverse" : "FinanceOperations"),
        docs: [
          isDataverse
            ? "Microsoft Dataverse, as its Web API sends and takes records."
            : "Dynamics 365 Finance and Operations.",
        ],
        kind: isDataverse ? "crm" : "erp",
        wire: new Map([["decimal", "number"]]),
      },
      declarations,
      notes,
    },
  }
}

function contractOf(
  entity: CdmEntity,
  document: CdmDocument,
  wish: ImportWish,
  notes: ImportNote[],
): { readonly product: "dataverse" | "operations"; readonly contract: ImportedContract } {
  const isOperations = entity.bases.some(base => base === "DataEntityView" || base === "Common")
  const counts = new Map<CdmCount, number>()
  const context = (hasCurrency: boolean, hasMoney: boolean): CdmContext => ({
    shape: entity.name,
    hasCurrency,
    hasMoney,
    baseType: name => baseType(name, document.dataTypes),
    note: (kind, sure, at, message) => notes.push({ kind, sure, at, message }),
    count: what => counts.set(what, (counts.get(what) ?? 0) + 1),
  })
  let fields: readonly ImportedField[]
  let requiredOnCreate: readonly string[] = []
  if (isOperations) {
    const around = context(false, false)
    const operations = surroundings(entity)
    fields = entity.attributes.flatMap(attribute => operationsField(attribute, operations, around) ?? [])
  } else {
    const hasMoney = entity.attributes.some(attribute => memberOf(attribute, "dataType") === "currency")
    const around = context(entity.attributes.some(isCurrencyLookup), hasMoney)
    const made = entity.attributes.flatMap(attribute => dataverseField(attribute, around) ?? [])
    fields = made.map(({ field }) => field)
    requiredOnCreate = made.filter(({ isRequired }) => isRequired).map(({ field }) => field.wireName)
  }
  notes.push(...countNotes(entity.name, counts))
  const texts = [textOf(entity.tree, "displayName"), textOf(entity.tree, "description")]
  return {
    product: isOperations ? "operations" : "dataverse",
    contract: {
      kind: "contract",
      name: entity.name,
      docs: [...new Set(texts.flatMap(text => (text === null || text.trim() === "" ? [] : [text.trim()])))],
      version: versionOf(entity),
      direction: wish.direction ?? "both",
      fields,
      requiredOnCreate,
      requiredOnUpdate: [],
    },
  }
}

function surroundings(entity: CdmEntity): Operations {
  const names = new Set(
    entity.attributes.flatMap(each =>
      isCurrencyField(each) || memberOf(each, "entity") === undefined ? (textOf(each, "name") ?? []) : [],
    ),
  )
  const isCurrency = new Set(
    entity.attributes.filter(isCurrencyField).map(each => textOf(each, "name") ?? ""),
  )
  return {
    isTable: entity.bases.includes("Common"),
    names,
    // A currency beside the record's own is often empty; it is not demanded.
    currencies: new Set(
      entity.attributes.flatMap(each => {
        const unit = amountUnit(each, names)
        return unit !== null && isCurrency.has(unit) && /^(?:Transaction)?CurrencyCode$/u.test(unit)
          ? [unit]
          : []
      }),
    ),
  }
}

function isCurrencyLookup(attribute: unknown): boolean {
  const key = memberOf(
    memberOf(memberOf(attribute, "resolutionGuidance"), "entityByReference"),
    "foreignKeyAttribute",
  )
  return memberOf(attribute, "entity") !== undefined && textOf(key, "sourceName") === currencyLookup
}

function baseType(name: string, dataTypes: ReadonlyMap<string, string>): string {
  const seen = new Set<string>()
  let at = name
  for (let next = dataTypes.get(at); next !== undefined && !seen.has(at); next = dataTypes.get(at)) {
    seen.add(at)
    at = next
  }
  return at
}

function versionOf(entity: CdmEntity): string {
  const trait = traitOf(memberOf(entity.tree, "exhibitsTraits"), "is.CDM.entityVersion")
  const parts = (argumentText(trait, "versionNumber") ?? "").split(".")
  return parts.every(part => /^\d{1,6}$/u.test(part))
    ? [...parts, "0", "0"].slice(0, 3).map(Number).join(".")
    : "0.1.0"
}
