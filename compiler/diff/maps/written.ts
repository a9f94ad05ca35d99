// What stands in a Plan without what says nothing of its meaning, and crosswalks that only have another name. Flows in: both Plans. Flows out: texts to be compared, and names both sides share.
import type { Plan, PlanCrosswalk, PlanMap } from "../../plan/index.ts"

/** One name for a crosswalk that only has another one: its rows, its source and its types are the same. */
export function crosswalkNames(
  old: Plan,
  now: Plan,
): { readonly old: (id: string) => string; readonly new: (id: string) => string } {
  const ids = new Set(old.crosswalks.map(({ id }) => id))
  const others = new Set(now.crosswalks.map(({ id }) => id))
  const left = new Map(
    old.crosswalks.filter(({ id }) => !others.has(id)).map(one => [content(one), one.id] as const),
  )
  const renamed = new Map(
    now.crosswalks
      .filter(({ id }) => !ids.has(id))
      .flatMap(one => {
        const known = left.get(content(one))
        return known === undefined ? [] : [[one.id, known] as const]
      }),
  )
  return { old: id => id, new: id => renamed.get(id) ?? id }
}

function content({
  parameters,
  result,
  keyForm,
  unmapped,
  bothWays,
  dated,
  rows,
  external,
}: PlanCrosswalk): string {
  const types = parameters.map(({ type }) => type)
  return written({ types, result, keyForm, unmapped, bothWays, dated, rows, external })
}

export function hasOtherNames(map: PlanMap, names: { readonly new: (id: string) => string }): boolean {
  return map.crosswalks.some(id => names.new(id) !== id)
}

/** Without places, words for readers, and what follows from the rest. */
export function written(value: object): string {
  const silent = new Set([
    "at",
    "docs",
    "file",
    "version",
    "report",
    "codes",
    "message",
    "because",
    "owner",
    "per",
    "calls",
  ])
  return JSON.stringify(value, (name, member: unknown) => {
    if (silent.has(name)) return undefined
    // records that a map makes up are called by where they stand
    return name === "shape" && typeof member === "string" ? member.replace(/@\d+$/u, "") : member
  })
}
