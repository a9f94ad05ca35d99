// What changed in a figure: terms, factors, signs and roundings. Flows in: both forms. Flows out: changes. The innermost term that differs is compared
// further where one stands in the place of the other.
import { compareForms, computed, partOf } from "./compare-forms.ts"
import { apart, type Comparing, tell } from "./comparing.ts"
import { type Form, type Forms, within } from "./form.ts"
import { factorsOf, negated, type Term, termsOf } from "./linear.ts"
import { unrounded } from "./rebuild.ts"

export function signTurned(old: Form, now: Form, forms: Forms): boolean {
  const isNumber = (form: Form): boolean => form.op === "literal" && form.detail[0] === "number"
  if (old.op === "literal" || now.op === "literal") {
    if (!isNumber(old) || !isNumber(now)) return false
  }
  // only figures can be sums
  if (old.op !== "sum" && now.op !== "sum" && !(isNumber(old) && isNumber(now))) return false
  return negated(old, forms).id === now.id
}

export function compareSums(old: Form, now: Form, comparing: Comparing): void {
  const before = termsOf(old)
  const after = termsOf(now)
  if (before.constant !== after.constant) {
    computed(old, now, comparing)
    return
  }
  const rest = [...after.terms]
  const gone: Term[] = []
  const take = (wanted: (term: Term) => boolean): Term | undefined => {
    const index = rest.findIndex(wanted)
    return index < 0 ? undefined : rest.splice(index, 1)[0]
  }
  for (const term of before.terms)
    if (take(({ factor, of }) => factor === term.factor && of.id === term.of.id) === undefined)
      gone.push(term)
  if (gone.length !== rest.length || roundingApart(old, now, comparing)) {
    if (gone.length !== rest.length && !roundingApart(old, now, comparing)) computed(old, now, comparing)
    return
  }
  for (const term of gone) {
    const other =
      take(({ of }) => of.id === term.of.id) ?? take(({ of }) => of.op === term.of.op) ?? rest.shift()
    if (other === undefined) continue
    if (other.factor !== term.factor) computed(old, now, comparing)
    else compareForms(term.of, other.of, comparing)
  }
}

export function compareProducts(old: Form, now: Form, comparing: Comparing): void {
  const { old: gone, new: come } = apart(factorsOf(old), factorsOf(now))
  const [before, after] = [gone[0], come[0]]
  if (gone.length === 1 && come.length === 1 && before !== undefined && after !== undefined) {
    if (old.op === "inverse" && now.op === "inverse") compareForms(partOf(old), partOf(now), comparing)
    else compareForms(before, after, comparing)
  } else computed(old, now, comparing)
}

export function compareRounds(old: Form, now: Form, comparing: Comparing): void {
  const [mode, digits] = old.detail
  const [otherMode, otherDigits] = now.detail
  const name = comparing.role.name
  if (mode !== otherMode)
    tell(comparing, "M004", old, now, `"${name}" is rounded ${otherMode} instead of ${mode}.`, {
      shown: { old: mode ?? "", new: otherMode ?? "" },
    })
  if (digits !== otherDigits)
    tell(
      comparing,
      "M005",
      old,
      now,
      `"${name}" is rounded to ${shownDigits(otherDigits)} instead of ${shownDigits(digits)}.`,
      { shown: { old: digits ?? "", new: otherDigits ?? "" } },
    )
  else if (old.parts[1]?.id !== now.parts[1]?.id)
    tell(comparing, "M010", old, now, `"${name}" is rounded to the coins of another currency.`)
  compareForms(partOf(old), partOf(now), comparing)
}

function shownDigits(digits: string | undefined): string {
  return digits === "minor" ? "the coins of its currency" : `${digits} digits`
}

/** True where nothing but rounding differs, which is told. */
export function roundingApart(old: Form, now: Form, comparing: Comparing): boolean {
  const before = roundings(old)
  const after = roundings(now)
  if (before.length + after.length === 0) return false
  const { forms, role } = comparing
  if (unrounded(old, forms).id !== unrounded(now, forms).id) return false
  const all = (of: readonly Form[], said: (one: Form) => string): string =>
    [...new Set(of.map(said))].toSorted().join()
  const differ = (said: (one: Form) => string): boolean => all(before, said) !== all(after, said)
  if (before.length === 0) tell(comparing, "M027", old, now, `"${role.name}" is rounded now.`)
  else if (after.length === 0) tell(comparing, "M005", old, now, `"${role.name}" is no longer rounded.`)
  else if (!differ(one => one.detail.join(" ")))
    tell(comparing, "M006", old, now, `"${role.name}" is rounded at another point of the computation.`)
  else if (!differ(({ detail }) => detail[0] ?? ""))
    tell(comparing, "M005", old, now, `"${role.name}" is rounded to other digits on its way.`)
  else tell(comparing, "M004", old, now, `"${role.name}" is rounded another way on its way.`)
  return true
}

function roundings(form: Form): readonly Form[] {
  return within(form).filter(({ op }) => op === "round")
}
