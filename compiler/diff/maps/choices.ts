// Choices in one form: `match` over values with its arms in order, conditions with the certain one first, chains of `else` flat. Flows in:
// forms of subject, arms and fallbacks. Flows out: forms. What a choice does not depend on is no part of it.
import type { At } from "../../plan/index.ts"
import { boolForm, joined, opposed } from "./conditions.ts"
import type { Form, Forms } from "./form.ts"
import { implies } from "./implies.ts"

export interface Arm {
  readonly when: Form
  readonly then: Form
}

/** First that holds wins. */
export function conditional(arms: readonly Arm[], otherwise: Form, forms: Forms, at: At | null): Form {
  const flat = otherwise.op === "if" ? armsOf(otherwise) : { arms: [], otherwise }
  const isFalse = boolForm(false, forms)
  const isTrue = boolForm(true, forms)
  const kept: Arm[] = []
  let last = flat.otherwise
  for (const arm of [...arms, ...flat.arms]) {
    if (arm.when.id === isFalse.id || kept.some(before => implies(arm.when, before.when))) continue
    if (arm.when.id === isTrue.id) {
      last = arm.then
      break
    }
    const before = kept.at(-1)
    if (before !== undefined && before.then.id === arm.then.id)
      kept[kept.length - 1] = {
        ...before,
        when: joined("or", [before.when, arm.when], forms, before.when.at),
      }
    else kept.push(arm)
  }
  while (kept.at(-1)?.then.id === last.id) kept.pop()
  return (
    asSwitch(kept, last, forms, at) ?? contrarySwitch(kept, last, forms, at) ?? asIf(kept, last, forms, at)
  )
}

/** `x != A ? p : q` is `x == A ? q : p`. */
function contrarySwitch(arms: readonly Arm[], otherwise: Form, forms: Forms, at: At | null): Form | null {
  const [only] = arms
  if (only === undefined || arms.length > 1) return null
  return asSwitch([{ when: opposed(only.when, forms), then: otherwise }], only.then, forms, at)
}

function asIf(arms: readonly Arm[], otherwise: Form, forms: Forms, at: At | null): Form {
  const [first] = arms
  if (first === undefined) return otherwise
  if (arms.length === 1) {
    const contrary = opposed(first.when, forms)
    const [when, then, rest] =
      contrary.id < first.when.id ? [contrary, otherwise, first.then] : [first.when, first.then, otherwise]
    // a value where it is there
    if (when.op === "present" && when.parts[0]?.id === then.id) return coalesce([then, rest], forms, at)
    if (when.op === "not" && when.parts[0]?.op === "present" && when.parts[0].parts[0]?.id === rest.id)
      return coalesce([rest, then], forms, at)
    return forms.make("if", [], [when, then, rest], at)
  }
  const ordered = areDisjoint(arms, forms) ? arms.toSorted((a, b) => a.when.id - b.when.id) : arms
  return forms.make("if", [], [...ordered.flatMap(({ when, then }) => [when, then]), otherwise], at)
}

export function armsOf({ parts }: Form): { readonly arms: readonly Arm[]; readonly otherwise: Form } {
  const arms: Arm[] = []
  let otherwise = parts[0]
  for (let i = 0; i < parts.length; i += 2) {
    const [when, then] = [parts[i], parts[i + 1]]
    if (when !== undefined && then !== undefined) arms.push({ when, then })
    else otherwise = when
  }
  if (otherwise === undefined) throw new Error("a choice has nothing to give otherwise")
  return { arms, otherwise }
}

/** Then their order says nothing. */
function areDisjoint(arms: readonly Arm[], forms: Forms): boolean {
  return (
    arms.length <= 24 &&
    arms.every(({ when }, i) => arms.slice(i + 1).every(other => implies(when, opposed(other.when, forms))))
  )
}

/** A chain of questions whether one thing equals constants is a match over it. */
function asSwitch(arms: readonly Arm[], otherwise: Form, forms: Forms, at: At | null): Form | null {
  let subject: Form | null = null
  const values: SwitchArm[] = []
  for (const { when, then } of arms) {
    for (const one of when.op === "or" ? when.parts : [when]) {
      const [of, value] = one.parts
      if (one.op !== "compare" || one.detail[0] !== "==" || of === undefined || value?.op !== "literal")
        return null
      // figures are asked for ranges, and a match is about names
      if (value.detail[0] === "number" || (subject !== null && subject.id !== of.id)) return null
      subject = of
      if (!values.some(({ value: known }) => known === value.detail[1]))
        values.push({ value: value.detail[1] ?? "", then })
    }
  }
  if (subject === null) return null
  return valueSwitch({ subject, arms: values, missing: null, otherwise }, forms, at)
}

