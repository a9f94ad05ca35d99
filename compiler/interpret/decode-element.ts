// Decodes what a generator reads of one payload row. Flows in: the row and where its list stands. Flows out: the record,
// or poison when the row is none.
import type { PlanBinding } from "../plan/index.ts"
import { decodeRecord } from "./decode-record.ts"
import { elementDoor } from "./decode-value.ts"
import type { Door } from "./door.ts"
import { evaluate } from "./evaluate.ts"
import type { Scope } from "./scope.ts"
import type { Outcome, RowsValue } from "./value.ts"

export function decodeElement(
  row: unknown,
  index: number,
  rows: RowsValue,
  binding: PlanBinding,
  scope: Scope,
): Outcome {
  const { run, report } = scope
  const units = binding.arguments.map(argument => evaluate(argument, scope))
  const door: Door = { ...rows.door, report }
  const shape = run.index.shape(binding.shape)
  return decodeRecord(
    row,
    { shape, reads: binding.reads, rules: binding.rules, units },
    elementDoor(door, rows.type, index),
  )
}
