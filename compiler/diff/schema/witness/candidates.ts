// Payloads to try: small ones that fit a schema, as near as possible to the edges of another. Flows in: the schemas that should hold and the
// hints of both sides. Flows out: payloads, the plainest first. None is promised to fit; a validator judges.
import { type Facts, factsOf, holds, type Literal } from "../facts.ts"
import { typeBits } from "../json-values.ts"
import { closedNames, membersOf } from "../members.ts"
import { itemLiterals, prefixLength } from "../prove-items.ts"
import type { Session } from "../session.ts"
import { type Hints, itemHints, memberHints, namesToTry } from "./hints.ts"
import { numberCandidates, textCandidates } from "./scalar-candidates.ts"

export interface Trying {
  readonly session: Session
  /** Levels below this one. */
  readonly depth: number
  /** Payloads wanted. */
  readonly most: number
}

const deepest = 6

export function candidates(given: readonly Literal[], hints: Hints, trying: Trying): readonly unknown[] {
  const { session, depth, most } = trying
  const facts = factsOf(given, session)
  if (facts === null || depth <= 0 || !session.search.step()) return []
  const [choice] = facts.choices
  if (choice !== undefined) {
    const each = Math.max(1, Math.ceil(most / Math.min(choice.length, 8)))
    const found = choice
      .slice(0, 8)
      .map(branch => candidates([...given, ...branch], hints, { ...trying, depth: depth - 0.25, most: each }))
    return alternately(found, most)
  }
  if (facts.values !== null) return facts.values.slice(0, Math.max(most, 1))
  const has = (bit: number) => (facts.types & bit) !== 0
  const lists = [
    has(typeBits.string) ? textCandidates(facts, hints, session) : [],
    has(typeBits.integer | typeBits.fraction)
      ? numberCandidates(facts, hints).filter(value => has(typeBits.fraction) || Number.isInteger(value))
      : [],
    has(typeBits.object) ? objectCandidates(facts, hints, trying) : [],
    has(typeBits.array) ? arrayCandidates(facts, hints, trying) : [],
    has(typeBits.boolean) ? [true, false] : [],
    has(typeBits.null) ? [null] : [],
  ]
  return alternately(lists, most)
}

/** The plainest payload, where one was found. */
export function plainest(
  given: readonly Literal[],
  session: Session,
  depth = deepest,
): { readonly value: unknown } | null {
  const [value] = candidates(given, [], { session, depth, most: 1 })
  return value === undefined ? null : { value }
}

/** The first of each list, then the second of each. */
function alternately(lists: readonly (readonly unknown[])[], most: number): readonly unknown[] {
  const found: unknown[] = []
  const longest = Math.max(0, ...lists.map(list => list.length))
  for (let i = 0; i < longest && found.length < most; i++)
    for (const list of lists) if (i < list.length && found.length < most) found.push(list[i])
  return found
}

export type PlainObject = Readonly<Record<string, unknown>>

/** Members that must be there but one, and as many more as are asked for. */
export function plainObject(
  facts: Facts,
  session: Session,
  depth: number,
  without: string | null = null,
): PlainObject | null {
  const members = new Map<string, unknown>()
  for (const name of facts.required) {
    if (name === without) continue
    const member = plainest(membersOf(facts, name, session), session, depth - 1)
    if (member === null) return null
    members.set(name, member.value)
  }
  const closed = closedNames(facts, session)
  for (let i = 0; members.size < facts.minProperties && i < 100; i++) {
    const name = closed === null ? `other${i}` : [...closed].find(one => one !== without && !members.has(one))
    if (name === undefined) return null
    const member = plainest(membersOf(facts, name, session), session, depth - 1)
    if (member !== null) members.set(name, member.value)
  }
  return Object.fromEntries(members)
}

