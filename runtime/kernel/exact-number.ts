// A number of an emitted module that no JavaScript literal keeps. Flows in: its digits; flows out: what the JSON reader gives for them.
import { ExactNumber } from "../formats/json/exact-number.ts"

export function exactNumber(digits: string): ExactNumber {
  return new ExactNumber(digits)
}
