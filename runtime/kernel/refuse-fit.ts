// A value that does not fit its target field: whatever the door would call it, for the author it is one code.
import { fitsMinorUnits } from "../decimal/scaled.ts"
import { type Refused, refuse } from "../door/refused.ts"
import type { Report } from "../results/report.ts"

/** `value`: canonical text of the offending value, undefined for lists. */
export function refuseFit(
  report: Report,
  refused: Refused,
  root: string,
  pointer: string,
  masked: boolean,
  value: unknown,
  at: string,
): void {
  report.add("reject", "OUT_OF_RANGE", { root, pointer, at, masked }, refused.message, value)
}

/** Are the digits beyond `to` all zeros? */
export function checkScale(value: bigint, from: number, to: number): Refused | undefined {
  if (fitsMinorUnits(value, from, to)) return undefined
  return refuse("OUT_OF_RANGE", `Expected at most ${to} digits after the point, found more.`)
}
