// Proves that matching takes time linear in the text, for any engine that backtracks. Flows in: a parsed pattern. Flows
// out: null, or the quantifier that could be tried in more than one way. The rule, documented in the reference: after a
// quantifier of variable length nothing it could also match may be quantified before something it cannot match has
// passed; quantifiers of variable length do not nest; alternatives inside a repetition begin differently.
import { type CharacterSet, nothing, overlaps, union } from "./character-set.ts"
import { largestCount, type PatternNode, type PatternProblem } from "./parse-pattern.ts"

interface Shape {
  readonly nullable: boolean
  /** Holds a quantifier of variable length. */
  readonly variable: boolean
  /** Characters it may begin with. */
  readonly first: CharacterSet
  /** Characters by which a variable quantifier that may stand at its start can go on. */
  readonly lead: CharacterSet
  /** Characters by which a variable quantifier still open at its end can go on. */
  readonly open: CharacterSet
  /** Every character it may match anywhere. */
  readonly passes: CharacterSet
  /** Characters of the longest expansion of its counts. */
  readonly size: number
}

const largestSize = 10_000

export function linearTime(pattern: PatternNode): PatternProblem | null {
  const shape = shapeOf(pattern)
  if ("problem" in shape) return shape
  return null
}

function shapeOf(node: PatternNode): Shape | PatternProblem {
  switch (node.kind) {
    case "set":
      return {
        nullable: false,
        variable: false,
        first: node.set,
        lead: nothing,
        open: nothing,
        passes: node.set,
        size: 1,
      }
    case "sequence": {
      let whole: Shape = empty
      for (const item of node.items) {
        const next = shapeOf(item)
        if ("problem" in next) return next
        const joined = join(whole, next, item.kind === "repeat" ? item.offset : 0)
        if ("problem" in joined) return joined
        whole = joined
      }
      return whole
    }
    case "alternatives": {
      let whole: Shape | null = null
      for (const option of node.options) {
        const next = shapeOf(option)
        if ("problem" in next) return next
        whole = whole === null ? next : either(whole, next)
      }
      return whole ?? empty
    }
    case "repeat":
      return repeated(node)
  }
}

const empty: Shape = {
  nullable: true,
  variable: false,
  first: nothing,
  lead: nothing,
  open: nothing,
  passes: nothing,
  size: 0,
}

function join(a: Shape, b: Shape, offset: number): Shape | PatternProblem {
  if (overlaps(a.open, b.lead)) {
    return { problem: "two quantifiers beside each other that can match the same characters", offset }
  }
  const size = a.size + b.size
  if (size > largestSize)
    return { problem: `counts that multiply to more than ${largestSize} characters`, offset }
  // What is open stays open behind something it could also match, and behind something that may be left out.
  const staysOpen = b.nullable || overlaps(a.open, b.passes) ? a.open : nothing
  return {
    nullable: a.nullable && b.nullable,
    variable: a.variable || b.variable,
    first: a.nullable ? union(a.first, b.first) : a.first,
    lead: a.nullable ? union(a.lead, b.lead) : a.lead,
    open: union(staysOpen, b.open),
    passes: union(a.passes, b.passes),
    size,
  }
}

function either(a: Shape, b: Shape): Shape {
  return {
    nullable: a.nullable || b.nullable,
    variable: a.variable || b.variable,
    first: union(a.first, b.first),
    lead: union(a.lead, b.lead),
    open: union(a.open, b.open),
    passes: union(a.passes, b.passes),
    size: Math.max(a.size, b.size),
  }
}

function repeated(node: PatternNode & { kind: "repeat" }): Shape | PatternProblem {
  const { offset } = node
  const inner = shapeOf(node.of)
  if ("problem" in inner) return inner
  const variable = node.max !== node.min
  if (inner.nullable && (node.max ?? 2) > 1)
    return { problem: "a repetition of something that may be empty", offset }
  if (variable && inner.variable && (node.max ?? 2) > 1)
    return { problem: "a quantifier inside another", offset }
  if ((node.max ?? 2) > 1 && ambiguousStart(node.of)) {
    return { problem: "a repetition of alternatives that may begin with the same character", offset }
  }
  const size = inner.size * Math.min(node.max ?? 1, largestCount)
  if (size > largestSize)
    return { problem: `counts that multiply to more than ${largestSize} characters`, offset }
  if (!variable) {
    // `(ab*){3}`: what one round leaves open meets the next round's start.
    const again = node.min > 1 ? join(inner, inner, offset) : inner
    return "problem" in again ? again : { ...inner, nullable: inner.nullable || node.min === 0, size }
  }
  return {
    nullable: inner.nullable || node.min === 0,
    variable: true,
    first: inner.first,
    lead: union(inner.first, inner.lead),
    open: union(inner.first, inner.open),
    passes: inner.passes,
    size,
  }
}

/** Alternatives anywhere at the start of what is repeated that one character does not tell apart. */
function ambiguousStart(node: PatternNode): boolean {
  if (node.kind === "sequence") return node.items.some(ambiguousStart)
  if (node.kind === "repeat") return ambiguousStart(node.of)
  if (node.kind === "set") return false
  const firsts: CharacterSet[] = []
  for (const option of node.options) {
    const shape = shapeOf(option)
    if ("problem" in shape || shape.nullable) return true
    if (firsts.some(first => overlaps(first, shape.first))) return true
    firsts.push(shape.first)
  }
  return node.options.some(ambiguousStart)
}
