// Do rows cover every key there can be? Flows in: key types and the keys of the rows. Flows out: the combinations without
// a row; null when the question has no answer (open enums, texts, numbers, or too many combinations).
import type { Type } from "../types/type.ts"

const mostCombinations = 100_000

export interface Gaps {
  /** The first few. */
  readonly shown: readonly (readonly string[])[]
  readonly count: number
}

export function crosswalkGaps(types: readonly Type[], rows: readonly (readonly string[])[]): Gaps | null {
  const domains = types.map(domainOf)
  const closed: (readonly string[])[] = []
  for (const domain of domains) {
    if (domain === null) return null
    closed.push(domain)
  }
  const total = closed.reduce((product, domain) => product * domain.length, 1)
  if (total > mostCombinations || closed.length === 0) return null
  const covered = new Set(rows.map(keys => JSON.stringify(keys)))
  const shown: (readonly string[])[] = []
  let count = 0
  for (let index = 0; index < total; index++) {
    let rest = index
    const keys: string[] = []
    for (let i = closed.length - 1; i >= 0; i--) {
      const domain = closed[i] ?? []
      keys.unshift(domain[rest % domain.length] ?? "")
      rest = Math.floor(rest / domain.length)
    }
    if (covered.has(JSON.stringify(keys))) continue
    count++
    if (shown.length < 5) shown.push(keys)
  }
  return { shown, count }
}

function domainOf(type: Type): readonly string[] | null {
  if (type.kind === "bool") return ["true", "false"]
  return type.kind === "enum" && !type.open ? type.members.map(member => member.value) : null
}
