// The rows of a crosswalk, wherever they stand. Flows in: a declaration. Flows out: rows with keys in the form they are compared in. Reads no file.
import { normaliseKey, writeJson } from "@fmap/runtime"
import type { PlanCrosswalk } from "../../plan/index.ts"

export interface Row {
  /** Null: every key. */
  readonly keys: readonly (string | null)[]
  readonly from: string
  readonly until: string
  readonly value: unknown
  readonly at: PlanCrosswalk["at"] | null
}

/** Null: they stand in a file. */
export function inlineRows({ rows, keyForm }: PlanCrosswalk): readonly Row[] | null {
  return (
    rows?.map(row => ({
      ...row,
      keys: row.keys.map(key => (key === null ? null : normaliseKey(key, keyForm))),
    })) ?? null
  )
}

export function rowText({ value }: Row): string {
  const text = writeJson(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
