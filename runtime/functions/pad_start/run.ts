// Fills a text in front until it has a number of characters; a longer text stays as it is. Pure; see spec.ts for the promise.
import { filling } from "../filling.ts"

export function pad_start(text: string, length: bigint, fill: string): string {
  return filling(text, length, fill) + text
}
