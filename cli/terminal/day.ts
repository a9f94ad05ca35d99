// The day a verb works with. Flows in: what the command line says, or nothing. Flows out: a day such as 2026-03-31, of the clock where none is
// said, in UTC; null: what was said is none.
import { isRefused, readDate } from "@fmap/runtime"

export function dayOf(said: string | undefined): string | null {
  if (said === undefined) return new Date().toISOString().slice(0, 10)
  return isRefused(readDate(said, { kind: "date", wire: "iso" })) ? null : said
}
