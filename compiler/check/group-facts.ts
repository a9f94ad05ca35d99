// What is known of the rows of a group, and of the group itself (language-decisions 13). Flows in: facts said of the variables the
// rows were read in. Flows out: the same said of a row that is looked at later, or without any row: of the group as a whole.
import type { VariableId } from "../plan/index.ts"
import { type Facts, pathKey } from "./checked.ts"
import type { GroupedRows } from "./context.ts"

/** The facts of all rows, of this one. */
export function ofRow(rows: GroupedRows, variable: VariableId): Facts {
  const { whole, members } = rows.origin
  const names = new Map([...members].map(([name, root]) => [root, name]))
  const moved = (key: string): string => {
    const found = pathOf(key)
    if (found === null) return key
    if (found.root === whole) return pathKey(variable, found.path)
    const name = names.get(found.root)
    return name === undefined ? key : pathKey(variable, [name, ...found.path])
  }
  return {
    present: new Set([...rows.facts.present].map(moved)),
    equal: rows.facts.equal.map(([left, right]) => [moved(left), moved(right)]),
  }
}

/** What follows from facts about rows once they cannot be named any more: two things equal to one of theirs are equal. */
export function withoutRows(facts: Facts, roots: ReadonlySet<VariableId>): Facts {
  const free = (key: string): boolean => {
    const found = pathOf(key)
    return found === null || !roots.has(found.root)
  }
  const classes: Set<string>[] = []
  for (const [left, right] of facts.equal) {
    const touched = classes.filter(set => set.has(left) || set.has(right))
    for (const set of touched) classes.splice(classes.indexOf(set), 1)
    classes.push(new Set([left, right, ...touched.flatMap(set => [...set])]))
  }
  const equal = classes.flatMap(set => {
    const [first, ...others] = [...set].filter(free)
    return first === undefined ? [] : others.map(other => [first, other] as const)
  })
  return { present: new Set([...facts.present].filter(free)), equal }
}

/** A stable path out of its key; null for a constant or an unknown currency. */
function pathOf(key: string): { readonly root: number; readonly path: readonly string[] } | null {
  if (!key.startsWith("[")) return null
  const [root, ...path] = JSON.parse(key) as [number, ...string[]]
  return { root, path }
}
