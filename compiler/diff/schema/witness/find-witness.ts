// A payload that proves a break: one side lets it through and the other refuses it. Flows in: where the change is, both sides, and what
// validates payloads. Flows out: the payload, confirmed, or null. What is not confirmed is never shown.
import { type Facts, factsOf, holds, type Literal } from "../facts.ts"
import { typeBits } from "../json-values.ts"
import { membersOf } from "../members.ts"
import { createProver } from "../prove.ts"
import { itemLiterals, prefixLength } from "../prove-items.ts"
import type { Session } from "../session.ts"
import type { PathPart, ShapeChange } from "../shape-change.ts"
import { candidates, plainList, plainObject } from "./candidates.ts"
import { type Hints, hintsOf, itemHints, memberHints } from "./hints.ts"

/** Does a schema let a payload through? From outside, so that proofs are judged by something that knows nothing of them. */
export type Accepts = (payload: unknown) => boolean

export interface Sides {
  /** Lets the payload through. */
  readonly given: readonly Literal[]
  readonly accepts: Accepts
  /** Refuses it. */
  readonly against: readonly Literal[]
  readonly stillAccepts: Accepts
}

const asksForMember = new Set(["S003", "S004", "S007", "S008"])

/** Payloads tried at one place. */
const mostTries = 300
const mostBranches = 12
const deepest = 6

export function findWitness(
  { rule, path }: Pick<ShapeChange, "rule" | "path">,
  sides: Sides,
  session: Session,
): { readonly payload: unknown } | null {
  session.search.begin()
  const hints = [...hintsOf(sides.against, session), ...hintsOf(sides.given, session)]
  // first where the change is, then in ever wider places around it
  const lengths = Array.from({ length: path.length + 1 }, (_, i) => path.length - i)
  const [own, around] = lengths
  // whether a member must be there is seen where it is not
  const order = asksForMember.has(rule) && around !== undefined ? [around, own, ...lengths.slice(2)] : lengths
  for (const length of order) {
    for (const payload of payloadsAt(sides.given, sides.against, hints, path.slice(0, length), session))
      if (sides.accepts(payload) && !sides.stillAccepts(payload)) return { payload }
  }
  return null
}

/** What stands around the place fits both sides where it can, so that only the place is at fault. */
function payloadsAt(
  given: readonly Literal[],
  against: readonly Literal[],
  hints: Hints,
  path: readonly PathPart[],
  session: Session,
): readonly unknown[] {
  const [part, ...inner] = path
  if (part === undefined)
    return culprits(candidates(given, hints, { session, depth: deepest, most: mostTries }), against, session)
  const facts = factsOf(given, session)
  if (facts === null) return []
  const [choice] = facts.choices
  if (choice !== undefined)
    return choice
      .slice(0, mostBranches)
      .flatMap(branch => payloadsAt([...given, ...branch], against, hints, path, session))
  const around = {
    facts,
    both: factsOf([...given, ...against], session),
    other: factsOf(against, session),
    hints,
  }
  if (part.kind === "member") return inObject(around, part.name, inner, session)
  if ((facts.types & typeBits.array) === 0) return inObject(around, "other", inner, session)
  return inList(around, part.kind === "position" ? part.index : prefixLength(facts.parts), inner, session)
}

/** Values that fit the other side at this place come last: were they refused, something else would be at fault. */
function culprits(
  values: readonly unknown[],
  against: readonly Literal[],
  session: Session,
): readonly unknown[] {
  const { proves } = createProver(session)
  const fits = (value: unknown): boolean => {
    session.claims.begin()
    return against.every(goal => proves([holds(session.made({ const: value }))], goal))
  }
  const judged = values.map(value => ({ value, isFine: fits(value) }))
  return [...judged.filter(({ isFine }) => !isFine), ...judged.filter(({ isFine }) => isFine)].map(
    ({ value }) => value,
  )
}

interface Around {
  readonly facts: Facts
  /** Null: nothing fits both. */
  readonly both: Facts | null
  readonly other: Facts | null
  readonly hints: Hints
}

function inObject(
  { facts, both, other, hints }: Around,
  name: string,
  inner: readonly PathPart[],
  session: Session,
): readonly unknown[] {
  const base =
    (both === null ? null : plainObject(both, session, deepest, name)) ??
    plainObject(facts, session, deepest, name)
  if (base === null) return []
  const values = payloadsAt(
    membersOf(facts, name, session),
    other === null ? [] : membersOf(other, name, session),
    memberHints(hints, name, session),
    inner,
    session,
  )
  return values.map(value => ({ ...base, [name]: value }))
}

function inList(
  { facts, both, other, hints }: Around,
  index: number,
  inner: readonly PathPart[],
  session: Session,
): readonly unknown[] {
  const length = (from: Facts) => Math.max(index, from.minItems)
  const list =
    (both === null ? null : plainList(both, length(both), session, deepest)) ??
    plainList(facts, length(facts), session, deepest)
  if (list === null) return []
  const values = payloadsAt(
    itemLiterals(facts, index),
    other === null ? [] : itemLiterals(other, index),
    itemHints(hints, index, session),
    inner,
    session,
  )
  return values.map(value => list.toSpliced(index, 1, value))
}
