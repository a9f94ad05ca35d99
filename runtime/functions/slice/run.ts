// Cuts a part out of a text by character positions; positions beyond the end give what there is. Pure; see spec.ts for the promise.
import { pointOffset } from "../point-offset.ts"

export function slice(text: string, from: bigint, to: bigint): string {
  const start = pointOffset(text, from)
  return text.slice(start, Math.max(start, pointOffset(text, to)))
}
