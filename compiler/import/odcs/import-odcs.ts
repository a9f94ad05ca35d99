// The Open Data Contract Standard 3. Flows in: one data contract, YAML or JSON. Flows out: a contract for each object of its schema, with
// owner, lifecycle and retention, records for the objects inside, and a note for everything a contract does not say.
import type {
  ImportedContract,
  ImportedDeclaration,
  ImportedField,
  ImportedSystem,
  Importer,
  ImportNote,
  ImportResult,
} from "../model.ts"
import { jsonSystem, versionFrom } from "../schema/finish.ts"
import { baseName } from "../schema/json-schema.ts"
import { readTree } from "../tree/read-tree.ts"
import { flagOf, listOf, memberOf, numberTextOf, textOf, textsOf } from "../tree/tree-value.ts"
import { customOf, odcsType, type TypeContext } from "./odcs-type.ts"
import { note, promisesOf } from "./promises.ts"

/** What stands beside the schema and is about something else: places, people, prices. */
const outside = ["servers", "roles", "price", "support", "relationships", "tenant"] as const

export const importOdcs: Importer = (source, wish) => {
  const read = readTree(source)
  if (read.kind === "problem") return { kind: "unreadable", problems: [read.problem] }
  const tree = read.value
  const objects = listOf(memberOf(tree, "schema"))
  if (objects === null) return unreadable(tree, source.name)

  const notes: ImportNote[] = []
  const declarations: ImportedDeclaration[] = []
  const names = new Set<string>()
  const facts = factsOf(tree, source.name, notes)
  objects.forEach((object, i) => {
    const name = textOf(object, "name")
    if (name === null) {
      notes.push(note("dropped", `schema/${i}`, "It has no name."))
      return
    }
    names.add(name)
    const context: TypeContext = {
      notes,
      declarations,
      names,
      fieldsOf: (of, at, owner) => fieldsOf(of, at, owner, context),
    }
    const { direction, ...governed } = facts
    declarations.push({
      kind: "contract",
      name,
      docs: docsOf(object, [textOf(memberOf(tree, "description"), "purpose")]),
      version: versionFrom(textOf(tree, "version") ?? numberTextOf(memberOf(tree, "version"))),
      direction: wish.direction ?? direction,
      ...governed,
      fields: fieldsOf(object, name, name, context),
      requiredOnCreate: [],
      requiredOnUpdate: [],
    })
    noteQuality(object, name, notes)
  })
  const system =
    wish.system ??
    customOf(tree, "system") ??
    textOf(tree, "dataProduct") ??
    textOf(tree, "domain") ??
    baseName(source.name)
  const result: ImportResult = {
    kind: "imported",
    imported: { system: { ...jsonSystem(system, []), ...systemFacts(tree) }, declarations, notes },
  }
  return result
}

function unreadable(tree: unknown, name: string): ImportResult {
  const isOld = memberOf(tree, "dataset") !== undefined || /^v?2/u.test(textOf(tree, "apiVersion") ?? "")
  return {
    kind: "unreadable",
    problems: [
      {
        message: isOld
          ? "It is a data contract of the standard's version 2; 3 is read."
          : "It has no list `schema` of objects.",
        at: name,
        line: null,
        column: null,
        help: isOld ? null : "The Open Data Contract Standard 3 describes its tables and messages there.",
      },
    ],
  }
}

/** What fmap says of the system beside its contract. */
function systemFacts(tree: unknown): Pick<ImportedSystem, "owner" | "residency"> {
  const owner = customOf(tree, "systemOwner")
  const residency = customOf(tree, "residency")
  return {
    ...(owner === null ? {} : { owner }),
    ...(residency !== null && region.test(residency) ? { residency } : {}),
  }
}

/** A name of the language, bare or in backticks: `EU`, `eu-central-1`. */
const region = /^\p{L}[\p{L}\p{N}._-]{0,99}$/u

type Facts = Pick<
  ImportedContract,
  "direction" | "owner" | "lifecycle" | "sunset" | "compatible" | "retention" | "slo"
>

const compatibilities = /^(?:none|backward|forward|full)$/u

