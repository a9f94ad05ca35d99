// JSON files as tables of cells: a list of objects, one a row. Flows in: text; flows out: columns (every member any row has) and rows with
// their lines, or every problem. Figures keep every digit; what kind each cell was stays known, so that 7 never passes for "7".

import type { CrosswalkTable } from "../../crosswalks/load-crosswalk.ts"
import { decimalOfNumber } from "../../decimal/json-number.ts"
import { formatShortest } from "../../decimal/scaled.ts"
import { isExactNumber } from "./exact-number.ts"
import { readJson } from "./read-json.ts"

/** `line` is where the row begins, 1-based. */
export interface JsonTableProblem {
  readonly line: number
  readonly code: "BAD_JSON" | "NO_ROWS" | "BAD_ROW"
  readonly message: string
}

export type JsonTableResult =
  | { readonly ok: CrosswalkTable }
  | { readonly problems: readonly JsonTableProblem[] }

type Row = CrosswalkTable["rows"][number]
type Kind = NonNullable<Row["kinds"]>[number]

export function readJsonTable(text: string): JsonTableResult {
  const read = readJson(text)
  if (!("ok" in read)) {
    const { line, message } = read.refused
    return { problems: [{ line, code: "BAD_JSON", message }] }
  }
  if (!Array.isArray(read.ok)) {
    const message = "The file holds no list of objects."
    return { problems: [{ line: 1, code: "NO_ROWS", message }] }
  }
  const lines = linesOfItems(text)
  const problems: JsonTableProblem[] = []
  const columns = new Map<string, number>()
  const rows = read.ok.flatMap((item: unknown, index): Row[] => {
    const line = lines[index] ?? 1
    const refuse = (message: string): Row[] => {
      problems.push({ line, code: "BAD_ROW", message })
      return []
    }
    if (typeof item !== "object" || item === null || Array.isArray(item) || isExactNumber(item))
      return refuse("This item of the list is no object.")
    const cells: string[] = []
    const kinds: Kind[] = []
    for (const [name, value] of Object.entries(item)) {
      const position = columns.get(name) ?? columns.size
      columns.set(name, position)
      const cell = cellOf(value)
      if (typeof cell === "string") return refuse(`"${name.slice(0, 60)}" holds ${cell}.`)
      cells[position] = cell.text
      kinds[position] = cell.kind
    }
    return [{ line, cells, kinds }]
  })
  if (problems.length > 0) return { problems }
  const width = columns.size
  return { ok: { columns: [...columns.keys()], sparse: true, rows: rows.map(row => filled(row, width)) } }
}

/** What a later row has and this one lacks is an empty cell. */
function filled({ line, cells, kinds }: Row, width: number): Row {
  return {
    line,
    cells: Array.from({ length: width }, (_, i) => cells[i] ?? ""),
    kinds: Array.from({ length: width }, (_, i) => kinds?.[i] ?? "nothing"),
  }
}

/** A text says what it cannot be. */
function cellOf(value: unknown): { readonly text: string; readonly kind: Kind } | string {
  if (value === null) return { text: "", kind: "nothing" }
  if (typeof value === "string") return { text: value, kind: "text" }
  if (typeof value === "boolean") return { text: String(value), kind: "flag" }
  if (typeof value !== "number" && !isExactNumber(value)) return "a list or an object"
  const decimal = decimalOfNumber(value)
  return typeof decimal === "string"
    ? "a number nobody can write out"
    : { text: formatShortest(decimal.unscaled, decimal.scale), kind: "number" }
}

/** The lines on which the items of the outer list begin. The text is JSON. */
function linesOfItems(text: string): readonly number[] {
  const lines: number[] = []
  let line = 1
  let depth = 0
  let fresh = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string
    if (sign === "\n") line++
    if (sign === " " || sign === "\n" || sign === "\r" || sign === "\t" || sign === "\ufeff") continue
    if (fresh && sign !== "]") lines.push(line)
    fresh = false
    if (sign === '"') at = endOfString(text, at)
    else if (sign === "[" || sign === "{") {
      depth++
      fresh = depth === 1
    } else if (sign === "]" || sign === "}") depth--
    else if (sign === "," && depth === 1) fresh = true
  }
  return lines
}

function endOfString(text: string, opening: number): number {
  let at = opening + 1
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1
  return at
}