export interface SwitchArm {
  readonly value: string
  readonly then: Form
}

export interface ValueSwitch {
  readonly subject: Form
  readonly arms: readonly SwitchArm[]
  readonly missing: Form | null
  readonly otherwise: Form | null
}

export function valueSwitch(
  { subject, arms, missing, otherwise }: ValueSwitch,
  forms: Forms,
  at: At | null,
): Form {
  const given = new Map<string, Form>()
  for (const { value, then } of arms) if (!given.has(value)) given.set(value, then)
  let rest = otherwise
  const domain = forms.domainOf(subject)
  if (domain !== null && rest !== null) {
    for (const value of domain) if (!given.has(value)) given.set(value, rest)
    rest = null
  }
  const distinct = [...given].filter(([, then]) => rest === null || then.id !== rest.id)
  const all = [...distinct.map(([, then]) => then), ...(rest === null ? [] : [rest])]
  const [first] = all
  const isOne = first !== undefined && all.every(one => one.id === first.id)
  if (isOne && !subject.exits) {
    if (missing === null || missing.id === first.id) return first
    const there = forms.make("present", [], [subject], at)
    return conditional([{ when: there, then: first }], missing, forms, at)
  }
  const sorted = distinct.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return forms.make(
    "switch",
    [
      ...sorted.map(([value]) => `=${value}`),
      ...(missing === null ? [] : ["missing"]),
      ...(rest === null ? [] : ["otherwise"]),
    ],
    [
      subject,
      ...sorted.map(([, then]) => then),
      ...(missing === null ? [] : [missing]),
      ...(rest === null ? [] : [rest]),
    ],
    at,
  )
}

/** The first that is there. */
export function coalesce(values: readonly Form[], forms: Forms, at: At | null): Form {
  const flat: Form[] = []
  for (const value of values)
    for (const one of value.op === "coalesce" ? value.parts : [value]) {
      const last = flat.at(-1)
      if (last !== undefined && isCertain(last)) break
      if (one.op !== "missing" && flat.some(known => known.id === one.id)) continue
      flat.push(one)
    }
  const kept = flat.filter((one, i) => one.op !== "missing" || i === flat.length - 1)
  // a value or missing is the value
  if (kept.length === 2 && kept[1]?.op === "missing" && kept[0] !== undefined) return kept[0]
  const [first, ...rest] = kept
  if (first === undefined || rest.length === 0) return first ?? forms.make("coalesce", [], kept, at)
  return fallbackInside(first, rest, forms, at) ?? forms.make("coalesce", [], kept, at)
}

/** Where each case of a choice is a value or missing for certain, what follows stands in the place of missing. */
function fallbackInside(choice: Form, rest: readonly Form[], forms: Forms, at: At | null): Form | null {
  if (choice.op !== "if") return null
  const { arms, otherwise } = armsOf(choice)
  const values = [...arms.map(({ then }) => then), otherwise]
  if (!values.every(value => value.op === "missing" || value.op === "record")) return null
  if (values.every(value => value.op !== "missing")) return choice
  const fallback = coalesce(rest, forms, at)
  const instead = (value: Form): Form => (value.op === "missing" ? fallback : value)
  const filled = arms.map(({ when, then }) => ({ when, then: instead(then) }))
  return conditional(filled, instead(otherwise), forms, at)
}

function isCertain({ op }: Form): boolean {
  return op === "literal" || op === "exit" || op === "clear" || op === "record"
}

/** A truth value is matched by asking for it. */
export function boolSwitch(
  subject: Form,
  whenTrue: Form,
  whenFalse: Form,
  missing: Form | null,
  forms: Forms,
  at: At | null,
): Form {
  const value = conditional([{ when: subject, then: whenTrue }], whenFalse, forms, at)
  if (missing === null) return value
  const absent = opposed(forms.make("present", [], [subject], at), forms)
  return conditional([{ when: absent, then: missing }], value, forms, at)
}
