// What is known of every payload that a list of schemas lets through. Flows in: schemas that hold and schemas that do not, all at once.
// Flows out: their assertions merged, never tighter than they are; null where no payload can satisfy them.
import { compare, divide, type Rational } from "@fmap/runtime"
import {
  bitOfValue,
  canonicalText,
  everyType,
  isNumber,
  lengthOf,
  numberBits,
  rationalOf,
  typeBits,
} from "./json-values.ts"
import { type Bound, type Keywords, type SchemaNode, tighter } from "./keywords.ts"
import type { Session } from "./session.ts"
import { evaluatedPart } from "./unevaluated.ts"

/** A schema that holds, or one that does not. */
export interface Literal {
  readonly node: SchemaNode
  readonly holds: boolean
}

export interface Facts {
  readonly types: number
  readonly saysTypes: boolean
  /** All that it can be; null: not a list. */
  readonly values: readonly unknown[] | null
  readonly low: Bound | null
  readonly high: Bound | null
  readonly multiples: readonly Rational[]
  readonly minLength: number
  readonly maxLength: number | null
  readonly patterns: readonly string[]
  readonly formats: ReadonlySet<string>
  readonly required: ReadonlySet<string>
  /** Never there. */
  readonly absent: ReadonlySet<string>
  readonly minProperties: number
  readonly maxProperties: number | null
  readonly minItems: number
  readonly maxItems: number | null
  readonly unique: boolean
  /** Each has its own `properties`, `items` and so on: what one leaves open another may say. */
  readonly parts: readonly Keywords[]
  /** One branch of each holds, and nothing is known of which. */
  readonly choices: readonly (readonly (readonly Literal[])[])[]
  /** Schemas that do not hold. */
  readonly refuted: readonly SchemaNode[]
}

export function literalKey({ node, holds }: Literal): string {
  return holds ? String(node.id) : `!${node.id}`
}

export function keyOf(literals: readonly Literal[]): string {
  return [...new Set(literals.map(literalKey))].toSorted().join()
}

export function holds(node: SchemaNode): Literal {
  return { node, holds: true }
}

export function fails(node: SchemaNode): Literal {
  return { node, holds: false }
}

interface Gathered {
  readonly parts: Keywords[]
  readonly choices: (readonly (readonly Literal[])[])[]
  readonly refuted: SchemaNode[]
  readonly seen: Set<string>
  readonly required: Set<string>
  readonly absent: Set<string>
  readonly excluded: Set<string>
  types: number
}

/** Remembered by the list: all that is asked of the same payload comes with the same one. */
export function factsOf(literals: readonly Literal[], session: Session): Facts | null {
  const known = session.facts.get(literals)
  if (known !== undefined) return known
  const found = gatheredFacts(literals, session)
  session.facts.set(literals, found)
  return found
}

function gatheredFacts(literals: readonly Literal[], session: Session): Facts | null {
  const gathered: Gathered = {
    parts: [],
    choices: [],
    refuted: [],
    seen: new Set(),
    required: new Set(),
    absent: new Set(),
    excluded: new Set(),
    types: everyType,
  }
  if (!gather(literals, gathered, session)) return null
  return merged(gathered, session)
}

/** False: a contradiction. */
function gather(literals: readonly Literal[], gathered: Gathered, session: Session): boolean {
  const queue = [...literals]
  for (;;) {
    for (let literal = queue.pop(); literal !== undefined; literal = queue.pop()) {
      const key = literalKey(literal)
      if (gathered.seen.has(key)) continue
      gathered.seen.add(key)
      const { node } = literal
      if (node.schema === literal.holds) continue
      if (typeof node.schema === "boolean") return false
      if (literal.holds) addHolding(node, gathered, queue, session)
      else addFailing(node, gathered, queue, session)
    }
    addDependents(gathered, queue)
    if (queue.length === 0) return true
  }
}

/** What hangs on members that must be there holds too. The set of them grows while it is walked. */
function addDependents(gathered: Gathered, queue: Literal[]): void {
  // a payload that is no object has no members on which anything could hang
  const isObject = isSurelyObject(gathered)
  for (const name of gathered.required)
    for (const part of gathered.parts) {
      for (const one of part.dependentRequired.get(name) ?? []) gathered.required.add(one)
      const node = part.dependentSchemas.get(name)
      if (isObject && node !== undefined && !gathered.seen.has(String(node.id))) queue.push(holds(node))
    }
}

function isSurelyObject({ parts, types }: Gathered): boolean {
  return parts.reduce((bits, part) => bits & part.types, types) === typeBits.object
}

