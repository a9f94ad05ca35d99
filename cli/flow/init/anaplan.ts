// The entry of a model of Anaplan. Flows in: a system. Flows out: its entry: lists for members, imports for figures; and a model for its simulator, which has all of them.
import { placeholder } from "../placeholder.ts"
import {
  byName,
  isFigure,
  isScalar,
  type Json,
  type JsonObject,
  type Template,
  type UsedObject,
  whereItIs,
} from "./template.ts"

export const anaplan: Template = {
  simulator: () => "anaplan",
  prepare({ objects, secret }, at) {
    const numbered = objects.map((object, place) => ({
      object,
      ids: at === undefined ? realIds : idsOf(place),
    }))
    const ids = new Map(numbered.map(one => [one.object.name, one.ids]))
    const imports = at === undefined ? objects.filter(object => !isList(object)) : []
    return {
      entry: {
        kind: "anaplan",
        ...whereItIs(at, "/2/0", "https://api.anaplan.com/2/0"),
        auth: {
          kind: "basic",
          user: secret("USER"),
          password: secret("PASSWORD"),
          ...(at === undefined ? {} : { url: `${at}/token/authenticate` }),
        },
        workspace: at === undefined ? placeholder("WORKSPACE-ID") : "w1",
        model: at === undefined ? placeholder("MODEL-ID") : "m1",
        objects: byName(objects, object => objectOf(object, ids.get(object.name) ?? realIds)),
      },
      notes: [
        ...imports.map(({ name }) => `columns of ${name} have to stand in the order of its file.`),
        ...imports.flatMap(clearing),
      ],
      ...(at === undefined ? {} : { data: modelOf(numbered) }),
    }
  },
}

function clearing({ name, over }: UsedObject): readonly string[] {
  if (over === null) return []
  const what =
    over.length === 0 ? "what is not in its file" : `the members its file has in ${over.join(", ")}`
  return [`the import of ${name} has to clear ${what}.`]
}

interface Ids {
  readonly list: string
  readonly file: string
  readonly import: string
}

const realIds: Ids = {
  list: placeholder("LIST-ID"),
  file: placeholder("FILE-ID"),
  import: placeholder("IMPORT-ID"),
}

function idsOf(place: number): Ids {
  const number = String(place + 1).padStart(9, "0")
  return { list: `101${number}`, file: `113${number}`, import: `112${number}` }
}

/** Members have names and codes and no figures; who reads them reads a list. */
function isList({ needs, fields, over }: UsedObject): boolean {
  return needs.has("read") || (over === null && !fields.some(isFigure))
}

function objectOf(object: UsedObject, ids: Ids): JsonObject {
  if (isList(object)) return { kind: "list", list: ids.list, ...membersOf(object) }
  return {
    kind: "import",
    file: ids.file,
    import: ids.import,
    columns: object.fields.filter(isScalar).map(({ name }) => name),
    ...(object.over === null
      ? {}
      : object.over.length === 0
        ? { clears: true }
        : { clearsOver: object.over }),
  }
}

function membersOf({ fields, keys }: UsedObject): JsonObject {
  const named = (words: RegExp) => fields.find(({ name }) => words.test(name))?.name
  const [key = placeholder("FIELD-OF-THE-CODE")] = keys
  const parent = named(/parent/iu)
  return {
    name: named(/^name$/iu) ?? named(/name/iu) ?? key,
    code: named(/^code$/iu) ?? key,
    ...(parent === undefined ? {} : { parent }),
  }
}

/** Every text of a row is taken as it is, and every figure of it is a cell. */
function modelOf(numbered: readonly { readonly object: UsedObject; readonly ids: Ids }[]): JsonObject {
  const lists = numbered.filter(({ object }) => isList(object))
  const imports = numbered.filter(({ object }) => !isList(object))
  return {
    lists: Object.fromEntries(
      lists.map(({ object, ids }): [string, Json] => [ids.list, { name: object.name, items: [] }]),
    ),
    imports: Object.fromEntries(
      imports.map(({ object, ids }): [string, Json] => {
        const { clears, clearsOver } = objectOf(object, ids)
        const cells = object.fields.filter(isScalar)
        const into = {
          kind: "module",
          module: object.name,
          members: {},
          free: cells.filter(field => !isFigure(field)).map(({ name }) => name),
          value: cells.filter(isFigure).map(({ name }) => name),
          ...(clears === undefined ? {} : { clears }),
          ...(clearsOver === undefined ? {} : { clearsOver }),
        }
        return [ids.import, { file: ids.file, into }]
      }),
    ),
  }
}
