// Counts the characters (code points) of a text. Pure; see spec.ts for the promise.
import { textLength } from "../../door/text-length.ts"

export function length(text: string): bigint {
  return BigInt(textLength(text, "points"))
}
