// Rows of a crosswalk that stand in a file of the project, as a release keeps them. Flows in: rows as they were read, or JSON of a manifest. Flows out: lines in an order that no file decides, their
// hash, and rows again. Many rows are known by their hash alone.
import { isExactNumber, isPayloadObject, sha256, writeJson } from "@fmap/runtime"
import type { Row } from "../diff/maps/crosswalk-rows.ts"
import type { Hash } from "./content-hash.ts"

export interface KeptRows {
  /** Of all rows, sorted. */
  readonly hash: string
  /** Null: they are too many to be kept. */
  readonly rows: readonly Row[] | null
}

const most = 50_000

/** A value is data of an author: all of its members count, whatever they are called. */
export function keptRows(rows: readonly Row[], hash: Hash = sha256): KeptRows {
  const lines = rows.map(rowLine).toSorted()
  return { hash: hash(lines.join("\n")), rows: rows.length > most ? null : rows }
}

export function rowLines(rows: readonly Row[]): readonly string[] {
  return rows.map(rowLine).toSorted()
}

function rowLine({ keys, from, until, value }: Row): string {
  return writeJson([keys, from, until, sorted(value)] as Parameters<typeof writeJson>[0])
}

/** Members in order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (isExactNumber(value) || !isPayloadObject(value)) return value
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))
}

/** Null: it holds none, or what is none. */
export function rowsOfJson(json: unknown): readonly Row[] | null {
  if (!Array.isArray(json)) return null
  const rows = json.map(line => (Array.isArray(line) ? rowOf(line) : null))
  return rows.every(row => row !== null) ? rows : null
}

function rowOf([keys, from, until, value]: readonly unknown[]): Row | null {
  if (!Array.isArray(keys) || typeof from !== "string" || typeof until !== "string") return null
  const texts = keys.map(key => (typeof key === "string" || key === null ? key : undefined))
  return texts.every(key => key !== undefined) ? { keys: texts, from, until, value, at: null } : null
}
