// What changed between two forms of one value, at the innermost place that differs. Flows in: both forms and where they stand. Flows out: changes,
// at least one where the forms differ in what they do. Each kind of operation has its comparer; here stands what wraps one around the other.

import type { MappingRule } from "../rules/mappings.ts"
import { compareCoalesce, compareExits, compareIfs, compareSwitches, hasChoice } from "./compare-choices.ts"
import { changesAskedAbout } from "./compare-conditions.ts"
import { compareProducts, compareRounds, compareSums, roundingApart, signTurned } from "./compare-figures.ts"
import { compareRecords } from "./compare-records.ts"
import {
  compareAggregates,
  compareEach,
  compareGroupings,
  compareLists,
  compareNestings,
} from "./compare-rows.ts"
import { type Comparing, isEmpty, isFigure, isPlace, tell, valueRule } from "./comparing.ts"
import { type Form, within } from "./form.ts"

export function compareForms(before: Form, after: Form, comparing: Comparing): void {
  if (before.id === after.id) return
  const { targets, role } = comparing
  const old = resolved(before, after, targets.old)
  const now = resolved(after, before, targets.new)
  if (old.id === now.id) return
  if (signTurned(old, now, comparing.forms)) {
    tell(comparing, "M008", old, now, `The sign of "${role.name}" is turned round.`)
    return
  }
  if (old.op === now.op) compareSame(old, now, comparing)
  else compareDifferent(old, now, comparing)
}

/** A target field that is read again stands for what it is made of, where the other side does not read it. */
function resolved(form: Form, other: Form, targets: ReadonlyMap<string, Form>): Form {
  return form.op === "target" && other.op !== "target" ? (targets.get(form.detail[0] ?? "") ?? form) : form
}

function compareSame(old: Form, now: Form, comparing: Comparing): void {
  const { role } = comparing
  switch (old.op) {
    case "literal":
      tell(
        comparing,
        valueRule(comparing, "M020"),
        old,
        now,
        `"${role.name}" is ${shownLiteral(now)} instead of ${shownLiteral(old)}.`,
        { shown: { old: shownLiteral(old), new: shownLiteral(now) } },
      )
      return
    case "exit":
      compareExits(old, now, comparing)
      return
    case "field":
      if (old.detail[0] === now.detail[0] && !isPlace(partOf(old)) && !isPlace(partOf(now)))
        compareForms(partOf(old), partOf(now), comparing)
      else anotherSource(old, now, comparing)
      return
    case "input":
    case "row":
    case "beside":
    case "target":
    case "entry":
      anotherSource(old, now, comparing)
      return
    case "sum":
      compareSums(old, now, comparing)
      return
    case "product":
    case "inverse":
      compareProducts(old, now, comparing)
      return
    case "round":
      compareRounds(old, now, comparing)
      return
    case "switch":
      compareSwitches(old, now, comparing)
      return
    case "if":
      compareIfs(old, now, comparing)
      return
    case "coalesce":
      compareCoalesce(old, now, comparing)
      return
    case "call":
      compareCalls(old, now, comparing)
      return
    case "lookup":
      compareLookups(old, now, comparing)
      return
    case "text":
      compareTexts(old, now, comparing)
      return
    case "record":
      compareRecords(old, now, comparing)
      return
    case "list":
      compareLists(old, now, comparing)
      return
    case "each":
      compareEach(old, now, comparing)
      return
    case "aggregate":
      compareAggregates(old, now, comparing)
      return
    case "grouping":
      compareGroupings(old, now, comparing)
      return
    case "nesting":
      compareNestings(old, now, comparing)
      return
    case "fit":
      compareFits(old, now, comparing)
      return
    case "calendar":
    case "zoned":
      compareTimes(old, now, comparing)
      return
    case "spread":
      compareSpreads(old, now, comparing)
      return
    case "share":
      compareShares(old, now, comparing)
      return
    case "compare":
    case "and":
    case "or":
    case "not":
    case "present":
      compareConditions(old, now, comparing)
      return
    case "arithmetic":
      if (old.detail[0] === now.detail[0]) compareParts(old, now, comparing)
      else computed(old, now, comparing)
      return
    // what stands in the forms of others
    case "none":
    case "missing":
    case "clear":
    case "generator":
    case "check":
    case "control":
      computed(old, now, comparing)
      return
  }
}