function addHolding(node: SchemaNode, gathered: Gathered, queue: Literal[], session: Session): void {
  const keywords = session.keywords(node)
  if (keywords.ref !== null) queue.push(holds(keywords.ref))
  // older drafts may not look at what stands beside a reference
  if (keywords.refAlone) return
  gathered.parts.push(keywords)
  const evaluated = evaluatedPart(node, keywords, session, "possibly")
  if (evaluated !== null) gathered.parts.push(evaluated)
  for (const name of keywords.required) gathered.required.add(name)
  for (const one of keywords.allOf) queue.push(holds(one))
  if (keywords.not !== null) queue.push(fails(keywords.not))
  if (keywords.anyOf !== null)
    addChoice(
      keywords.anyOf.map(one => [holds(one)]),
      gathered,
      queue,
    )
  if (keywords.oneOf !== null) addChoice(exclusiveBranches(keywords.oneOf, session), gathered, queue)
  const { condition } = keywords
  if (condition !== null) {
    const branch = (test: Literal, then: SchemaNode | null) => [test, ...(then === null ? [] : [holds(then)])]
    addChoice(
      [branch(holds(condition.test), condition.then), branch(fails(condition.test), condition.else)],
      gathered,
      queue,
    )
  }
}

/** Beyond that many branches what the others are not is left out. */
const mostExclusive = 12

function exclusiveBranches(nodes: readonly SchemaNode[], session: Session): readonly (readonly Literal[])[] {
  const isExclusive = session.reading.exclusive && nodes.length <= mostExclusive
  return nodes.map((node, i) => [
    holds(node),
    ...(isExclusive ? nodes.filter((_, j) => j !== i).map(fails) : []),
  ])
}

function addChoice(branches: readonly (readonly Literal[])[], gathered: Gathered, queue: Literal[]): void {
  const [only] = branches
  if (branches.length === 1 && only !== undefined) queue.push(...only)
  else gathered.choices.push(branches)
}

/** What is simple enough to be turned round; the rest is remembered as refuted. */
function addFailing(node: SchemaNode, gathered: Gathered, queue: Literal[], session: Session): void {
  gathered.refuted.push(node)
  const words = typeof node.schema === "boolean" ? [] : assertingWords(node.schema)
  const keywords = session.keywords(node)
  const isOnly = (...allowed: readonly string[]) => words.every(word => allowed.includes(word))
  if (words.length === 0) return
  if (isOnly("not") && keywords.not !== null) queue.push(holds(keywords.not))
  else if (isOnly("type")) gathered.types &= ~keywords.types
  else if (isOnly("const", "enum") && keywords.valueKeys !== null)
    for (const key of keywords.valueKeys) gathered.excluded.add(key)
  else if (isOnly("required") && keywords.required.length === 1)
    for (const name of keywords.required) {
      gathered.absent.add(name)
      gathered.types &= typeBits.object
    }
  else if (isOnly("anyOf") && keywords.anyOf !== null) queue.push(...keywords.anyOf.map(fails))
  else if (isOnly("allOf")) gathered.choices.push(keywords.allOf.map(one => [fails(one)]))
  else if (isOnly("$ref") && keywords.ref !== null) queue.push(fails(keywords.ref))
}

const notes = new Set([
  "title",
  "description",
  "$comment",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
])

function assertingWords(schema: object): readonly string[] {
  return Object.keys(schema).filter(word => !notes.has(word) && !word.startsWith("x-"))
}

function merged(gathered: Gathered, session: Session): Facts | null {
  const { parts, required, absent } = gathered
  const most = (of: (part: Keywords) => number) => Math.max(0, ...parts.map(of))
  const least = (of: (part: Keywords) => number | null): number | null => {
    const all = parts.flatMap(part => of(part) ?? [])
    return all.length === 0 ? null : Math.min(...all)
  }
  const multiples = parts.flatMap(part => part.multipleOf ?? [])
  const values = commonValues(gathered)
  let types = parts.reduce((bits, part) => bits & part.types, gathered.types)
  if (values !== null) types &= values.reduce<number>((bits, value) => bits | bitOfValue(value), 0)
  if (multiples.some(({ d }) => d === 1n)) types &= ~typeBits.fraction
  const facts: Facts = {
    types,
    saysTypes: parts.some(part => part.saysTypes),
    values,
    low: parts.reduce<Bound | null>((bound, part) => tighter(bound, part.low, 1), null),
    high: parts.reduce<Bound | null>((bound, part) => tighter(bound, part.high, -1), null),
    multiples,
    minLength: most(part => part.minLength),
    maxLength: least(part => part.maxLength),
    patterns: [...new Set(parts.flatMap(part => part.patterns))],
    formats: new Set(parts.flatMap(part => part.formats)),
    required,
    absent,
    minProperties: most(part => part.minProperties),
    maxProperties: least(part => part.maxProperties),
    minItems: most(part => part.minItems),
    maxItems: least(part => part.maxItems),
    unique: parts.some(part => part.unique),
    parts,
    choices: gathered.choices.filter(
      branches => !branches.some(branch => branch.every(one => gathered.seen.has(literalKey(one)))),
    ),
    refuted: gathered.refuted,
  }
  return settled(facts, parts, session)
}

