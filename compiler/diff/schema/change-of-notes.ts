// What changed beside the assertions: defaults, deprecations, keys. Flows in: both sides. Flows out: changes that refuse no payload.
import type { Literal } from "./facts.ts"
import { canonicalText, isRecord, type JsonRecord } from "./json-values.ts"
import type { Session } from "./session.ts"
import { type LocalChange, none, quoted } from "./shape-change.ts"

export function changeOfNotes(
  old: readonly Literal[],
  now: readonly Literal[],
  session: Session,
): readonly LocalChange[] {
  const [was, is] = [notesOf(old, session), notesOf(now, session)]
  const note = (notes: readonly JsonRecord[], word: string): unknown =>
    notes.find(one => Object.hasOwn(one, word))?.[word]
  const defaults = [note(was, "default"), note(is, "default")]
  const isDefaultOther = canonicalText(defaults[0] ?? null) !== canonicalText(defaults[1] ?? null)
  const isDeprecated = note(is, "deprecated") === true && note(was, "deprecated") !== true
  const sunset = note(is, "x-fmap-deprecated")
  const hasSunset = isRecord(sunset) && typeof sunset.sunset === "string"
  const shown = (value: unknown) => (value === undefined ? null : quoted(value))
  return [
    ...(isDefaultOther
      ? [
          {
            rule: "S024",
            old: shown(defaults[0]),
            new: shown(defaults[1]),
            message: `The default goes from ${shown(defaults[0]) ?? "none"} to ${shown(defaults[1]) ?? "none"}.`,
            breaks: none,
          } as const,
        ]
      : []),
    ...(isDeprecated && !hasSunset
      ? [
          {
            rule: "S026",
            old: null,
            new: "deprecated",
            message: "It is deprecated, and nothing says until when it stays.",
            breaks: none,
          } as const,
        ]
      : []),
  ]
}

/** The schema objects that hold for the place, references followed. */
function notesOf(literals: readonly Literal[], session: Session): readonly JsonRecord[] {
  const found: JsonRecord[] = []
  const queue = literals.filter(({ holds }) => holds).map(({ node }) => node)
  const seen = new Set(queue)
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    if (isRecord(node.schema)) found.push(node.schema)
    const { ref, allOf } = session.keywords(node)
    for (const next of [...(ref === null ? [] : [ref]), ...allOf]) {
      if (seen.has(next)) continue
      seen.add(next)
      queue.push(next)
    }
  }
  return found
}
