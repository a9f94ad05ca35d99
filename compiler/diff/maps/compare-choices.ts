// What changed in a choice: arms, fallbacks and ways out. Flows in: both forms. Flows out: changes. A `match` over values is a table, and is judged like the
// rows of a crosswalk.
import { armsOf } from "./choices.ts"
import { changesAskedAbout } from "./compare-conditions.ts"
import { signTurned } from "./compare-figures.ts"
import { compareForms, partOf, shownLiteral } from "./compare-forms.ts"
import { apart, type Change, type Comparing, isEmpty, isPlace, tell, valueRule } from "./comparing.ts"
import { contains, type Form } from "./form.ts"

export function compareExits(old: Form, now: Form, comparing: Comparing): void {
  tell(
    comparing,
    "M025",
    old,
    now,
    `"${comparing.role.name}" ends the record with ${said(now)} instead of ${said(old)}.`,
    {
      shown: { old: said(old), new: said(now) },
    },
  )
}

export function said({ op, detail }: Form): string {
  if (op === "exit") return detail.join(" ")
  return op === "literal" ? shownLiteral({ detail } as Form) : op
}

/** True where one side chooses and the other does not, which is told. */
export function hasChoice(old: Form, now: Form, comparing: Comparing): boolean {
  const { role } = comparing
  if (old.op === "coalesce" || now.op === "coalesce") {
    if ([old, now].some(({ op }) => op === "if" || op === "switch")) {
      branch(old, now, comparing)
      return true
    }
    compareChains(chain(old), chain(now), old, now, comparing)
    return true
  }
  if (old.op === "exit" || now.op === "exit") {
    tell(
      comparing,
      "M025",
      old,
      now,
      now.op === "exit"
        ? `"${role.name}" ends the record with ${said(now)} now.`
        : `"${role.name}" no longer ends the record.`,
      { shown: { old: old.op === "exit" ? said(old) : null, new: now.op === "exit" ? said(now) : null } },
    )
    return true
  }
  if ([old, now].some(({ op }) => op === "if" || op === "switch")) {
    branch(old, now, comparing)
    return true
  }
  return false
}

function branch(old: Form, now: Form, comparing: Comparing): void {
  if (turnsSomewhere(old, now, comparing) || turnsSomewhere(now, old, comparing)) {
    tell(comparing, "M008", old, now, `The sign of "${comparing.role.name}" is turned round in some cases.`)
    return
  }
  const isMore = contains(now, old.id)
  const isLess = contains(old, now.id)
  tell(
    comparing,
    valueRule(comparing, "M021"),
    old,
    now,
    isMore
      ? `"${comparing.role.name}" depends on a condition now.`
      : isLess
        ? `"${comparing.role.name}" no longer depends on a condition.`
        : `Another condition decides "${comparing.role.name}".`,
    lesser(comparing),
  )
}

/** One side has the value of the other with the other sign, in one of its cases. */
function turnsSomewhere(choice: Form, value: Form, { forms }: Comparing): boolean {
  if (choice.op !== "if" || value.op === "if") return false
  const { arms, otherwise } = armsOf(choice)
  return [...arms.map(({ then }) => then), otherwise].some(one => signTurned(one, value, forms))
}

function lesser({ role }: Comparing): { readonly other: boolean } {
  return { other: !role.isAmount && !role.isKey }
}

function chain(form: Form): readonly Form[] {
  return form.op === "coalesce" ? form.parts : [form]
}

export function compareCoalesce(old: Form, now: Form, comparing: Comparing): void {
  compareChains(chain(old), chain(now), old, now, comparing)
}

/** Values asked in turn, and what becomes of a record for which none is there. */
function compareChains(
  before: readonly Form[],
  after: readonly Form[],
  old: Form,
  now: Form,
  comparing: Comparing,
): void {
  const [values, others] = [before.filter(isAsked), after.filter(isAsked)]
  const [end, otherEnd] = [before.find(form => !isAsked(form)), after.find(form => !isAsked(form))]
  const { old: gone, new: come } = apart(values, others)
  const [lost, found] = [gone[0], come[0]]
  const kept = (of: readonly Form[], without: readonly Form[]): string =>
    JSON.stringify(of.filter(one => !without.includes(one)).map(one => one.id))
  if (gone.length === 1 && come.length === 1 && lost !== undefined && found !== undefined)
    compareForms(lost, found, comparing)
  else if (standForOneAnother(values, others))
    values.forEach((value, i) => {
      const other = others[i]
      if (other !== undefined) compareForms(value, other, comparing)
    })
  else if (gone.length + come.length > 0 || kept(values, gone) !== kept(others, come))
    tell(
      comparing,
      valueRule(comparing, "M003"),
      old,
      now,
      gone.length + come.length === 0
        ? `The places "${comparing.role.name}" comes from are asked in another order.`
        : `"${comparing.role.name}" has other fallbacks.`,
      lesser(comparing),
    )
  if (end?.id === otherEnd?.id) return
  if (end?.op === "literal" && otherEnd?.op === "literal") compareForms(end, otherEnd, comparing)
  else
    tell(
      comparing,
      "M025",
      end ?? old,
      otherEnd ?? now,
      `Where "${comparing.role.name}" has no value, ${ending(otherEnd)}; before, ${ending(end)}.`,
      {
        shown: {
          old: end === undefined ? null : said(end),
          new: otherEnd === undefined ? null : said(otherEnd),
        },
      },
    )
}

/** What is computed stands where something computed in the same way stood, as where all of them read one value that is another. */
function standForOneAnother(old: readonly Form[], now: readonly Form[]): boolean {
  return (
    old.length === now.length &&
    old.every((value, i) => {
      const other = now[i]
      return value.id === other?.id || (value.op === other?.op && !isPlace(value))
    })
  )
}

