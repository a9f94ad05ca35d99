// A value that does not fit its target field: whatever the door would call it, for the author it is one code.
import { fitsMinorUnits } from "../decimal/scaled.ts"
import { isRefused, type Refused, refuse } from "../door/refused.ts"
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

/** The refusal a written value is or holds: a time without a place in its pattern, a list that cannot be joined. */
export function firstRefused(written: unknown): Refused | undefined {
  if (isRefused(written)) return written
  if (Array.isArray(written)) {
    for (const row of written) if (isRefused(row)) return row
    return undefined
  }
  if (typeof written !== "object" || written === null) return undefined
  for (const member of Object.values(written)) if (Array.isArray(member)) return firstRefused(member)
  return undefined
}

/** Are the digits beyond `to` all zeros? */
export function checkScale(value: bigint, from: number, to: number): Refused | undefined {
  if (fitsMinorUnits(value, from, to)) return undefined
  return refuse("OUT_OF_RANGE", `Expected at most ${to} digits after the point, found more.`)
}
