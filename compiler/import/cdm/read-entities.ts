// The entities of a Common Data Model document with what they inherit. Flows in: the document and the files beside it. Flows out:
// entities with their attributes in one flat list, data types by name, and notes on what stands in documents that are not at hand.
import type { ImportNote, ImportSource } from "../model.ts"
import { readTree } from "../tree/read-tree.ts"
import { listOf, memberOf, objectOf, type TreeObject, textOf } from "../tree/tree-value.ts"

export interface CdmEntity {
  readonly name: string
  readonly tree: TreeObject
  readonly attributes: readonly TreeObject[]
  /** What the entity and its bases extend, by plain name, nearest first. */
  readonly bases: readonly string[]
}

export interface CdmDocument {
  readonly entities: readonly CdmEntity[]
  /** A data type's own base, by name. */
  readonly dataTypes: ReadonlyMap<string, string>
  readonly notes: readonly ImportNote[]
}

const mostDocuments = 50
const mostBases = 20

export function readEntities(document: TreeObject, source: ImportSource): CdmDocument {
  const notes: ImportNote[] = []
  const documents = [document, ...documentsBeside(document, source)]
  const definitions = documents.flatMap(each => listOf(memberOf(each, "definitions")) ?? [])
  const dataTypes = new Map<string, string>()
  const entities = new Map<string, TreeObject>()
  for (const definition of definitions) {
    const tree = objectOf(definition)
    const type = textOf(definition, "dataTypeName")
    const base = textOf(definition, "extendsDataType")
    if (type !== null && base !== null && !dataTypes.has(type)) dataTypes.set(type, base)
    const entity = textOf(definition, "entityName")
    if (tree !== null && entity !== null && !entities.has(entity)) entities.set(entity, tree)
  }
  const own = (listOf(memberOf(document, "definitions")) ?? []).flatMap(each => {
    const name = textOf(each, "entityName")
    const tree = objectOf(each)
    return name === null || tree === null ? [] : [{ name, tree }]
  })
  return {
    entities: own.map(({ name, tree }) => {
      const line = withBases(name, tree, entities, notes)
      return {
        name,
        tree,
        attributes: line.trees.toReversed().flatMap(each => attributesOf(name, each, notes)),
        bases: line.bases,
      }
    }),
    dataTypes,
    notes,
  }
}

/** Imports by a path that stays in the folder; those of the corpus are not at hand. */
function documentsBeside(document: TreeObject, source: ImportSource): readonly TreeObject[] {
  const found = new Map<string, TreeObject>()
  const open = importsOf(document)
  for (let path = open.shift(); path !== undefined && found.size < mostDocuments; path = open.shift()) {
    if (found.has(path)) continue
    const file = source.beside(path)
    const read = file === null ? null : readTree(file)
    const tree = read?.kind === "tree" ? objectOf(read.value) : null
    if (tree === null) continue
    found.set(path, tree)
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : ""
    open.push(...importsOf(tree).map(next => `${folder}${next}`))
  }
  return [...found.values()]
}

function importsOf(document: TreeObject): string[] {
  return (listOf(memberOf(document, "imports")) ?? []).flatMap(each => {
    const path = textOf(each, "corpusPath") ?? textOf(each, "uri")
    return path === null || path === "" || /^(?:[a-z][a-z0-9+.-]*:|\/)/iu.test(path) || path.startsWith("..")
      ? []
      : [path]
  })
}

function withBases(
  name: string,
  tree: TreeObject,
  entities: ReadonlyMap<string, TreeObject>,
  notes: ImportNote[],
): { readonly trees: readonly TreeObject[]; readonly bases: readonly string[] } {
  const trees: TreeObject[] = [tree]
  const bases: string[] = []
  for (let at = tree; trees.length < mostBases; ) {
    const written = referenceName(memberOf(at, "extendsEntity"), "entityReference")
    if (written === null) break
    const base = written.slice(written.lastIndexOf("/") + 1)
    bases.push(base)
    // An entity may extend another of its own name, from another layer; that one is in another document.
    const next = entities.get(base)
    if (next === undefined || trees.includes(next)) {
      notes.push({
        kind: "dropped",
        sure: null,
        at: name,
        message: `It extends "${written}", whose document is not at hand; the fields from there are missing.`,
      })
      break
    }
    trees.push(next)
    at = next
  }
  return { trees, bases }
}

/** Groups are opened; what only names something elsewhere is told. */
function attributesOf(entity: string, tree: TreeObject, notes: ImportNote[]): readonly TreeObject[] {
  const found: TreeObject[] = []
  const open: unknown[] = [...(listOf(memberOf(tree, "hasAttributes")) ?? [])].toReversed()
  while (open.length > 0) {
    const item = open.pop()
    if (typeof item === "string") {
      missing(entity, `The shared attribute "${item}"`, notes)
      continue
    }
    const group = memberOf(item, "attributeGroupReference")
    const members = listOf(memberOf(group, "members"))
    if (group !== undefined) {
      if (members !== null) open.push(...members.toReversed())
      else
        missing(
          entity,
          `The group of attributes "${referenceName(group, "attributeGroupName") ?? "?"}"`,
          notes,
        )
      continue
    }
    const attribute = objectOf(item)
    const reference = textOf(item, "attributeReference")
    if (reference !== null) missing(entity, `The shared attribute "${reference}"`, notes)
    else if (attribute !== null && textOf(attribute, "name") !== null) found.push(attribute)
  }
  return found
}

function missing(at: string, what: string, notes: ImportNote[]): void {
  notes.push({
    kind: "dropped",
    sure: null,
    at,
    message: `${what} is declared in a document that is not at hand.`,
  })
}

/** References are names, or objects that hold one. */
export function referenceName(value: unknown, member: string): string | null {
  return typeof value === "string" ? value : textOf(value, member)
}
