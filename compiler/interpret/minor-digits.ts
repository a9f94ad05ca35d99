// Minor units of a currency known at run time. Flows in: a code that passed the door. Flows out: its fraction digits.
import { minorUnits } from "@fmap/runtime"

/** ISO 4217's largest: what an amount of a currency without minor units (gold, SDR) may carry. */
const largestMinorUnits = 4

export function minorDigits(currency: string): number {
  return minorUnits(currency) ?? largestMinorUnits
}
