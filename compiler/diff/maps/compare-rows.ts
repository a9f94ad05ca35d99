// What changed in the rows of a list: which there are, in which order, how they find each other and what is made of them. Flows in: both forms. Flows out:
// changes. Conditions are compared by what follows from what, as far as that is certain.
import { changesAskedAbout } from "./compare-conditions.ts"
import { anotherSource, compareForms, computed } from "./compare-forms.ts"
import { apart, at, type Comparing, isPlace, tell, valueRule } from "./comparing.ts"
import type { Form } from "./form.ts"
import { implies } from "./implies.ts"
import { rebuilt } from "./rebuild.ts"

export function compareEach(old: Form, current: Form, comparing: Comparing): void {
  const now = overSameRows(old, current, comparing)
  const before = partsOfEach(old)
  const after = partsOfEach(now)
  const name = comparing.role.name
  compareFilters(before.where, after.where, comparing)
  compareGenerators(before.generators, after.generators, comparing)
  const order = (of: typeof before): string => JSON.stringify([of.directions, of.keys.map(key => key.id)])
  if (order(before) !== order(after))
    tell(
      comparing,
      "M024",
      before.keys[0] ?? null,
      after.keys[0] ?? null,
      `The rows of "${name}" come in another order.`,
    )
  const carried = (of: typeof before): string => JSON.stringify(of.carried.map(one => one.id))
  if (carried(before) !== carried(after)) computed(old, now, comparing)
  compareForms(before.body, after.body, at(comparing, `${comparing.path}/[]`))
}

function partsOfEach({ detail, parts }: Form): {
  readonly where: Form
  readonly body: Form
  readonly generators: readonly Form[]
  readonly keys: readonly Form[]
  readonly carried: readonly Form[]
  readonly directions: readonly string[]
} {
  const [where, body, ...rest] = parts
  if (where === undefined || body === undefined) throw new Error("a list has no body")
  const [count = 0] = detail.map(Number)
  const directions = detail.slice(2)
  return {
    where,
    body,
    generators: rest.slice(0, count),
    keys: rest.slice(count, count + directions.length),
    carried: rest.slice(count + directions.length),
    directions,
  }
}

/** Equal in what they let through is no change, however they are written. */
export function compareFilters(old: Form, now: Form, comparing: Comparing): void {
  if (old.id === now.id) return
  const isNarrower = implies(now, old)
  const isWider = implies(old, now)
  const name = comparing.role.name
  const shown = { old: isAlways(old) ? null : undefined, new: isAlways(now) ? null : undefined }
  const [before, after] = [shown.old === null ? null : old, shown.new === null ? null : now]
  if (isNarrower && isWider) return
  if (isNarrower)
    tell(comparing, "M012", before, after, `Fewer rows make "${name}": some that did no longer do.`)
  else if (isWider)
    tell(comparing, "M013", before, after, `More rows make "${name}" than did.`, {
      other: !comparing.role.isAmount,
    })
  else {
    const asked = changesAskedAbout(old, now, comparing)
    if (asked === null) tell(comparing, "M014", before, after, `Other rows make "${name}".`)
    else for (const change of asked) comparing.report(change)
  }
}

function isAlways({ op, detail }: Form): boolean {
  return op === "literal" && detail[1] === "true"
}

function compareGenerators(before: readonly Form[], after: readonly Form[], comparing: Comparing): void {
  const name = comparing.role.name
  if (before.length !== after.length) {
    tell(
      comparing,
      "M023",
      before[0] ?? null,
      after[0] ?? null,
      `"${name}" is made from other lists of rows.`,
    )
    return
  }
  before.forEach((old, i) => {
    const now = after[i]
    if (now === undefined || old.id === now.id) return
    const [rows, conflict, otherwise, ...keys] = old.parts
    const [otherRows, otherConflict, otherOtherwise, ...otherKeys] = now.parts
    if (rows === undefined || otherRows === undefined) return
    compareSource(rows, otherRows, comparing)
    const ids = (forms: readonly Form[]): string => JSON.stringify(forms.map(form => form.id))
    if (old.detail[0] !== now.detail[0])
      tell(comparing, "M023", old, now, `How many rows may match for "${name}" has changed.`)
    else if (ids(keys) !== ids(otherKeys))
      tell(comparing, "M023", old, now, `Rows of "${name}" find each other by other keys.`)
    if (old.detail[1] !== now.detail[1])
      tell(comparing, "M024", old, now, `Of several rows that match for "${name}" another one is taken.`)
    if (conflict?.id !== otherConflict?.id || otherwise?.id !== otherOtherwise?.id)
      tell(
        comparing,
        "M025",
        otherwise ?? null,
        otherOtherwise ?? null,
        `What becomes of rows of "${name}" without a match has changed.`,
      )
  })
}

/** Rows that other rows are made from are no part of the target: its paths say nothing there. */
function besideTarget(comparing: Comparing): Comparing {
  const none = new Map<string, Form>()
  return { ...comparing, inTarget: false, whole: { old: none, new: none } }
}

function compareSource(old: Form, now: Form, comparing: Comparing): void {
  if (old.id === now.id) return
  if (
    old.op === now.op &&
    (old.op === "grouping" || old.op === "nesting" || old.op === "each" || old.op === "coalesce")
  )
    compareForms(old, now, besideTarget(comparing))
  else anotherSource(old, now, comparing)
}

