// A row of a crosswalk the other way round. Flows in: a row of one key and one value, and their types; flows out: the row that finds the
// key by the value. Keys are canonical text, values stand as on the wire; both are known to fit their types.
import { isRefused } from "../door/refused.ts"
import { cellWireValue, keyText, readScalar, type ScalarSpec } from "./cell.ts"

export function inverseRow(
  row: { readonly keys: readonly (string | null)[]; readonly value: unknown },
  types: { readonly key: ScalarSpec; readonly value: ScalarSpec },
): { readonly keys: readonly [string]; readonly value: unknown } {
  const value = readScalar(row.value, types.value)
  if (isRefused(value)) throw new Error("A row was not checked before it was turned round.")
  return { keys: [keyText(value, types.value)], value: cellWireValue(row.keys[0] ?? "", types.key) }
}