/** One operation around the other, or in its place. */
function compareDifferent(old: Form, now: Form, comparing: Comparing): void {
  const { role, path } = comparing
  if (old.op === "fit" || now.op === "fit") {
    compareFits(old, now, comparing)
    return
  }
  if (roundingApart(old, now, comparing)) return
  if (isCut(now) && partOf(now).id === old.id) {
    tell(comparing, "M027", old, now, `"${role.name}" is cut to a length now.`)
    return
  }
  if (hasChoice(old, now, comparing)) return
  if (isTime(old) || isTime(now)) {
    tell(comparing, "M011", old, now, `Another zone, calendar or count of days gives "${role.name}".`)
    return
  }
  if (old.op === "lookup" || now.op === "lookup") {
    const rate = [old, now].some(one => one.op === "lookup" && comparing.isRate(one.detail[0] ?? ""))
    if (rate) tell(comparing, "M010", old, now, `"${role.name}" is converted with another rate.`)
    else
      tell(
        comparing,
        valueRule(comparing, "M023"),
        old,
        now,
        now.op === "lookup" ? `"${role.name}" is looked up now.` : `"${role.name}" is no longer looked up.`,
      )
    return
  }
  if (isCollection(old) || isCollection(now)) {
    tell(comparing, valueRule(comparing, "M022"), old, now, `"${role.name}" is put together in another way.`)
    return
  }
  if (isPlace(old) && isPlace(now)) anotherSource(old, now, comparing)
  else if (isFigure(old) || isFigure(now)) computed(old, now, comparing)
  else if (old.op === "literal" || now.op === "literal")
    tell(
      comparing,
      valueRule(comparing, "M020"),
      old,
      now,
      now.op === "literal"
        ? `"${role.name}" is always ${shownLiteral(now)} now.`
        : `"${role.name}" is no longer always ${shownLiteral(old)}.`,
    )
  else if (isEmpty(old) || isEmpty(now))
    tell(
      comparing,
      "M025",
      old,
      now,
      `"${role.name}" is ${isEmpty(now) ? "left empty" : "no longer left empty"}.`,
    )
  else if (old.op === "call" || now.op === "call" || path === "") computed(old, now, comparing)
  else anotherSource(old, now, comparing)
}

export function anotherSource(old: Form, now: Form, comparing: Comparing): void {
  tell(
    comparing,
    valueRule(comparing, "M002"),
    old,
    now,
    `"${comparing.role.name}" comes from another place.`,
  )
}

export function computed(old: Form, now: Form, comparing: Comparing): void {
  tell(comparing, valueRule(comparing, "M007"), old, now, `"${comparing.role.name}" is computed differently.`)
}

/** Part by part where there are as many; else as a whole. */
export function compareParts(old: Form, now: Form, comparing: Comparing): void {
  if (old.parts.length !== now.parts.length) computed(old, now, comparing)
  else
    old.parts.forEach((part, i) => {
      const other = now.parts[i]
      if (other !== undefined) compareForms(part, other, comparing)
    })
}

/** A condition that is a value itself. */
function compareConditions(old: Form, now: Form, comparing: Comparing): void {
  const asked = changesAskedAbout(old, now, comparing)
  if (asked !== null) {
    for (const change of asked) comparing.report(change)
    return
  }
  tell(
    comparing,
    valueRule(comparing, "M021"),
    old,
    now,
    `Another condition decides "${comparing.role.name}".`,
    {
      other: !comparing.role.isAmount && !comparing.role.isKey,
    },
  )
}

function compareCalls(old: Form, now: Form, comparing: Comparing): void {
  const { role } = comparing
  if (old.detail[0] !== now.detail[0]) {
    tell(
      comparing,
      valueRule(comparing, "M007"),
      old,
      now,
      `"${role.name}" is made by ${now.detail[0]} instead of ${old.detail[0]}.`,
    )
    return
  }
  const [, size] = old.parts
  const [, other] = now.parts
  if (isCut(now) && size !== undefined && other !== undefined && size.id !== other.id) {
    const isShorter = Number(other.detail[1]) < Number(size.detail[1])
    tell(
      comparing,
      isShorter ? "M027" : "M020",
      old,
      now,
      `"${role.name}" is cut to ${shownLiteral(other)} instead of ${shownLiteral(size)}.`,
    )
  } else compareParts(old, now, comparing)
}

function isCut({ op, detail }: Form): boolean {
  return op === "call" && detail[0] === "truncate"
}

function compareLookups(old: Form, now: Form, comparing: Comparing): void {
  const { role } = comparing
  const rate = [old, now].some(one => comparing.isRate(one.detail[0] ?? ""))
  const rule = rate ? "M010" : valueRule(comparing, "M023")
  const what = rate ? `the rate of "${role.name}"` : `"${role.name}"`
  if (old.detail[0] !== now.detail[0] || old.detail[1] !== now.detail[1])
    tell(comparing, rule, old, now, `Another table gives ${what}.`)
  else if (old.parts[0]?.id !== now.parts[0]?.id)
    tell(
      comparing,
      rule,
      old.parts[0] ?? old,
      now.parts[0] ?? now,
      `Another day decides which row gives ${what}.`,
    )
  else compareLookupKeys(old, now, rule, what, comparing)
}