function objectCandidates(facts: Facts, hints: Hints, trying: Trying): readonly unknown[] {
  const { session, depth, most } = trying
  const base = plainObject(facts, session, depth)
  if (base === null) return []
  if (most <= 1) return [base]
  const names = namesToTry([...facts.parts, ...hints], session)
  const each = Math.max(2, Math.min(12, Math.ceil(most / Math.max(names.length, 1))))
  const members = names.map(name => ({
    name,
    values: candidates(membersOf(facts, name, session), memberHints(hints, name, session), {
      session,
      depth: depth - 1,
      most: each,
    }),
  }))
  const named = members.filter(({ name, values }) => values.length > 0 && name !== "other")
  const whole: PlainObject = {
    ...base,
    ...Object.fromEntries(named.map(({ name, values }) => [name, values[0]])),
  }
  const varied = (object: PlainObject) =>
    members.flatMap(({ name, values }) => values.map(value => ({ ...object, [name]: value })))
  const lacking = named
    .filter(({ name }) => !facts.required.has(name))
    .map(({ name }) => Object.fromEntries(Object.entries(whole).filter(([one]) => one !== name)))
  const sizes = hints.flatMap(({ minProperties, maxProperties }) => [minProperties, maxProperties ?? 0])
  const filled = sizes.flatMap(size => [size, size + 1]).filter(size => size > 0 && size <= 50)
  return [
    base,
    ...varied(base),
    whole,
    ...lacking,
    ...filled.map(size => withMembers(base, size)),
    ...varied(whole),
  ]
}

function withMembers(base: PlainObject, size: number): PlainObject {
  const missing = Math.max(0, size - Object.keys(base).length)
  return { ...base, ...Object.fromEntries(Array.from({ length: missing }, (_, i) => [`other${i}`, i])) }
}

const longestList = 200

function arrayCandidates(facts: Facts, hints: Hints, trying: Trying): readonly unknown[] {
  const { session, depth, most } = trying
  const base = plainList(facts, facts.minItems, session, depth)
  if (base === null) return []
  if (most <= 1) return [base]
  const lengths = hints.flatMap(({ minItems, maxItems, contains }) => [
    minItems,
    maxItems ?? 0,
    contains?.min ?? 0,
    contains?.max ?? 0,
  ])
  const wanted = new Set([
    facts.minItems,
    1,
    2,
    ...lengths.flatMap(length => [length - 1, length, length + 1]),
  ])
  const lists = [...wanted]
    .filter(
      length => length >= facts.minItems && length <= Math.min(facts.maxItems ?? longestList, longestList),
    )
    .flatMap(length => [plainList(facts, length, session, depth) ?? []])
  const positions = prefixLength([...facts.parts, ...hints]) + 1
  const varied = Array.from({ length: Math.min(positions, 10) }, (_, i) => {
    const before = plainList(facts, Math.max(i, facts.minItems), session, depth) ?? []
    const values = candidates(itemLiterals(facts, i), itemHints(hints, i, session), {
      session,
      depth: depth - 1,
      most: 12,
    })
    return values.map(value => before.toSpliced(i, 1, value))
  }).flat()
  const repeated = varied.slice(0, 4).flatMap(list =>
    list.length === 0
      ? []
      : [
          [...list, list[0]],
          [list[0], list[0], list[0]],
        ],
  )
  return [base, ...lists, ...varied, ...repeated]
}

/** That many items, all different where they must be. */
export function plainList(
  facts: Facts,
  length: number,
  session: Session,
  depth: number,
): readonly unknown[] | null {
  const used = new Set<string>()
  const list: unknown[] = []
  const needed = facts.parts.flatMap(({ contains }) =>
    contains === null ? [] : Array.from({ length: Math.min(contains.min, 20) }, () => contains.node),
  )
  for (let i = 0; i < Math.max(length, Math.min(needed.length, longestList)); i++) {
    const extra = needed[i]
    const literals = [...itemLiterals(facts, i), ...(extra === undefined ? [] : [holds(extra)])]
    const values = candidates(literals, [], { session, depth: depth - 1, most: facts.unique ? 30 : 1 })
    const value = facts.unique ? values.find(one => !used.has(JSON.stringify(one))) : values[0]
    if (value === undefined) return null
    used.add(JSON.stringify(value))
    list.push(value)
  }
  return list
}
