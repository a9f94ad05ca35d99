// What an import tells beside its product. Flows in: notes. Flows out: lines of commentary; the same thing said of many places is
// one line, unless all of them are wanted.
import type { ImportNote } from "@fmap/compiler/import"

const shownPlaces = 3
const shownLines = 20

export function importNotes(notes: readonly ImportNote[], all: boolean): readonly string[] {
  if (all) return notes.map(note => `${words(note)} ${note.at}: ${note.message}`)
  const alike = new Map<string, ImportNote[]>()
  for (const note of notes) {
    const key = `${words(note)}\n${note.message}`
    const same = alike.get(key)
    if (same === undefined) alike.set(key, [note])
    else same.push(note)
  }
  const lines = [...alike.values()].map(same => {
    const [first] = same
    if (first === undefined) return ""
    const places = same
      .slice(0, shownPlaces)
      .map(note => note.at)
      .join(", ")
    const more = same.length > shownPlaces ? ` and ${same.length - shownPlaces} more` : ""
    return `${words(first)} ${places}${more}: ${first.message}`
  })
  if (lines.length <= shownLines) return lines
  return [
    ...lines.slice(0, shownLines),
    `… and ${lines.length - shownLines} notes more; --report tells all of them.`,
  ]
}

function words(note: ImportNote): string {
  return note.kind === "guessed" ? `guessed (${note.sure ?? "unsure"})` : note.kind
}