/** What is said once, of all objects. */
function factsOf(tree: unknown, name: string, notes: ImportNote[]): Facts {
  for (const member of outside)
    if (memberOf(tree, member) !== undefined)
      notes.push(note("dropped", `${name}#${member}`, `A contract says nothing of ${member}.`))
  const owner = ownerOf(tree)
  const lifecycle = lifecycleOf(tree, name, notes)
  const { retention, sunset, slo } = promisesOf(tree, name, notes)
  const mode = customOf(tree, "compatible")
  const compatible = mode !== null && compatibilities.test(mode) ? mode : null
  const kept = new Set([
    "system",
    "direction",
    ...(compatible === null ? [] : ["compatible"]),
    ...(slo === null ? [] : ["slo"]),
    ...Object.keys(systemFacts(tree)).map(fact => (fact === "owner" ? "systemOwner" : fact)),
  ])
  for (const one of listOf(memberOf(tree, "customProperties")) ?? []) {
    const property = textOf(one, "property") ?? "?"
    if (!kept.has(property))
      notes.push(note("dropped", `${name}#customProperties`, `A contract says nothing of "${property}".`))
  }
  const direction = customOf(tree, "direction")
  return {
    direction: direction === "reads" || direction === "writes" ? direction : "both",
    ...(owner === null ? {} : { owner }),
    ...(lifecycle === null ? {} : { lifecycle }),
    ...(lifecycle === null || sunset === null ? {} : { sunset }),
    ...(compatible === null ? {} : { compatible }),
    ...(retention === null ? {} : { retention }),
    ...(slo === null ? {} : { slo }),
  }
}

/** `team` is an object since 3.1, and was a list of people before. */
function ownerOf(tree: unknown): string | null {
  const team = memberOf(tree, "team")
  const named = textOf(team, "name")
  if (named !== null) return named
  const owner = (listOf(team) ?? []).find(member => /owner/iu.test(textOf(member, "role") ?? ""))
  return textOf(owner, "name") ?? textOf(owner, "username")
}

const lifecycles = new Map([
  ["proposed", "draft"],
  ["draft", "draft"],
  ["active", "active"],
  ["deprecated", "deprecated"],
  ["retired", "retired"],
] as const)

function lifecycleOf(
  tree: unknown,
  name: string,
  notes: ImportNote[],
): NonNullable<Facts["lifecycle"]> | null {
  const status = textOf(tree, "status")
  const known = [...lifecycles].find(([word]) => word === status)?.[1]
  if (status !== null && known === undefined)
    notes.push(note("dropped", `${name}#status`, `"${status}" is no part of a contract's life.`))
  return known ?? null
}

function fieldsOf(
  object: unknown,
  at: string,
  owner: string,
  context: TypeContext,
): readonly ImportedField[] {
  const siblings = listOf(memberOf(object, "properties")) ?? []
  const wireNames = siblings.flatMap(property => wireNameOf(property) ?? [])
  return siblings.flatMap((property, i): readonly ImportedField[] => {
    const wireName = wireNameOf(property)
    if (wireName === null) {
      context.notes.push(note("dropped", `${at}/${i}`, "The property has no name."))
      return []
    }
    const place = `${at}.${wireName}`
    const { type, wire } = odcsType(property, { at: place, owner, wireName, siblings: wireNames }, context)
    noteQuality(property, place, context.notes)
    const key = flagOf(property, "primaryKey")
    return [
      {
        wireName,
        docs: docsOf(property, [textOf(property, "businessName")]),
        type,
        // A key that may be missing is none.
        optional: !key && !flagOf(property, "required"),
        key,
        marks: marksOf(property, place, context.notes),
        wire,
      },
    ]
  })
}

function wireNameOf(property: unknown): string | null {
  return textOf(property, "physicalName") ?? textOf(property, "name")
}

function docsOf(of: unknown, otherwise: readonly (string | null)[]): readonly string[] {
  const description = textOf(of, "description")
  return description !== null ? [description] : otherwise.flatMap(text => text ?? []).slice(0, 1)
}

const open: ReadonlySet<string> = new Set(["public", "internal", "none", "unclassified"])
const closed = /confidential|restricted|secret|sensitive/u
const personal = /\b(?:pii|personal|gdpr)\b/u

function marksOf(property: unknown, at: string, notes: ImportNote[]): ImportedField["marks"] {
  const classification = (textOf(property, "classification") ?? "").toLowerCase()
  const tags = textsOf(memberOf(property, "tags")).map(tag => tag.toLowerCase())
  const marks: ImportedField["marks"][number][] = []
  if (personal.test(classification) || tags.some(tag => personal.test(tag))) marks.push("pii")
  if (closed.test(classification) || tags.includes("confidential")) marks.push("confidential")
  if (marks.length === 0 && classification !== "" && !open.has(classification))
    notes.push(note("dropped", at, `The classification "${classification}" is not known.`))
  if (tags.includes("deprecated")) marks.push("deprecated")
  if (customOf(property, "computed") !== null) marks.push("computed")
  return marks
}

/** Rules over tables and texts for people: none is a condition of one record. */
function noteQuality(of: unknown, at: string, notes: ImportNote[]): void {
  for (const rule of listOf(memberOf(of, "quality")) ?? []) {
    if (textOf(rule, "metric") === "invalidValues" && memberOf(rule, "mustBe") === 0) continue
    const name =
      textOf(rule, "name") ?? textOf(rule, "metric") ?? textOf(rule, "rule") ?? textOf(rule, "type") ?? "?"
    notes.push(
      note(
        "dropped",
        at,
        `The quality rule "${name}" is not kept; what one record can be checked for is a \`check\`.`,
      ),
    )
  }
}
