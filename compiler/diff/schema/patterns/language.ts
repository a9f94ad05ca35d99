// What a pattern lets through. Flows in: patterns. Flows out: whether a text is let through, whether everything one pattern lets through
// the other does too, and how long its texts are. Each answer is exact, or `unknown` where the pattern or the work is too much.
import { contains } from "../../../types/pattern/character-set.ts"
import { type Automaton, automatonOf, type Edge } from "./automaton.ts"

export type Inclusion =
  | { readonly kind: "included" }
  /** Let through by the first pattern only. */
  | { readonly kind: "not included"; readonly text: string }
  | { readonly kind: "unknown" }

export interface Patterns {
  /** Null: unknown. */
  readonly matches: (pattern: string, text: string) => boolean | null
  readonly includes: (narrow: string, wide: string) => Inclusion
  /** Proved: no text is let through by both. */
  readonly areDisjoint: (one: string, other: string) => boolean
  /** A pattern that stops nothing: mostly one whose anchors were forgotten. */
  readonly stopsNothing: (pattern: string) => boolean
  /** Length of the shortest text; null: unknown, or there is none. */
  readonly shortest: (pattern: string) => number | null
  /** Length of the longest; null: unknown, or there is no longest. */
  readonly longest: (pattern: string) => number | null
  /** Some texts it lets through, short ones first. */
  readonly samples: (pattern: string, most: number) => readonly string[]
}

/** Pairs of state sets looked at before an answer is given up. */
const mostPairs = 4_000
const mostSteps = 400_000
/** Of all questions together. */
const mostStepsAltogether = 12_000_000

/** Steps that are left. */
interface Work {
  steps: number
}

/** Remembers what it was asked. */
export function createPatterns(): Patterns {
  const automata = new Map<string, Automaton | null>()
  const inclusions = new Map<string, Inclusion>()
  const measured = new Map<string, Lengths | null>()
  let altogether = mostStepsAltogether
  const counted = <T>(asked: (work: Work) => T): T => {
    const work = { steps: Math.min(mostSteps, altogether) }
    const given = work.steps
    const answer = asked(work)
    altogether -= given - Math.max(0, work.steps)
    return answer
  }
  const automaton = (pattern: string): Automaton | null => {
    let found = automata.get(pattern)
    if (found === undefined) {
      found = automatonOf(pattern)
      automata.set(pattern, found)
    }
    return found
  }
  const includes = (narrow: string, wide: string): Inclusion => {
    if (narrow === wide) return { kind: "included" }
    const key = JSON.stringify([narrow, wide])
    let found = inclusions.get(key)
    if (found === undefined) {
      const [a, b] = [automaton(narrow), automaton(wide)]
      found = a === null || b === null ? { kind: "unknown" } : counted(work => search(a, b, false, work))
      inclusions.set(key, found)
    }
    return found
  }
  const lengths = (pattern: string): Lengths | null => {
    let found = measured.get(pattern)
    if (found === undefined) {
      const known = automaton(pattern)
      found = known === null ? null : counted(work => lengthsOf(known, work))
      measured.set(pattern, found)
    }
    return found
  }
  return {
    matches: (pattern, text) => {
      const found = automaton(pattern)
      return found === null ? null : runs(found, text)
    },
    includes,
    areDisjoint: (one, other) => {
      const [a, b] = [automaton(one), automaton(other)]
      return a !== null && b !== null && counted(work => search(a, b, true, work)).kind === "included"
    },
    stopsNothing: pattern => includes("", pattern).kind === "included",
    shortest: pattern => lengths(pattern)?.shortest ?? null,
    longest: pattern => lengths(pattern)?.longest ?? null,
    samples: (pattern, most) => {
      const found = automaton(pattern)
      return found === null ? [] : counted(work => samplesOf(found, most, work))
    },
  }
}

/** States reached without reading, sorted. */
function closure(automaton: Automaton, states: readonly number[], free: (edge: Edge) => boolean): number[] {
  const reached = new Set(states)
  const queue = [...states]
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const edge of automaton.edges[state] ?? []) {
      if (edge.kind === "read" || !free(edge) || reached.has(edge.to)) continue
      reached.add(edge.to)
      queue.push(edge.to)
    }
  }
  return [...reached].toSorted((a, b) => a - b)
}

const anywhere = (edge: Edge) => edge.kind === "free"
const atStart = (edge: Edge) => edge.kind === "free" || edge.kind === "first"
const atEnd = (edge: Edge) => edge.kind === "free" || edge.kind === "last"
/** Of the empty text. */
const atBoth = (edge: Edge) => edge.kind !== "read"

function first(automaton: Automaton): number[] {
  return closure(automaton, [automaton.start], atStart)
}

function step(automaton: Automaton, states: readonly number[], point: number): number[] {
  const next = states.flatMap(state =>
    (automaton.edges[state] ?? []).flatMap(edge =>
      edge.kind === "read" && contains(edge.set, point) ? [edge.to] : [],
    ),
  )
  return closure(automaton, [...new Set(next)], anywhere)
}

