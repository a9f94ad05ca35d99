// Fixes put into texts. Flows in: diagnostics with edits and the texts they speak of. Flows out: new texts and how many fixes
// went in. A fix goes in whole or not at all, and never where an earlier one of the same round already changed something.
import { applyEdits, type Diagnostic, type Edit } from "@fmap/grammar"
import type { TextOf } from "../reporters/finding.ts"

export interface AppliedFixes {
  /** Project path to the new text. */
  readonly texts: ReadonlyMap<string, string>
  readonly applied: number
}

export function applyFixes(diagnostics: readonly Diagnostic[], textOf: TextOf): AppliedFixes {
  const taken = new Map<string, Edit[]>()
  let applied = 0
  for (const { help } of diagnostics) {
    const edits = help?.edits ?? []
    if (edits.length === 0) continue
    if (
      edits.some(
        (edit, i) =>
          !fits(edit, textOf) ||
          overlaps(edit, taken) ||
          edits.slice(0, i).some(other => touches(edit, other)),
      )
    )
      continue
    for (const edit of edits) {
      const list = taken.get(edit.place.file) ?? []
      list.push(edit)
      taken.set(edit.place.file, list)
    }
    applied++
  }
  const texts = new Map(
    [...taken].map(([file, edits]) => [file, applyEdits(textOf(file) ?? "", file, edits)]),
  )
  return { texts, applied }
}

function fits(edit: Edit, textOf: TextOf): boolean {
  const text = textOf(edit.place.file)
  const { start, end } = edit.place.span
  return text !== undefined && start >= 0 && start <= end && end <= text.length
}

function overlaps(edit: Edit, taken: ReadonlyMap<string, readonly Edit[]>): boolean {
  return (taken.get(edit.place.file) ?? []).some(other => touches(edit, other))
}

/** Neighbours count as touching: two insertions at one place have no order. */
function touches(a: Edit, b: Edit): boolean {
  if (a.place.file !== b.place.file) return false
  return a.place.span.start <= b.place.span.end && b.place.span.start <= a.place.span.end
}
