// A regular expression as an automaton that reads a whole text. Flows in: the pattern of a schema. Flows out: states and edges, or null
// where the pattern is more than regular (references back, looking around) or too large. Linear to run, whatever the pattern.
import { type AST, RegExpParser } from "@eslint-community/regexpp"
import {
  anyButLineEnd,
  anything,
  type CharacterSet,
  complement,
  digits,
  spaces,
  union,
  wordCharacters,
} from "../../../types/pattern/character-set.ts"

export interface Automaton {
  /** By state. */
  readonly edges: readonly (readonly Edge[])[]
  readonly start: number
  readonly end: number
}

/** `first` and `last` read nothing and hold only before the first and after the last character. */
export type Edge =
  | { readonly kind: "read"; readonly set: CharacterSet; readonly to: number }
  | { readonly kind: "free" | "first" | "last"; readonly to: number }

/** Beyond that nothing is said of a pattern. */
const mostStates = 1_500
const longestPattern = 2_000

export function automatonOf(pattern: string): Automaton | null {
  const tree = parsed(pattern)
  if (tree === null) return null
  const edges: Edge[][] = []
  try {
    const start = added(edges)
    // A pattern is searched for: anything may stand before and behind it.
    edges[start]?.push({ kind: "read", set: anything, to: start })
    const end = alternatives(edges, tree.alternatives, start)
    edges[end]?.push({ kind: "read", set: anything, to: end })
    return { edges, start, end }
  } catch (error) {
    if (error instanceof NotRegular) return null
    throw error
  }
}

class NotRegular extends Error {}

function parsed(pattern: string): AST.Pattern | null {
  if (pattern.length > longestPattern) return null
  try {
    return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(pattern, 0, pattern.length, { unicode: true })
  } catch {
    return null
  }
}

function added(edges: Edge[][]): number {
  if (edges.length >= mostStates) throw new NotRegular()
  edges.push([])
  return edges.length - 1
}

function link(edges: Edge[][], from: number, edge: Edge): number {
  edges[from]?.push(edge)
  return edge.to
}

function alternatives(edges: Edge[][], all: readonly AST.Alternative[], from: number): number {
  const end = added(edges)
  for (const { elements } of all) {
    let at = link(edges, from, { kind: "free", to: added(edges) })
    for (const element of elements) at = elementFrom(edges, element, at)
    link(edges, at, { kind: "free", to: end })
  }
  return end
}

function elementFrom(edges: Edge[][], element: AST.Element, from: number): number {
  switch (element.type) {
    case "Assertion":
      if (element.kind === "start") return link(edges, from, { kind: "first", to: added(edges) })
      if (element.kind === "end") return link(edges, from, { kind: "last", to: added(edges) })
      throw new NotRegular()
    case "Quantifier":
      return repeated(edges, element, from)
    case "Group":
      if (element.modifiers !== null) throw new NotRegular()
      return alternatives(edges, element.alternatives, from)
    case "CapturingGroup":
      return alternatives(edges, element.alternatives, from)
    case "Character":
    case "CharacterSet":
    case "CharacterClass":
      return link(edges, from, { kind: "read", set: pointsOf(element), to: added(edges) })
    default:
      throw new NotRegular()
  }
}

function repeated(edges: Edge[][], { element, min, max }: AST.Quantifier, from: number): number {
  let at = from
  for (let i = 0; i < min; i++) at = elementFrom(edges, element, at)
  const end = added(edges)
  if (max === Number.POSITIVE_INFINITY) {
    const loop = link(edges, at, { kind: "free", to: added(edges) })
    link(edges, elementFrom(edges, element, loop), { kind: "free", to: loop })
    link(edges, loop, { kind: "free", to: end })
    return end
  }
  for (let i = min; i < max; i++) {
    link(edges, at, { kind: "free", to: end })
    at = elementFrom(edges, element, at)
  }
  return link(edges, at, { kind: "free", to: end })
}

type Reading = AST.Character | AST.CharacterSet | AST.CharacterClass | AST.CharacterClassElement

function pointsOf(element: Reading): CharacterSet {
  switch (element.type) {
    case "Character":
      return [[element.value, element.value]]
    case "CharacterClassRange":
      return [[element.min.value, element.max.value]]
    case "CharacterClass": {
      const set = union(...element.elements.map(pointsOf))
      return element.negate ? complement(set) : set
    }
    case "CharacterSet":
      return characterSet(element)
    default:
      throw new NotRegular()
  }
}

function characterSet(element: AST.CharacterSet): CharacterSet {
  if (element.kind === "any") return anyButLineEnd
  if (element.kind === "property") throw new NotRegular()
  const set = { digit: digits, word: wordCharacters, space: spaces }[element.kind]
  return element.negate ? complement(set) : union(set)
}
