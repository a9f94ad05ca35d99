// A contract that is a whole file of rows: its one field is a list of records. Flows in: what a codec knows of the contract. Flows out: the name
// of the list and the shape of a row, or null where each row is a record of its own.
import type { PayloadShape } from "../wire/wire-spec.ts"

export interface WholeFile {
  readonly name: string
  readonly row: PayloadShape
}

export function wholeFile(shapes: readonly PayloadShape[]): WholeFile | null {
  const [only, ...others] = shapes[0]?.fields ?? []
  if (only === undefined || others.length > 0) return null
  const { name, holds } = only
  if (holds.kind !== "list" || holds.under !== null || holds.of.kind !== "record") return null
  const row = shapes[holds.of.shape]
  return row === undefined ? null : { name, row }
}

/** The columns of a row. */
export function rowShape(shapes: readonly PayloadShape[]): PayloadShape {
  return wholeFile(shapes)?.row ?? shapes[0] ?? { fields: [] }
}
