// Fills a text at the end until it has a number of characters; a longer text stays as it is. Pure; see spec.ts for the promise.
import { filling } from "../filling.ts"

export function pad_end(text: string, length: bigint, fill: string): string {
  return text + filling(text, length, fill)
}
