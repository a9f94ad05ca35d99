// What changed about a list: how many items, whether all differ, what it must contain. Flows in: the facts of both sides. Flows out:
// changes, and the positions both sides have, to be compared in turn.
import { provesEach } from "./change-of-members.ts"
import { countChange } from "./change-of-values.ts"
import { type Facts, holds, keyOf, type Literal } from "./facts.ts"
import { typeBits } from "./json-values.ts"
import type { Prover } from "./prove.ts"
import { itemLiterals, prefixLength } from "./prove-items.ts"
import type { LocalChange } from "./shape-change.ts"

export interface SharedItem {
  /** Null: every item, or every one behind the positions. */
  readonly index: number | null
  readonly old: readonly Literal[]
  readonly now: readonly Literal[]
}

/** Positions compared one by one. */
const mostPositions = 50

export function changeOfItems(
  old: Facts,
  now: Facts,
  prover: Prover,
): { readonly changes: readonly LocalChange[]; readonly shared: readonly SharedItem[] } {
  if ((old.types & now.types & typeBits.array) === 0) return { changes: [], shared: [] }
  const positions = Math.min(prefixLength([...old.parts, ...now.parts]), mostPositions)
  const shared = Array.from({ length: positions + 1 }, (_, i) => ({
    index: i < positions ? i : null,
    old: itemLiterals(old, i),
    now: itemLiterals(now, i),
  }))
  return {
    changes: [
      ...countChange("S022", "fewest items", "item", old.minItems, now.minItems, 1),
      ...countChange("S022", "most items", "item", old.maxItems, now.maxItems, -1),
      ...uniqueChange(old, now),
      ...containsChange(old, now, prover),
    ],
    shared,
  }
}

function uniqueChange(old: Facts, now: Facts): readonly LocalChange[] {
  if (old.unique === now.unique) return []
  return [
    {
      rule: "S022",
      old: old.unique ? "all different" : "may repeat",
      new: now.unique ? "all different" : "may repeat",
      message: now.unique ? "No two items may be equal now." : "Items may be equal now.",
      breaks: { backward: now.unique, forward: old.unique },
    },
  ]
}

function containsChange(old: Facts, now: Facts, prover: Prover): readonly LocalChange[] {
  const all = (facts: Facts) => facts.parts.flatMap(part => part.contains ?? [])
  const [was, is] = [all(old), all(now)]
  const text = (list: ReturnType<typeof all>) =>
    list
      .map(({ node, min, max }) => `${min} to ${max ?? "any number"} of one kind (${keyOf([holds(node)])})`)
      .join()
  if (text(was) === text(is)) return []
  const covers = (from: ReturnType<typeof all>, to: ReturnType<typeof all>) =>
    !prover.session.reading.everyKeyword ||
    to.every(wanted =>
      from.some(
        known =>
          known.min >= wanted.min &&
          (wanted.max === null || (known.max !== null && known.max <= wanted.max)) &&
          provesEach([holds(known.node)], [holds(wanted.node)], prover) &&
          (wanted.max === null || provesEach([holds(wanted.node)], [holds(known.node)], prover)),
      ),
    )
  const shown = (list: ReturnType<typeof all>) =>
    list.length === 0
      ? null
      : list.map(({ min, max }) => `${min} to ${max ?? "any number"} items of a kind`).join()
  return [
    {
      rule: "S022",
      old: shown(was),
      new: shown(is),
      message: "What the list must contain changed.",
      breaks: { backward: !covers(was, is), forward: !covers(is, was) },
      unproved: true,
    },
  ]
}