/** What may be missing; the rest is what stands at the end. */
function isAsked(form: Form): boolean {
  return form.op !== "exit" && form.op !== "literal" && !isEmpty(form)
}

function ending(form: Form | undefined): string {
  if (form === undefined || isEmpty(form)) return "it is left empty"
  return form.op === "exit" ? `the record ends with ${said(form)}` : `it is ${said(form)}`
}

export function compareIfs(old: Form, now: Form, comparing: Comparing): void {
  const [before, after] = [armsOf(old), armsOf(now)]
  if (before.arms.length !== after.arms.length) {
    branch(old, now, comparing)
    return
  }
  const conditions = apart(
    before.arms.map(({ when }) => when),
    after.arms.map(({ when }) => when),
  )
  if (conditions.old.length + conditions.new.length > 0) {
    const values = apart(
      [...before.arms.map(({ then }) => then), before.otherwise],
      [...after.arms.map(({ then }) => then), after.otherwise],
    )
    const asked = askedAbout(conditions.old, conditions.new, comparing)
    if (asked === null)
      tell(
        comparing,
        valueRule(comparing, "M021"),
        conditions.old[0] ?? old,
        conditions.new[0] ?? now,
        `Another condition decides "${comparing.role.name}".`,
        lesser(comparing),
      )
    else for (const change of asked) comparing.report(change)
    values.old.forEach((value, i) => {
      const other = values.new[i]
      if (other !== undefined) compareForms(value, other, comparing)
    })
    return
  }
  const [only, other] = [before.arms[0], after.arms[0]]
  if (
    only?.then.id === after.otherwise.id &&
    other?.then.id === before.otherwise.id &&
    before.arms.length === 1
  ) {
    tell(
      comparing,
      valueRule(comparing, "M021"),
      old,
      now,
      `"${comparing.role.name}" is decided the other way round.`,
      lesser(comparing),
    )
    return
  }
  // the conditions are the same ones; those that may overlap may stand in another order
  const order = (arms: typeof before.arms): string => JSON.stringify(arms.map(({ when }) => when.id))
  if (order(before.arms) !== order(after.arms))
    tell(
      comparing,
      valueRule(comparing, "M021"),
      old,
      now,
      `The conditions that decide "${comparing.role.name}" are asked in another order.`,
      lesser(comparing),
    )
  for (const arm of before.arms) {
    const other = after.arms.find(({ when }) => when.id === arm.when.id)
    if (other !== undefined) compareForms(arm.then, other.then, comparing)
  }
  compareForms(before.otherwise, after.otherwise, comparing)
}

/** Each condition asks what it asked, of something that is made differently: that is told. Null: one of them is another. */
function askedAbout(
  old: readonly Form[],
  now: readonly Form[],
  comparing: Comparing,
): readonly Change[] | null {
  if (old.length !== now.length) return null
  const found = old.map((condition, i) => {
    const other = now[i]
    return other === undefined ? null : changesAskedAbout(condition, other, comparing)
  })
  return found.some(one => one === null) ? null : found.flatMap(one => one ?? [])
}

export function compareSwitches(old: Form, now: Form, comparing: Comparing): void {
  const subject = partOf(old)
  const otherSubject = partOf(now)
  compareForms(subject, otherSubject, comparing)
  const [before, after] = [table(old), table(now)]
  const name = comparing.role.name
  for (const role of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(role), after.get(role)]
    if (was?.id === is?.id) continue
    const code = JSON.stringify(role.slice(1))
    if ((role === "otherwise" || role === "missing") && !(goesDeeper(was) && goesDeeper(is))) {
      const what = role === "otherwise" ? "For all other codes" : "Without a code"
      tell(
        comparing,
        role === "missing" ? "M025" : "M018",
        was ?? old,
        is ?? now,
        `${what} "${name}" is another value.`,
        {
          shown: { old: was === undefined ? null : said(was), new: is === undefined ? null : said(is) },
        },
      )
    } else if (was !== undefined && is !== undefined) {
      if (was.op === "literal" && is.op === "literal")
        tell(
          comparing,
          valueRule(comparing, "M015"),
          was,
          is,
          `${code} gives "${name}" ${said(is)} instead of ${said(was)}.`,
        )
      else if (was.op === "exit" && is.op !== "exit")
        tell(comparing, "M017", was, is, `${code} has a value of "${name}" now.`)
      else if (is.op === "exit" && was.op !== "exit")
        tell(comparing, "M016", was, is, `${code} no longer has a value of "${name}".`)
      else compareForms(was, is, comparing)
    } else if (is !== undefined) {
      // a code that there was not before is the contract's change
      if (comparing.domains.old(subject)?.includes(role.slice(1)) === false) continue
      const fallback = before.get("otherwise")
      tell(comparing, "M017", fallback ?? null, is, `${code} has a value of "${name}" of its own now.`, {
        other: fallback !== undefined && fallback.op !== "exit",
      })
    } else if (was !== undefined) {
      if (comparing.domains.new(otherSubject)?.includes(role.slice(1)) === false) continue
      tell(
        comparing,
        "M016",
        was,
        after.get("otherwise") ?? null,
        `${code} no longer has a value of "${name}" of its own.`,
      )
    }
  }
}

/** Both are computed, so that what differs stands further in. */
function goesDeeper(form: Form | undefined): boolean {
  return form !== undefined && form.op !== "literal" && form.op !== "exit" && !isEmpty(form)
}

function table(form: Form): ReadonlyMap<string, Form> {
  return new Map(
    form.detail.flatMap((role, i) => {
      const part = form.parts[i + 1]
      return part === undefined ? [] : [[role, part] as const]
    }),
  )
}
