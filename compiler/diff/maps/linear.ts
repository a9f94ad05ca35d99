// Sums and products in one form: a constant and factors of products, exactly. `a + b`, `b + a`, `a * 2 - a + b` and `b - (0 - a)` are one
// form, `(a + b) * c` is `a * c + b * c`. Flows in: forms of numbers. Flows out: forms. Exactness makes all of it lawful: nothing is rounded here.
import { add, fromText, multiply, negate, type Rational, rational, zero } from "@fmap/runtime"
import type { At } from "../../plan/index.ts"
import type { Form, Forms } from "./form.ts"

interface Linear {
  readonly constant: Rational
  readonly terms: readonly { readonly factor: Rational; readonly of: Form }[]
}

const one: Rational = { n: 1n, d: 1n }
/** Beyond that a product of sums is left a product. */
const mostTerms = 64

export function numberForm(text: string, forms: Forms, at: At | null = null): Form {
  return constantForm(fromText(text) ?? zero, forms, at)
}

function constantForm(value: Rational, forms: Forms, at: At | null): Form {
  return forms.make("literal", ["number", textOf(value)], [], at)
}

export function sumOf(left: Form, right: Form, forms: Forms, at: At | null): Form {
  return formOf(plus(linearOf(left), linearOf(right)), forms, at)
}

export function differenceOf(left: Form, right: Form, forms: Forms, at: At | null): Form {
  return formOf(plus(linearOf(left), times(linearOf(right), negate(one))), forms, at)
}

export function negated(form: Form, forms: Forms, at: At | null = form.at): Form {
  return formOf(times(linearOf(form), negate(one)), forms, at)
}

export function productOf(left: Form, right: Form, forms: Forms, at: At | null): Form {
  const a = linearOf(left)
  const b = linearOf(right)
  if (a.terms.length === 0 && !right.exits) return formOf(times(b, a.constant), forms, at)
  if (b.terms.length === 0 && !left.exits) return formOf(times(a, b.constant), forms, at)
  if ((a.terms.length + 1) * (b.terms.length + 1) > mostTerms) return monomial([left, right], forms, at)
  let made: Linear = plus(
    { constant: multiply(a.constant, b.constant), terms: [] },
    plus(times({ ...b, constant: zero }, a.constant), times({ ...a, constant: zero }, b.constant)),
  )
  for (const x of a.terms)
    for (const y of b.terms)
      made = plus(made, {
        constant: zero,
        terms: [
          {
            factor: multiply(x.factor, y.factor),
            of: monomial([...factorsOf(x.of), ...factorsOf(y.of)], forms, at),
          },
        ],
      })
  return formOf(made, forms, at)
}

/** A zero divisor makes the whole missing, so that nothing is shortened against it. */
export function quotientOf(left: Form, right: Form, forms: Forms, at: At | null): Form {
  const b = linearOf(right)
  const [only] = b.terms
  if (b.terms.length === 0) {
    const inverse = rational(b.constant.d, b.constant.n)
    if (inverse !== undefined) return formOf(times(linearOf(left), inverse), forms, at)
  }
  // (a / (2 * b)) is (a / b) * 0.5
  const isScaled = only !== undefined && b.terms.length === 1 && b.constant.n === 0n
  const factor = isScaled ? rational(only.factor.d, only.factor.n) : undefined
  const divisor = isScaled && factor !== undefined ? only.of : right
  const inverted = factorsOf(divisor).map(part => forms.make("inverse", [], [part], part.at))
  const scaled = factor === undefined ? left : formOf(times(linearOf(left), factor), forms, at)
  return productOf(scaled, monomial(inverted, forms, at), forms, at)
}

export interface Compared {
  /** Without a constant, its first factor one. */
  readonly of: Form
  readonly constant: Form
  /** The sides have changed places. */
  readonly flipped: boolean
}

/** `left ? right` as `of ? constant`: what differs only in where its parts stand is one. Null: both are constants. */
export function balanced(left: Form, right: Form, forms: Forms, at: At | null): Compared | null {
  const { constant, terms } = plus(linearOf(left), times(linearOf(right), negate(one)))
  const [first] = terms
  if (first === undefined) return null
  const scale = rational(first.factor.d, first.factor.n) ?? one
  const of = formOf(times({ constant: zero, terms }, scale), forms, at)
  return { of, constant: constantForm(negate(multiply(constant, scale)), forms, at), flipped: scale.n < 0n }
}

export function valueOfNumber({ op, detail: [type, value] }: Form): Rational | null {
  if (op !== "literal" || type !== "number" || value === undefined) return null
  const [n = "0", d = "1"] = value.split("/")
  return { n: BigInt(n), d: BigInt(d) }
}

export interface Term {
  readonly factor: string
  readonly of: Form
}

/** The terms of a sum with their factors, for who compares two; the constant last, its form null. */
export function termsOf(form: Form): { readonly terms: readonly Term[]; readonly constant: string } {
  const { constant, terms } = linearOf(form)
  return {
    terms: terms.map(({ factor, of }) => ({ factor: textOf(factor), of })),
    constant: textOf(constant),
  }
}

export function factorsOf(form: Form): readonly Form[] {
  return form.op === "product" ? form.parts : [form]
}

function linearOf(form: Form): Linear {
  const constant = valueOfNumber(form)
  if (constant !== null) return { constant, terms: [] }
  if (form.op !== "sum") return { constant: zero, terms: [{ factor: one, of: form }] }
  return {
    constant: rationalOf(form.detail.at(-1) ?? "0"),
    terms: form.parts.map((of, i) => ({ factor: rationalOf(form.detail[i] ?? "0"), of })),
  }
}

function plus(a: Linear, b: Linear): Linear {
  const terms = new Map(a.terms.map(term => [term.of.id, term]))
  for (const { factor, of } of b.terms) {
    const known = terms.get(of.id)
    terms.set(of.id, {
      factor: known === undefined ? factor : add(known.factor, factor),
      of: known?.of ?? of,
    })
  }
  return {
    constant: add(a.constant, b.constant),
    terms: [...terms.values()].filter(({ factor, of }) => factor.n !== 0n || of.exits),
  }
}

function times({ constant, terms }: Linear, by: Rational): Linear {
  return {
    constant: multiply(constant, by),
    terms: terms
      .map(({ factor, of }) => ({ factor: multiply(factor, by), of }))
      .filter(({ factor, of }) => factor.n !== 0n || of.exits),
  }
}

function monomial(factors: readonly Form[], forms: Forms, at: At | null): Form {
  const [first] = factors
  if (first !== undefined && factors.length === 1) return first
  return forms.make(
    "product",
    [],
    factors.toSorted((a, b) => a.id - b.id),
    at,
  )
}

function formOf({ constant, terms }: Linear, forms: Forms, at: At | null): Form {
  const [first] = terms
  if (first === undefined) return constantForm(constant, forms, at)
  if (terms.length === 1 && constant.n === 0n && first.factor.n === 1n && first.factor.d === 1n)
    return first.of
  const sorted = terms.toSorted((a, b) => a.of.id - b.of.id)
  const detail = [...sorted.map(({ factor }) => textOf(factor)), textOf(constant)]
  return forms.make(
    "sum",
    detail,
    sorted.map(({ of }) => of),
    at,
  )
}

function textOf({ n, d }: Rational): string {
  return d === 1n ? String(n) : `${n}/${d}`
}

function rationalOf(text: string): Rational {
  const [n = "0", d = "1"] = text.split("/")
  return { n: BigInt(n), d: BigInt(d) }
}
