// Cuts a text after a number of characters; a shorter one stays as it is. A spoken loss: the build lists it. Pure; see spec.ts for the promise.
import { pointOffset } from "../point-offset.ts"

export function truncate(text: string, max: bigint): string {
  return text.slice(0, pointOffset(text, max))
}
