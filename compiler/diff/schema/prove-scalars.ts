// The part of a proof that is about types, values, numbers and texts. Flows in: what is known of the payload, and the keywords asked for.
// Flows out: true where all that fits the first fits the second. Numbers are compared as rationals.
import { compare, divide, type Rational } from "@fmap/runtime"
import { type Facts, isMultiple } from "./facts.ts"
import { bitOfValue, canonicalText, isNumber, numberBits, rationalOf, typeBits } from "./json-values.ts"
import type { Bound, Keywords } from "./keywords.ts"
import type { Session } from "./session.ts"

export function provesScalars(facts: Facts, goal: Keywords, session: Session): boolean {
  return (
    (facts.types & ~goal.types) === 0 &&
    provesValues(facts, goal) &&
    ((facts.types & numberBits) === 0 || provesNumbers(facts, goal)) &&
    ((facts.types & typeBits.string) === 0 || provesTexts(facts, goal, session))
  )
}

function provesValues(facts: Facts, { valueKeys }: Keywords): boolean {
  if (valueKeys === null) return true
  const values = facts.values ?? fewValues(facts)
  return values?.every(value => valueKeys.has(canonicalText(value))) === true
}

/** Null and the two truth values need no list. */
function fewValues({ types }: Facts): readonly unknown[] | null {
  if ((types & ~(typeBits.null | typeBits.boolean)) !== 0) return null
  return [
    ...((types & typeBits.null) === 0 ? [] : [null]),
    ...((types & typeBits.boolean) === 0 ? [] : [true, false]),
  ]
}

function provesNumbers(facts: Facts, goal: Keywords): boolean {
  const isWhole = (facts.types & typeBits.fraction) === 0
  return (
    isInside(facts.low, goal.low, 1, isWhole) &&
    isInside(facts.high, goal.high, -1, isWhole) &&
    (goal.multipleOf === null || provesMultiple(facts, goal.multipleOf, isWhole))
  )
}

/** `sign` 1 for lower bounds. */
function isInside(known: Bound | null, wanted: Bound | null, sign: 1 | -1, isWhole: boolean): boolean {
  if (wanted === null) return true
  if (known === null) return false
  const bound = isWhole ? nextWhole(known, sign) : known
  const order = compare(bound.value, wanted.value) * sign
  return order > 0 || (order === 0 && (!wanted.exclusive || bound.exclusive))
}

/** The outermost whole number inside the bound. */
export function nextWhole({ value, exclusive }: Bound, sign: 1 | -1): Bound {
  const { n, d } = value
  const floor = n >= 0n ? n / d : -((-n + d - 1n) / d)
  const isWhole = d === 1n
  const inner =
    sign === 1
      ? isWhole
        ? n + (exclusive ? 1n : 0n)
        : floor + 1n
      : isWhole
        ? n - (exclusive ? 1n : 0n)
        : floor
  return { value: { n: inner, d: 1n }, exclusive: false }
}

function provesMultiple(facts: Facts, wanted: Rational, isWhole: boolean): boolean {
  const one: Rational = { n: 1n, d: 1n }
  const numbers = (facts.values ?? []).filter(isNumber)
  return (
    facts.multiples.some(known => isMultiple(known, wanted)) ||
    (isWhole && divide(one, wanted)?.d === 1n) ||
    (facts.values !== null &&
      numbers.every(value => {
        const exact = rationalOf(value)
        return exact !== null && isMultiple(exact, wanted)
      }))
  )
}

function provesTexts(facts: Facts, goal: Keywords, session: Session): boolean {
  const { patterns, reading } = session
  const texts = facts.values?.filter(value => bitOfValue(value) === typeBits.string) ?? null
  // a pattern that stops nothing is a slip; nothing is built on it
  const provesPattern = (wanted: string): boolean =>
    facts.patterns.includes(wanted) ||
    (texts !== null
      ? texts.every(text => typeof text === "string" && patterns.matches(wanted, text) === true)
      : !patterns.stopsNothing(wanted) &&
        facts.patterns.some(known => patterns.includes(known, wanted).kind === "included"))
  const shortest = Math.max(facts.minLength, ...facts.patterns.map(one => patterns.shortest(one) ?? 0))
  const isShortEnough = (most: number): boolean =>
    (facts.maxLength !== null && facts.maxLength <= most) ||
    facts.patterns.some(one => (patterns.longest(one) ?? Number.POSITIVE_INFINITY) <= most)
  return (
    shortest >= goal.minLength &&
    (goal.maxLength === null || isShortEnough(goal.maxLength)) &&
    goal.patterns.every(provesPattern) &&
    (!reading.formats || goal.formats.every(format => facts.formats.has(format)))
  )
}