/** Where rows come from another list, which is told, the rest is compared as if they came from the old one. */
function overSameRows(old: Form, now: Form, comparing: Comparing): Form {
  const lists = (form: Form): readonly Form[] =>
    form.parts.flatMap(part =>
      part.op === "generator" && part.parts[0] !== undefined ? [part.parts[0]] : [],
    )
  const [before, after] = [lists(old), lists(now)]
  const { forms } = comparing
  const instead = new Map(
    after.flatMap((list, i) => {
      const other = before[i]
      return other !== undefined && isPlace(list) && isPlace(other) && list.id !== other.id
        ? [[list.id, other] as const]
        : []
    }),
  )
  if (instead.size === 0 || before.length !== after.length) return now
  const kept = rebuilt(
    now,
    one => {
      const other = instead.get(one.parts[0]?.id ?? -1)
      if (other === undefined) return null
      if (one.op === "generator")
        return forms.make("generator", one.detail, [other, ...one.parts.slice(1)], one.at)
      return one.op === "row" || one.op === "beside" ? forms.make(one.op, one.detail, [other], one.at) : null
    },
    forms,
  )
  for (const [i, list] of after.entries()) {
    const other = instead.get(list.id)
    if (other !== undefined && before[i]?.id === other.id)
      tell(comparing, "M002", other, list, `The rows of "${comparing.role.name}" come from another list.`)
  }
  return kept
}

export function compareAggregates(old: Form, current: Form, comparing: Comparing): void {
  const { role } = comparing
  const now = overSameRows(old, current, comparing)
  const [where, value, ...generators] = old.parts
  const [otherWhere, otherValue, ...others] = now.parts
  if (old.detail[0] !== now.detail[0])
    tell(
      comparing,
      isFirstOrLast(old) && isFirstOrLast(now) ? "M024" : valueRule(comparing, "M022"),
      old,
      now,
      `"${role.name}" is the ${now.detail[0]} of the rows instead of the ${old.detail[0]}.`,
      { shown: { old: old.detail[0] ?? "", new: now.detail[0] ?? "" } },
    )
  if (where === undefined || otherWhere === undefined || value === undefined || otherValue === undefined)
    return
  compareFilters(where, otherWhere, comparing)
  compareGenerators(generators, others, comparing)
  if (value.op !== "none" && otherValue.op !== "none") compareForms(value, otherValue, comparing)
}

function isFirstOrLast({ detail: [operation] }: Form): boolean {
  return operation === "first" || operation === "last"
}

export function compareGroupings(old: Form, now: Form, comparing: Comparing): void {
  const split = ({ detail, parts }: Form) => ({
    where: parts[0],
    generators: parts.slice(1, 1 + Number(detail[0])),
    keys: parts.slice(1 + Number(detail[0])),
  })
  const before = split(old)
  const after = split(now)
  const keys = apart(before.keys, after.keys)
  if (keys.old.length + keys.new.length > 0)
    tell(
      comparing,
      "M022",
      keys.old[0] ?? null,
      keys.new[0] ?? null,
      `The rows of "${comparing.role.name}" are grouped by other keys.`,
    )
  if (before.where !== undefined && after.where !== undefined)
    compareFilters(before.where, after.where, comparing)
  compareGenerators(before.generators, after.generators, comparing)
}

export function compareNestings(old: Form, now: Form, comparing: Comparing): void {
  const [where, parent, key, ...generators] = old.parts
  const [otherWhere, otherParent, otherKey, ...others] = now.parts
  if (parent?.id !== otherParent?.id || key?.id !== otherKey?.id)
    tell(
      comparing,
      "M023",
      old,
      now,
      `Rows of "${comparing.role.name}" find the one above them by other keys.`,
    )
  if (where !== undefined && otherWhere !== undefined) compareFilters(where, otherWhere, comparing)
  compareGenerators(generators, others, comparing)
}

interface Element {
  readonly how: string
  readonly when: Form
  readonly value: Form
}

export function compareLists(old: Form, now: Form, comparing: Comparing): void {
  const before = elementsOf(old)
  const after = elementsOf(now)
  const name = comparing.role.name
  if (before.length === after.length) {
    before.forEach((element, i) => {
      const other = after[i]
      if (other === undefined) return
      if (element.how !== other.how) computed(old, now, comparing)
      compareConditionsOf(element, other, comparing)
      // what is spread is a list itself
      const inside = element.how === "spread" ? comparing : at(comparing, `${comparing.path}/[]`)
      compareForms(element.value, other.value, inside)
    })
    return
  }
  const values = apart(
    before.map(({ value }) => value),
    after.map(({ value }) => value),
  )
  if (values.old.length > 0) tell(comparing, "M012", values.old[0] ?? old, null, `"${name}" has a row less.`)
  if (values.new.length > 0)
    tell(comparing, "M013", null, values.new[0] ?? now, `"${name}" has a row more.`, { other: false })
  if (values.old.length + values.new.length === 0) computed(old, now, comparing)
}

function compareConditionsOf(old: Element, now: Element, comparing: Comparing): void {
  if (old.when.id === now.when.id) return
  if (old.when.op === "none")
    tell(comparing, "M012", null, now.when, `A row of "${comparing.role.name}" depends on a condition now.`)
  else if (now.when.op === "none")
    tell(
      comparing,
      "M013",
      old.when,
      null,
      `A row of "${comparing.role.name}" no longer depends on a condition.`,
    )
  else compareFilters(old.when, now.when, comparing)
}

function elementsOf({ detail, parts }: Form): readonly Element[] {
  return detail.flatMap((how, i) => {
    const [when, value] = [parts[2 * i], parts[2 * i + 1]]
    return when === undefined || value === undefined ? [] : [{ how, when, value }]
  })
}
