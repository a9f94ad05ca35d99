// Records inside themselves are refused by the language. Flows in: declarations. Flows out: the same, with json where a circle
// closes, and a note at each such place. The circle is cut where it is met first, in the order of the source.
import type { ImportedDeclaration } from "../model.ts"
import type { TakeNote } from "./settle-enum.ts"
import { usedNames, withoutNames } from "./used-names.ts"

type Declarations = ReadonlyMap<string, ImportedDeclaration>

export function cutCircles(declarations: Declarations, note: TakeNote): Declarations {
  const state = new Map<string, "open" | "done">()
  const cut = new Map<string, Set<string>>()
  // An own stack: a chain of records may be as long as the source likes.
  const stack: { name: string; edges: (readonly [field: string, name: string])[] }[] = []
  const enter = (name: string) => {
    state.set(name, "open")
    stack.push({ name, edges: edgesOf(declarations.get(name)) })
  }
  for (const root of declarations.keys()) {
    if (state.has(root)) continue
    enter(root)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = top.edges.shift()
      if (edge === undefined) {
        state.set(top.name, "done")
        stack.pop()
        continue
      }
      const [field, target] = edge
      const found = state.get(target)
      if (found === undefined && declarations.has(target)) enter(target)
      else if (found === "open") {
        const fields = cut.get(top.name) ?? new Set()
        if (fields.has(field)) continue
        cut.set(top.name, fields.add(field))
        note("widened", `${top.name}.${field}`, `It is taken as json: "${target}" would hold itself.`)
      }
    }
  }
  return new Map(
    [...declarations].map(([name, declaration]) => {
      const fields = cut.get(name)
      if (fields === undefined || declaration.kind === "enum") return [name, declaration]
      return [
        name,
        {
          ...declaration,
          fields: declaration.fields.map(field =>
            fields.has(field.wireName) ? { ...field, type: withoutNames(field.type), wire: null } : field,
          ),
        },
      ]
    }),
  )
}

function edgesOf(declaration: ImportedDeclaration | undefined): (readonly [string, string])[] {
  if (declaration === undefined || declaration.kind === "enum") return []
  return declaration.fields.flatMap(field =>
    usedNames(field.type).map((name): readonly [string, string] => [field.wireName, name]),
  )
}
