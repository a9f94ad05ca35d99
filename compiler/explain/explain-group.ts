// Explains one value of a record that rows were collected into. Flows in: the record, the rows of the run, who explains one row. Flows out:
// how the rows made it, and each of the first of them explained. Keeps no row but those it tells.
import { type Done, isRefused, masked, ownMember, readObject, writeJson } from "@fmap/runtime"
import { decodeFinished, type Run, readerOf } from "../interpret/internals.ts"
import type { PlanField, PlanMap } from "../plan/index.ts"
import { navigate } from "../testing/navigate.ts"
import { shownOutcome } from "../testing/shown.ts"
import { currencyOf, shownIssues } from "./explain-record.ts"
import type { ExplainSetQuestion, RecordedRow, RowExplainer } from "./explain-set.ts"
import type { Collected, Explained, Explanation } from "./explanation.ts"
import { madeOfHidden } from "./hidden.ts"
import { placeInResult } from "./place-in-result.ts"

/** Rows of a sum that are told one by one. */
const mostTold = 20

interface Asked {
  readonly map: PlanMap
  readonly run: Run
  readonly explainer: RowExplainer
}

/** Null: the target has no such place. */
export async function explainGroup(
  { value, notes }: Done<unknown>,
  question: ExplainSetQuestion,
  { map, run, explainer }: Asked,
): Promise<Explanation | null> {
  const { index } = run
  const { pointer } = question.of
  const target = index.shape(map.target.shape)
  const path = placeInResult(pointer, target, index)
  if (path === null) return null
  const record = decodeFinished(value, map, run)
  const show = (at: readonly (string | number)[]): string => {
    const place = navigate(record, target, at, index)
    return shownOutcome(place.value, place.type, currencyOf(place))
  }
  const field = target.fields.find(({ name }) => name === path[0])
  const fold = field === undefined ? null : foldOf(field, map)
  const rows = await rowsOf(value, field, question, { map, run })
  const told = rows.told.flatMap(({ row, number }) => explainer(row, number, pointer) ?? [])
  const [first] = told
  if (first === undefined) return null

  const hides = ({ name }: PlanField): boolean => madeOfHidden(map, question.plan, name)
  const isHidden = told.some(one => one.tree?.value === masked) || (field !== undefined && hides(field))
  const shown = isHidden ? masked : pointer === "" ? "a record" : show(path)
  const at = index.position(fold === null ? map.at : (map.set?.collect?.at ?? map.at))
  const listed = target.fields
    .filter(({ name }) => map.body.fields.some(one => one.field === name))
    .map(one => ({
      text: one.name,
      value: hides(one) ? masked : show([one.name]),
      at,
      note: howMade(one, map, rows.rows),
      parts: [],
    }))
  const tree: Explained = {
    text: field === undefined ? map.name : fold === null ? field.name : `${fold} ${field.name}`,
    value: shown,
    at,
    note: field === undefined ? counted(rows.rows) : howMade(field, map, rows.rows),
    parts: pointer === "" ? listed : partsOf(told, rows.values),
  }
  return {
    ...first,
    status: "done",
    row: null,
    collected: { fold, rows: rows.rows, values: rows.values, told: told.map(({ row }) => row ?? 0) },
    value: shown,
    at,
    issues: [
      ...shownIssues(notes.filter(note => [pointer, ""].includes(note.pointer))),
      ...told.flatMap(({ issues }) => issues),
    ],
    tree,
    sources: told.flatMap(({ sources }) => sources),
    crosswalks: told.flatMap(({ crosswalks }) => crosswalks),
    roundings: told.flatMap(({ roundings }) => roundings),
    allocations: told.flatMap(({ allocations }) => allocations),
  }
}

function foldOf({ name }: PlanField, map: PlanMap): Collected["fold"] {
  return map.set?.collect?.folds.find(({ field }) => field === name)?.operation ?? null
}

function howMade(field: PlanField, map: PlanMap, rows: number): string {
  const fold = foldOf(field, map)
  if (fold !== null) return `${fold} of ${counted(rows)}`
  const isKey = map.set?.collect?.keys.includes(field.name) === true
  return `${isKey ? "collected by it: " : "the same in "}${counted(rows)}`
}

function partsOf(told: readonly Explanation[], values: number): readonly Explained[] {
  const rows = told.map(
    ({ row, tree, value, at }): Explained => ({
      ...(tree ?? { value, at, note: "", parts: [] }),
      text: `row ${row}${tree === null || tree.text === "" ? "" : `: ${tree.text}`}`,
    }),
  )
  const left = values - told.length
  if (told.length < mostTold || left <= 0) return rows
  return [...rows, { text: `and ${counted(left)} more`, value: "", at: "", note: "", parts: [] }]
}

interface GroupRows {
  readonly rows: number
  /** That have a value of the field. */
  readonly values: number
  readonly told: readonly { readonly row: RecordedRow; readonly number: number }[]
}

/** The rows of the group, and which of them are told: for a sum the first that add something, otherwise the one that gave the value. */
async function rowsOf(
  record: unknown,
  field: PlanField | undefined,
  { input, rows }: ExplainSetQuestion,
  { map, run }: Omit<Asked, "explainer">,
): Promise<GroupRows> {
  const target = run.index.shape(map.target.shape)
  const keys = target.fields.filter(({ name }) => map.set?.collect?.keys.includes(name) === true)
  const identityOf = (of: unknown): string => keys.map(key => writeJson(memberOf(of, key))).join()
  const wanted = identityOf(record)
  const result = field === undefined ? null : writeJson(memberOf(record, field))
  const fold = field === undefined ? null : foldOf(field, map)
  const { read } = readerOf(map, input, run)
  const told: { row: RecordedRow; number: number }[] = []
  let number = -1
  let found = 0
  let values = 0
  for await (const row of rows()) {
    number++
    const one = "lost" in row ? undefined : read?.(row.payload).result
    if (one?.status !== "done" || identityOf(one.value) !== wanted) continue
    found++
    const value = field === undefined ? null : memberOf(one.value, field)
    if (value !== null) values++
    switch (fold) {
      case "sum":
        if (value !== null && told.length < mostTold) told.push({ row, number })
        break
      case "min":
      case "max":
        if (told.length === 0 && writeJson(value) === result) told.push({ row, number })
        break
      case "last":
        told.splice(0, 1, { row, number })
        break
      case "first":
      case null:
        if (told.length === 0) told.push({ row, number })
        break
    }
    // Nothing was added up, and the first row says why.
    if (fold === "sum" && result === "null" && told.length === 0) told.push({ row, number })
  }
  return { rows: found, values, told }
}

/** As it stands on the wire; null: it is not there. */
function memberOf(record: unknown, { wireName }: PlanField): unknown {
  const object = readObject(record)
  return isRefused(object) ? null : (ownMember(object, wireName) ?? null)
}

function counted(rows: number): string {
  return `${rows} row${rows === 1 ? "" : "s"}`
}
