// Puts edits into one text. Flows in: a text and edits of its file. Flows out: the new text; edits that overlap an earlier one
// are left out.
import type { Edit } from "./diagnostic.ts"

/** Edits of other files are not this text's business and are passed over. */
export function applyEdits(text: string, file: string, edits: readonly Edit[]): string {
  const own = edits
    .filter(e => e.place.file === file)
    .toSorted((a, b) => a.place.span.start - b.place.span.start || a.place.span.end - b.place.span.end)
  let out = ""
  let at = 0
  for (const { place, text: replacement } of own) {
    const { start, end } = place.span
    if (start < at || end < start || end > text.length) continue
    out += text.slice(at, start) + replacement
    at = end
  }
  return out + text.slice(at)
}
