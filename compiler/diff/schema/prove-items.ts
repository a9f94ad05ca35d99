// The part of a proof that is about lists. Flows in: what is known of the payload, and the keywords asked for. Flows out: true where
// every list that fits the first fits the second.

import { type Facts, holds, type Literal } from "./facts.ts"
import { typeBits } from "./json-values.ts"
import type { Keywords } from "./keywords.ts"
import type { Prover } from "./prove.ts"

/** Positions looked at one by one; more are not proved. */
const mostPositions = 1_000

export function provesItems(facts: Facts, goal: Keywords, prover: Prover): boolean {
  if ((facts.types & typeBits.array) === 0) return true
  const longest = longestList(facts, prover)
  if (facts.minItems < goal.minItems) return false
  if (goal.maxItems !== null && (longest === null || longest > goal.maxItems)) return false
  if (goal.unique && !facts.unique && (longest === null || longest > 1)) return false
  return provesPositions(facts, goal, longest, prover) && provesContains(facts, goal, longest, prover)
}

/** Of the item at a position; beyond all prefixes every position is alike. */
export function itemLiterals(facts: Facts, index: number): readonly Literal[] {
  return facts.parts.flatMap(({ prefix, rest }) => {
    const node = prefix[index] ?? rest
    return node === null ? [] : [holds(node)]
  })
}

export function prefixLength(parts: readonly Keywords[]): number {
  return Math.max(0, ...parts.map(part => part.prefix.length))
}

/** A list ends before the first position where nothing can stand. Null: there is no longest. */
function longestList(facts: Facts, prover: Prover): number | null {
  const positions = Math.min(prefixLength(facts.parts), mostPositions)
  for (let i = 0; i <= positions; i++) {
    if (facts.maxItems !== null && i >= facts.maxItems) break
    if (prover.session.claims.inside(() => prover.isEmpty(itemLiterals(facts, i)))) return i
  }
  return facts.maxItems
}

function provesPositions(facts: Facts, goal: Keywords, longest: number | null, prover: Prover): boolean {
  if (goal.prefix.length === 0 && goal.rest === null) return true
  const positions = prefixLength([...facts.parts, goal])
  if (positions > mostPositions) return false
  for (let i = 0; i <= positions; i++) {
    if (longest !== null && i >= longest) return true
    const wanted = goal.prefix[i] ?? goal.rest
    if (wanted === null) continue
    if (!prover.session.claims.inside(() => prover.proves(itemLiterals(facts, i), holds(wanted))))
      return false
  }
  return true
}

function provesContains(facts: Facts, goal: Keywords, longest: number | null, prover: Prover): boolean {
  const { contains } = goal
  const { session } = prover
  if (contains === null || !session.reading.everyKeyword) return true
  const { node, min, max } = contains
  const known = facts.parts.flatMap(part => part.contains ?? [])
  const implies = (from: readonly Literal[], to: Literal) =>
    session.claims.inside(() => prover.proves(from, to))
  const hasEnough =
    min === 0 ||
    known.some(one => one.min >= min && implies([holds(one.node)], holds(node))) ||
    (facts.minItems >= min && everyItem(facts, min, literals => implies(literals, holds(node))))
  if (!hasEnough) return false
  return (
    max === null ||
    (longest !== null && longest <= max) ||
    known.some(one => one.max !== null && one.max <= max && implies([holds(node)], holds(one.node))) ||
    everyItem(facts, null, literals => implies(literals, { node, holds: false }))
  )
}

/** Of the first items (null: of all). */
function everyItem(
  facts: Facts,
  first: number | null,
  test: (literals: readonly Literal[]) => boolean,
): boolean {
  const positions = Math.min(prefixLength(facts.parts) + 1, first ?? Number.POSITIVE_INFINITY)
  if (positions > mostPositions) return false
  for (let i = 0; i < positions; i++) if (!test(itemLiterals(facts, i))) return false
  return true
}