function commonValues({ parts, excluded }: Gathered): readonly unknown[] | null {
  const lists = parts.filter(part => part.values !== null).toSorted((a, b) => sizeOf(a) - sizeOf(b))
  const [shortest, ...others] = lists
  if (shortest?.values == null) return null
  return shortest.values.filter(value => {
    const key = canonicalText(value)
    return !excluded.has(key) && others.every(other => other.valueKeys?.has(key) === true)
  })
}

function sizeOf(part: Keywords): number {
  return part.valueKeys?.size ?? 0
}

/** Types that cannot be any more are taken away, and what values say of themselves is said. */
function settled(facts: Facts, parts: readonly Keywords[], session: Session): Facts | null {
  let { types } = facts
  const { low, high, required, absent } = facts
  if (low !== null && high !== null) {
    const order = compare(low.value, high.value)
    if (order > 0 || (order === 0 && (low.exclusive || high.exclusive))) types &= ~numberBits
  }
  if (facts.maxLength !== null && facts.minLength > facts.maxLength) types &= ~typeBits.string
  if (facts.maxItems !== null && facts.minItems > facts.maxItems) types &= ~typeBits.array
  const fewest = Math.max(facts.minProperties, required.size)
  if (facts.maxProperties !== null && fewest > facts.maxProperties) types &= ~typeBits.object
  if ([...absent].some(name => required.has(name))) types &= ~typeBits.object
  const { values } = facts
  if (values === null) return types === 0 ? null : { ...facts, types }
  const kept = values.filter(value => (bitOfValue(value) & types) !== 0 && mayBe(value, facts, session))
  if (kept.length > 0)
    return withValues(
      { ...facts, types: types & kept.reduce<number>((bits, value) => bits | bitOfValue(value), 0) },
      kept,
      session,
    )
  // A list of which the other keywords let nothing through is a slip; it is compared as it was written.
  const stated = parts.reduce((bits, part) => bits & part.types, everyType)
  return values.length === 0 || stated === 0 ? null : { ...facts, types: stated, values }
}

/** False: the value breaks what else is known. */
function mayBe(value: unknown, facts: Facts, { patterns }: Session): boolean {
  if (isNumber(value)) {
    const exact = rationalOf(value)
    return (
      exact === null ||
      (isAbove(exact, facts.low) &&
        isBelow(exact, facts.high) &&
        facts.multiples.every(one => isMultiple(exact, one)))
    )
  }
  if (typeof value !== "string") return true
  const length = lengthOf(value)
  if (length < facts.minLength || (facts.maxLength !== null && length > facts.maxLength)) return false
  return facts.patterns.every(pattern => patterns.matches(pattern, value) !== false)
}

export function isAbove(value: Rational, low: Bound | null): boolean {
  if (low === null) return true
  const order = compare(value, low.value)
  return order > 0 || (order === 0 && !low.exclusive)
}

export function isBelow(value: Rational, high: Bound | null): boolean {
  if (high === null) return true
  const order = compare(value, high.value)
  return order < 0 || (order === 0 && !high.exclusive)
}

export function isMultiple(value: Rational, of: Rational): boolean {
  return divide(value, of)?.d === 1n
}

function withValues(facts: Facts, values: readonly unknown[], session: Session): Facts {
  const numbers = values.flatMap(value => (isNumber(value) ? (rationalOf(value) ?? []) : []))
  const lengths = values.flatMap(value => (typeof value === "string" ? [lengthOf(value)] : []))
  const sorted = numbers.toSorted(compare)
  const inclusive = (value: Rational | undefined): Bound | null =>
    value === undefined ? null : { value, exclusive: false }
  const [only] = values
  return {
    ...facts,
    values,
    low: tighter(facts.low, inclusive(sorted[0]), 1),
    high: tighter(facts.high, inclusive(sorted.at(-1)), -1),
    minLength:
      lengths.length === 0
        ? facts.minLength
        : Math.max(
            facts.minLength,
            lengths.reduce((a, b) => Math.min(a, b)),
          ),
    maxLength: lengths.length === 0 ? facts.maxLength : lengths.reduce((a, b) => Math.max(a, b)),
    ...(values.length === 1 ? memberFacts(only, facts, session) : {}),
  }
}

/** Of the one list or object that it can be. */
function memberFacts(value: unknown, facts: Facts, session: Session): Partial<Facts> {
  if (Array.isArray(value)) {
    const part = session.keywords(
      session.made({ prefixItems: value.map((item: unknown) => ({ const: item })), items: false }),
    )
    const isUnique = new Set(value.map(canonicalText)).size === value.length
    return {
      minItems: value.length,
      maxItems: value.length,
      unique: facts.unique || isUnique,
      parts: [...facts.parts, part],
    }
  }
  if (bitOfValue(value) !== typeBits.object) return {}
  const entries = Object.entries(value as object)
  const properties = Object.fromEntries(entries.map(([name, member]) => [name, { const: member as unknown }]))
  const part = session.keywords(session.made({ properties, additionalProperties: false }))
  return {
    required: new Set(entries.map(([name]) => name)),
    minProperties: entries.length,
    maxProperties: entries.length,
    parts: [...facts.parts, part],
  }
}
