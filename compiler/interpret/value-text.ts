// A scalar as text: in holes, keys of crosswalks, issues. Flows in: a value and its static type. Flows out: canonical text;
// a number has all the fraction digits of its type.
import { formatScaled, toScaled } from "@fmap/runtime"
import type { ValueType } from "../plan/index.ts"
import { asNumber, asText, BrokenPlan, type Outcome } from "./value.ts"

export function valueText(value: Outcome, type: ValueType): string {
  if (typeof value === "boolean") return String(value)
  if (type.kind !== "number") return asText(value)
  const scaled = toScaled(asNumber(value), type.scale)
  if (scaled === undefined) throw new BrokenPlan("a number has more digits than its type")
  return formatScaled(scaled, type.scale)
}
