// What changed in a crosswalk: its rows by keys and days, and what it answers where there is none. Flows in: both declarations, with the rows of their
// files where somebody read them. Flows out: changes. The order of rows says nothing, nor how days are divided among rows of one value.
import { daysWithout, pointer, sharedDays, shownDays, writeJson } from "@fmap/runtime"
import type { Plan, PlanCrosswalk } from "../../plan/index.ts"
import type { MappingRule } from "../rules/mappings.ts"
import { said } from "./compare-choices.ts"
import { type Row, rowText } from "./crosswalk-rows.ts"
import type { Form, Forms } from "./form.ts"
import { shapesOf } from "./map-form.ts"
import { formOf, type Meaning, none } from "./meaning.ts"

export interface TableChange {
  readonly rule: MappingRule
  readonly other?: boolean
  readonly path: string
  readonly old: TableSide | null
  readonly new: TableSide | null
  readonly message: string
}

export interface TableSide {
  /** The same however it is written. */
  readonly canonical: string
  readonly text: string
  readonly at: PlanCrosswalk["at"] | null
}

export interface TableIn {
  readonly crosswalk: PlanCrosswalk
  readonly plan: Plan
  readonly forms: Forms
  /** Null: they stand in a file that was not read. */
  readonly rows: readonly Row[] | null
}

export function crosswalkChanges(old: TableIn, now: TableIn): readonly TableChange[] {
  const found: TableChange[] = []
  const name = now.crosswalk.id
  const tell = (
    rule: MappingRule,
    was: TableSide | null,
    is: TableSide | null,
    message: string,
    more: Partial<TableChange> = {},
  ): void => void found.push({ rule, path: "", old: was, new: is, message, ...more })

  const isRead = old.rows !== null && now.rows !== null
  const source = ({ crosswalk }: TableIn): string =>
    JSON.stringify([
      crosswalk.keyForm,
      crosswalk.parameters.length,
      crosswalk.hierarchy?.levels ?? null,
      // what was read tells more than where it was read
      isRead ? null : crosswalk.external,
    ])
  if (source(old) !== source(now))
    tell("M023", declared(old), declared(now), `${name} finds its rows in another way.`)
  else if (!isRead && old.crosswalk.version !== now.crosswalk.version)
    tell(
      "M030",
      plain(old.crosswalk.version),
      plain(now.crosswalk.version),
      `${name} has version ${now.crosswalk.version} instead of ${old.crosswalk.version}; its rows stand in a file.`,
    )
  const [end, otherEnd] = [unmappedForm(old), unmappedForm(now)]
  if (end.id !== otherEnd.id)
    tell("M018", ending(end), ending(otherEnd), `A code without a row of ${name} gets another answer.`)
  if (old.rows !== null && now.rows !== null)
    compareRows(old.rows, now.rows, name, end.op !== "none" && end.op !== "exit", tell)
  if (losesWayBack(old, now)) tell("M019", null, null, `A value of ${name} no longer says which code it was.`)
  return found
}

type Tell = (
  rule: MappingRule,
  was: TableSide | null,
  is: TableSide | null,
  message: string,
  more?: Partial<TableChange>,
) => void

function compareRows(
  old: readonly Row[],
  now: readonly Row[],
  name: string,
  hasDefault: boolean,
  tell: Tell,
): void {
  const before = byKeys(old)
  const after = byKeys(now)
  for (const keys of new Set([...before.keys(), ...after.keys()])) {
    const [were, are] = [before.get(keys) ?? [], after.get(keys) ?? []]
    const [any] = [...were, ...are]
    if (any === undefined) continue
    const path = any.keys.reduce<string>((to, key) => pointer(to, key ?? "_"), "")
    const shown = any.keys.map(key => key ?? "_").join(", ")
    const once = new Set<string>()
    const say = (rule: MappingRule, was: Row | null, is: Row | null, days: string, words: string): void => {
      const identity = JSON.stringify(
        [rule, was?.value, is?.value].map(part => part ?? null),
        asText,
      )
      if (once.has(identity)) return
      once.add(identity)
      const isGeneral =
        rule === "M017" && (hasDefault || old.some(row => row !== was && covers(row, any.keys)))
      tell(rule, side(was), side(is), `${shown} in ${name}${days === "" ? "" : ` ${days}`}: ${words}`, {
        path,
        ...(isGeneral ? { other: true } : {}),
      })
    }
    for (const was of were) {
      for (const is of are) {
        const days = sharedDays(was, is)
        if (days !== undefined && valueText(was) !== valueText(is))
          say("M015", was, is, shownDays(days), `${rowText(is)} instead of ${rowText(was)}.`)
      }
      for (const days of daysWithout(was, are))
        say("M016", was, null, shownDays(days), `${rowText(was)} is no longer given.`)
    }
    for (const is of are)
      for (const days of daysWithout(is, were))
        say("M017", null, is, shownDays(days), `${rowText(is)} is given now.`)
  }
}

function asText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value
}

/** A row for more codes than these. */
function covers(row: Row, keys: readonly (string | null)[]): boolean {
  return (
    row.keys.some((key, i) => key === null && keys[i] !== null) &&
    row.keys.every((key, i) => key === null || key === keys[i])
  )
}

function byKeys(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const keys = JSON.stringify(row.keys)
    const known = found.get(keys)
    if (known === undefined) found.set(keys, [row])
    else known.push(row)
  }
  return found
}

function valueText({ value }: Row): string {
  return writeJson(value)
}

function side(row: Row | null): TableSide | null {
  return row === null ? null : { canonical: valueText(row), text: rowText(row), at: row.at }
}

function plain(text: string): TableSide {
  return { canonical: text, text, at: null }
}

function declared({ crosswalk }: TableIn): TableSide {
  const { keyForm, external, at } = crosswalk
  const text = external === null ? keyForm : `${external.format} ${external.path}`
  return { canonical: JSON.stringify([keyForm, external, crosswalk.hierarchy ?? null]), text, at }
}

function unmappedForm({ crosswalk, plan, forms }: TableIn): Form {
  if (crosswalk.unmapped === null) return none(forms)
  const meaning: Meaning = {
    forms,
    shape: shapesOf(plan).shape,
    crosswalk: id => id,
    variables: new Map(
      crosswalk.parameters.map((_, i) => [i, forms.make("input", ["key", String(i)], [])] as const),
    ),
    targets: "inline",
    path: null,
    scope: [],
  }
  return formOf(crosswalk.unmapped, meaning)
}

function ending(form: Form): TableSide | null {
  return form.op === "none" ? null : { canonical: said(form), text: said(form), at: form.at }
}

/** It was promised, or so of all rows there were. */
function losesWayBack(old: TableIn, now: TableIn): boolean {
  if (old.crosswalk.bothWays) return !now.crosswalk.bothWays
  return old.rows !== null && now.rows !== null && !hasTwins(old.rows) && hasTwins(now.rows)
}

/** Two codes with one value on one day. */
function hasTwins(rows: readonly Row[]): boolean {
  const byValue = new Map<string, Row[]>()
  for (const row of rows) {
    if (row.keys.length !== 1) return false
    const value = valueText(row)
    const known = byValue.get(value)
    if (known === undefined) byValue.set(value, [row])
    else if (known.some(other => other.keys[0] !== row.keys[0] && sharedDays(row, other) !== undefined))
      return true
    else known.push(row)
  }
  return false
}