function accepts(automaton: Automaton, states: readonly number[], isEmptyText: boolean): boolean {
  return closure(automaton, states, isEmptyText ? atBoth : atEnd).includes(automaton.end)
}

function runs(automaton: Automaton, text: string): boolean {
  let states = first(automaton)
  for (const character of text) states = step(automaton, states, character.codePointAt(0) ?? 0)
  return accepts(automaton, states, text === "")
}

/** One character of each class that no edge tells apart, those people read first. */
function alphabet(...automata: readonly Automaton[]): readonly number[] {
  const cuts = new Set<number>([0])
  for (const { edges } of automata)
    for (const edge of edges.flat())
      if (edge.kind === "read")
        for (const [from, to] of edge.set) {
          cuts.add(from)
          cuts.add(to + 1)
        }
  const sorted = [...cuts].toSorted((a, b) => a - b).filter(point => point <= 0x10ffff)
  return sorted
    .map((from, i) => readable(from, (sorted[i + 1] ?? 0x110000) - 1))
    .filter(point => point < 0xd800 || point > 0xdfff)
    .toSorted((a, b) => rank(a) - rank(b))
}

function readable(from: number, to: number): number {
  for (const [low, high] of [
    [0x61, 0x7a],
    [0x41, 0x5a],
    [0x30, 0x39],
    [0x21, 0x7e],
    [0xa1, 0xd7ff],
    [0xe000, 0xfffd],
  ] as const) {
    const point = Math.max(from, low)
    if (point <= Math.min(to, high)) return point
  }
  return from
}

function rank(point: number): number {
  return point >= 0x61 && point <= 0x7a ? 0 : point >= 0x30 && point <= 0x5a ? 1 : point < 0x7f ? 2 : 3
}

interface Pair {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly text: string
}

/** Looks for a text of the first that the second lets through (`inBoth`), or that it does not. `included`: there is none. */
function search(a: Automaton, b: Automaton, inBoth: boolean, work: Work): Inclusion {
  const points = alphabet(a, b)
  const queue: Pair[] = [{ a: first(a), b: first(b), text: "" }]
  const seen = new Set<string>()
  for (let at = 0; at < queue.length; at++) {
    const pair = queue[at]
    if (pair === undefined) break
    const isEmpty = pair.text === ""
    if (accepts(a, pair.a, isEmpty) && accepts(b, pair.b, isEmpty) === inBoth)
      return { kind: "not included", text: pair.text }
    for (const point of points) {
      work.steps -= pair.a.length + pair.b.length
      if (work.steps < 0) return { kind: "unknown" }
      const nextA = step(a, pair.a, point)
      if (nextA.length === 0) continue
      const nextB = step(b, pair.b, point)
      const key = `${nextA.join()}|${nextB.join()}`
      if (seen.has(key)) continue
      seen.add(key)
      if (seen.size > mostPairs) return { kind: "unknown" }
      queue.push({ a: nextA, b: nextB, text: pair.text + String.fromCodePoint(point) })
    }
  }
  return { kind: "included" }
}

interface Lengths {
  readonly shortest: number | null
  readonly longest: number | null
}

/** Of the accepted texts, by walking sets of states. A level that comes back goes round for ever: there is no longest then. */
function lengthsOf(automaton: Automaton, work: Work): Lengths {
  const points = alphabet(automaton)
  let level = new Map<string, readonly number[]>([["", first(automaton)]])
  let [shortest, longest]: [number | null, number | null] = [null, null]
  const seen = new Set<string>()
  for (let length = 0; level.size > 0; length++) {
    if ([...level.values()].some(states => accepts(automaton, states, length === 0))) {
      shortest ??= length
      longest = length
    }
    const next = new Map<string, readonly number[]>()
    for (const states of level.values())
      for (const point of points) {
        work.steps -= states.length
        if (work.steps < 0) return { shortest, longest: null }
        const reached = step(automaton, states, point)
        if (reached.length > 0) next.set(reached.join(), reached)
      }
    level = next
    const signature = [...level.keys()].toSorted().join(";")
    if (seen.has(signature)) return { shortest, longest: null }
    seen.add(signature)
  }
  return { shortest, longest }
}

function samplesOf(automaton: Automaton, most: number, work: Work): readonly string[] {
  const points = alphabet(automaton)
  const found: string[] = []
  const queue: { states: readonly number[]; text: string }[] = [{ states: first(automaton), text: "" }]
  const visits = new Map<string, number>()
  for (let at = 0; at < queue.length && found.length < most; at++) {
    const one = queue[at]
    if (one === undefined) break
    if (accepts(automaton, one.states, one.text === "")) found.push(one.text)
    for (const point of points) {
      work.steps -= one.states.length
      if (work.steps < 0) return found
      const states = step(automaton, one.states, point)
      const key = states.join()
      const visited = visits.get(key) ?? 0
      if (states.length === 0 || visited >= 2) continue
      visits.set(key, visited + 1)
      queue.push({ states, text: one.text + String.fromCodePoint(point) })
    }
  }
  return found
}