/** A key that is computed is compared further in: its way out, its rounding. */
function compareLookupKeys(
  old: Form,
  now: Form,
  rule: MappingRule,
  what: string,
  comparing: Comparing,
): void {
  old.parts.slice(1).forEach((key, i) => {
    const other = now.parts[i + 1]
    if (other === undefined || key.id === other.id) return
    const isComputed = key.op === other.op && !isPlace(key) && key.op !== "literal"
    if (isComputed) compareForms(key, other, comparing)
    else tell(comparing, rule, key, other, `Another key decides which row gives ${what}.`)
  })
}

function compareTexts(old: Form, now: Form, comparing: Comparing): void {
  const pieces = ({ detail }: Form): string => JSON.stringify(detail)
  if (old.parts.length !== now.parts.length)
    tell(
      comparing,
      valueRule(comparing, "M002"),
      old,
      now,
      `The text of "${comparing.role.name}" is made of other parts.`,
    )
  else {
    if (pieces(old) !== pieces(now))
      tell(
        comparing,
        valueRule(comparing, "M020"),
        old,
        now,
        `What stands around the values in the text of "${comparing.role.name}" has changed.`,
      )
    compareParts(old, now, comparing)
  }
}

/** What the compiler could not prove any more is checked at run time: a record may be rejected that was not. */
function compareFits(old: Form, now: Form, comparing: Comparing): void {
  const [a, b] = [old.op === "fit" ? partOf(old) : old, now.op === "fit" ? partOf(now) : now]
  const known = old.op === "fit" ? old.detail : []
  // how many coins a currency has is asked of every amount that is rounded to them
  const isRounded = within(now).some(({ op, detail }) => op === "round" && detail[1] === "minor")
  const asked = (now.op === "fit" ? now.detail : []).filter(limit => {
    const [kind] = limit.split(" ")
    if (isRounded && (kind === "scale" || kind === "minor")) return false
    return !known.some(other => other.split(" ")[0] === kind)
  })
  if (asked.length > 0 && a.id !== b.id)
    tell(
      comparing,
      "M026",
      old,
      now,
      `"${comparing.role.name}" may no longer fit its field (${asked.map(limit => limit.split(" ")[0]).join(", ")}).`,
    )
  compareForms(a, b, comparing)
}

function isTime({ op }: Form): boolean {
  return op === "calendar" || op === "zoned"
}

function isCollection({ op }: Form): boolean {
  return op === "aggregate" || op === "each" || op === "list" || op === "grouping" || op === "nesting"
}

function compareTimes(old: Form, now: Form, comparing: Comparing): void {
  if (JSON.stringify(old.detail) === JSON.stringify(now.detail)) {
    compareParts(old, now, comparing)
    return
  }
  tell(comparing, "M011", old, now, `Another zone, calendar or count of days gives "${comparing.role.name}".`)
}

function compareSpreads(old: Form, now: Form, comparing: Comparing): void {
  const [, ends, by, rule] = old.detail
  const { detail } = now
  if (old.detail[0] !== detail[0] || ends !== detail[1] || by !== detail[2])
    tell(
      comparing,
      "M011",
      old,
      now,
      `"${comparing.role.name}" is spread over periods by another count of days.`,
    )
  else if (rule !== detail[3])
    tell(comparing, "M006", old, now, `Another period of "${comparing.role.name}" takes what is left over.`)
  compareParts(old, now, comparing)
}

function compareShares(old: Form, now: Form, comparing: Comparing): void {
  if (JSON.stringify(old.detail.slice(0, 3)) !== JSON.stringify(now.detail.slice(0, 3)))
    tell(
      comparing,
      "M006",
      old,
      now,
      `What is left over of a total goes to another row of "${comparing.role.name}".`,
    )
  else if (old.parts[1]?.id !== now.parts[1]?.id)
    tell(comparing, "M007", old, now, `"${comparing.role.name}" is shared out by other weights.`)
  const [a, b] = [old.parts[0], now.parts[0]]
  if (a !== undefined && b !== undefined) compareForms(a, b, comparing)
}

export function partOf({ parts: [first] }: Form): Form {
  if (first === undefined) throw new Error("a form has no parts")
  return first
}

export function shownLiteral({ detail: [type, value = ""] }: Form): string {
  return type === "text" ? JSON.stringify(value) : value
}
