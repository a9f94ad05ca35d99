// One key of a crosswalk as text. Flows in: a value and the parameter's type. Flows out: canonical text, equal for equal
// values: decimals with all fraction digits of the parameter.
import { formatScaled, toScaled, valueScale } from "@fmap/runtime"
import type { WireType } from "../plan/index.ts"
import { asNumber, asText, BrokenPlan, type Outcome } from "./value.ts"

export function keyText(value: Outcome, type: WireType): string {
  switch (type.kind) {
    case "bool":
      return String(value)
    case "int":
      return digits(value, 0)
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return digits(value, valueScale(type))
    default:
      return asText(value)
  }
}

function digits(value: Outcome, scale: number): string {
  const scaled = toScaled(asNumber(value), scale)
  if (scaled === undefined) throw new BrokenPlan("a key has more digits than its parameter")
  return formatScaled(scaled, scale)
}
