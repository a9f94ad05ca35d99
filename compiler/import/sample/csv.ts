// A CSV file with a header: a contract of its columns, guessed from its rows. Flows in: the file. Flows out: one contract that is read,
// every guess with how sure it is.
import { readCsv } from "@fmap/runtime/formats"
import type { ImportedField, Importer, ImportNote } from "../model.ts"
import { textLiteral } from "../print/text-literal.ts"
import { baseName } from "../schema/json-schema.ts"
import { type BoolPair, boolPairs, guessText, pairForm } from "./guess-text.ts"

const delimiters = [",", ";", "\t", "|"] as const

export const csv: Importer = (source, wish) => {
  const delimiter = delimiterOf(source.text)
  const read = readCsv(source.text, { delimiter })
  if ("problems" in read)
    return {
      kind: "unreadable",
      problems: read.problems.slice(0, 5).map(({ message, line }) => ({
        message,
        at: source.name,
        line,
        column: null,
        help: null,
      })),
    }
  const { columns, rows } = read.ok
  const name = baseName(source.name)
  const notes: ImportNote[] = []
  if (rows.length === 0)
    notes.push({
      kind: "guessed",
      sure: "unsure",
      at: name,
      message: "It has no rows; every column is text.",
    })
  const cells = columns.map((_, i) => rows.map(row => row.cells[i] ?? ""))
  const guessed = columns.map((column, i) => fieldOf(column, cells[i] ?? [], i, { contract: name, notes }))
  const pair = onePair(guessed)
  const fields = guessed.map(field => (field.wire === pairForm(pair) ? { ...field, wire: null } : field))
  const options = [
    ...(delimiter === ","
      ? []
      : [["delimiter", delimiter === "\t" ? "tab" : textLiteral(delimiter)] as const]),
    ...(pair === null || pair === plainPair ? [] : [["bool", textLiteral(pair.join("|"))] as const]),
  ]
  return {
    kind: "imported",
    imported: {
      system: {
        name: wish.system ?? `${name} file`,
        docs: [],
        kind: null,
        profile: "csv",
        wire: new Map(options),
      },
      declarations: [
        {
          kind: "contract",
          name,
          docs: [
            `The columns of ${source.name}, guessed from ${rows.length} ${rows.length === 1 ? "row" : "rows"}.`,
          ],
          version: "0.1.0",
          direction: wish.direction ?? "reads",
          fields,
          requiredOnCreate: [],
          requiredOnUpdate: [],
        },
      ],
      notes,
    },
  }
}

/** What the profile presumes of columns of booleans. */
const plainPair: BoolPair = boolPairs[0]

/** How all columns of booleans say true and false, if they agree; one that does not says its own. */
function onePair(fields: readonly ImportedField[]): BoolPair | null {
  const wires = new Set(fields.flatMap(({ type, wire }) => (type.kind === "bool" ? [wire] : [])))
  if (wires.size > 1) return plainPair
  return boolPairs.find(pair => wires.has(pairForm(pair))) ?? null
}

/** The sign that parts the header most often, outside of quotes. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/)
  const header = (end === -1 ? text : text.slice(0, end)).replace(/"[^"]*"/g, "")
  let best: string = ","
  for (const one of delimiters) if (header.split(one).length > header.split(best).length) best = one
  return best
}

interface Column {
  readonly contract: string
  readonly notes: ImportNote[]
}

function fieldOf(
  column: string,
  cells: readonly string[],
  index: number,
  { contract, notes }: Column,
): ImportedField {
  const texts = cells.filter(cell => cell !== "")
  const guess = guessText(texts, column)
  const optional = texts.length < cells.length || cells.length === 0
  const isKey =
    index === 0 &&
    !optional &&
    cells.length > 1 &&
    new Set(cells).size === cells.length &&
    /id$|key$|^id/i.test(column)
  if (guess.why !== null)
    notes.push({
      kind: "guessed",
      sure: guess.sure,
      at: `${contract}.${column}`,
      message: capital(guess.why),
    })
  if (isKey)
    notes.push({
      kind: "guessed",
      sure: "likely",
      at: `${contract}.${column}`,
      message: "It is taken as the key: every row has another value.",
    })
  return { wireName: column, docs: [], type: guess.type, optional, key: isKey, marks: [], wire: guess.wire }
}

export function capital(why: string): string {
  return `${why.charAt(0).toUpperCase()}${why.slice(1)}.`
}
