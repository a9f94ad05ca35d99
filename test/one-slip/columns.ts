// Texts that stand for each other in a project: the keys of one column of a crosswalk, the members of one enum, the texts one map asks for. Flows in: the
// Plan. Flows out: sets of texts.
import type { Plan } from "@fmap/compiler"

export function columnsOf(plan: Plan): readonly ReadonlySet<string>[] {
  const keys = plan.crosswalks.flatMap(({ parameters, rows }) =>
    parameters.map((_, i) => new Set((rows ?? []).flatMap(row => row.keys[i] ?? []))),
  )
  const asked = plan.maps.map(map => new Set(textsIn(map)))
  return [...keys, ...enumsIn(plan), ...asked].filter(column => column.size > 1)
}

function enumsIn(value: unknown): readonly ReadonlySet<string>[] {
  if (typeof value !== "object" || value === null) return []
  const inner = Object.values(value).flatMap(enumsIn)
  if (!("kind" in value && value.kind === "enum" && "members" in value)) return inner
  const members = value.members as readonly { readonly value: string }[]
  return [new Set(members.map(member => member.value)), ...inner]
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return []
  if ("kind" in value && value.kind === "literal" && "value" in value && typeof value.value === "string")
    return [value.value]
  return Object.values(value).flatMap(textsIn)
}
