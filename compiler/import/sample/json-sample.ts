// JSON samples: one record, a list of them, or one a line. Flows in: the file. Flows out: one contract that is read, records for what
// is inside, every guess with how sure it is.
import { isExactNumber } from "@fmap/runtime"
import type { ImportedDeclaration, ImportedField, ImportedType, Importer, ImportNote } from "../model.ts"
import { jsonSystem } from "../schema/finish.ts"
import { baseName } from "../schema/json-schema.ts"
import { comparePlain, plainNumber } from "../settle/plain-number.ts"
import { readJsonFile } from "../tree/read-json.ts"
import { looksLikeJson, readTree } from "../tree/read-tree.ts"
import { entriesOf, listOf, numberTextOf, objectOf } from "../tree/tree-value.ts"
import { capital } from "./csv.ts"
import { guessText, isAmount } from "./guess-text.ts"

export const jsonSample: Importer = (source, wish) => {
  const name = baseName(source.name)
  const samples = samplesOf(source)
  if ("message" in samples) return { kind: "unreadable", problems: [samples] }
  const records = samples.filter(value => objectOf(value) !== null)
  if (records.length === 0 || records.length < samples.length)
    return {
      kind: "unreadable",
      problems: [
        {
          message: "It is no sample: a record, a list of records, or one a line is wanted.",
          at: source.name,
          line: null,
          column: null,
          help: null,
        },
      ],
    }
  const reading: Reading = { declarations: [], names: new Set([name]), notes: [] }
  const fields = fieldsOf(records, name, reading)
  return {
    kind: "imported",
    imported: {
      system: jsonSystem(wish.system ?? `${name} file`, []),
      declarations: [
        ...reading.declarations,
        {
          kind: "contract",
          name,
          docs: [
            `As in ${source.name}, guessed from ${records.length} ${records.length === 1 ? "record" : "records"}.`,
          ],
          version: "0.1.0",
          direction: wish.direction ?? "reads",
          fields,
          requiredOnCreate: [],
          requiredOnUpdate: [],
        },
      ],
      notes: reading.notes,
    },
  }
}

interface Reading {
  readonly declarations: ImportedDeclaration[]
  readonly names: Set<string>
  readonly notes: ImportNote[]
}

function samplesOf(source: Parameters<Importer>[0]) {
  const whole = readTree(source)
  if (whole.kind === "tree") return listOf(whole.value) ?? [whole.value]
  const lines = source.text.split(/\r?\n/)
  const filled = lines.flatMap((text, i) => (text.trim() === "" ? [] : [{ text, line: i + 1 }]))
  if (!looksLikeJson(source.text) || filled.length < 2) return whole.problem
  const values: unknown[] = []
  for (const { text, line } of filled) {
    const read = readJsonFile({ name: source.name, text })
    // The first line is whole only where there is one record a line.
    if (read.kind === "problem") return values.length === 0 ? whole.problem : { ...read.problem, line }
    values.push(read.value)
  }
  return values
}

function fieldsOf(records: readonly unknown[], owner: string, reading: Reading): readonly ImportedField[] {
  const values = new Map<string, unknown[]>()
  for (const record of records) {
    for (const [key, value] of entriesOf(record)) {
      const known = values.get(key)
      if (known === undefined) values.set(key, [value])
      else known.push(value)
    }
  }
  return [...values].map(([key, all]) => {
    const there = all.filter(value => value !== null)
    const { type, wire } = typeOf(there, `${owner}.${key}`, key, reading)
    return {
      wireName: key,
      docs: [],
      type,
      optional: there.length < records.length,
      key: false,
      marks: [],
      wire,
    }
  })
}

interface TypeAndWire {
  readonly type: ImportedType
  readonly wire: string | null
}

const json: TypeAndWire = { type: { kind: "json" }, wire: null }

function typeOf(values: readonly unknown[], at: string, key: string, reading: Reading): TypeAndWire {
  const guessed = (message: string, sure: ImportNote["sure"]) =>
    reading.notes.push({ kind: "guessed", sure, at, message })
  const every = (test: (value: unknown) => boolean) => values.length > 0 && values.every(test)
  if (values.length === 0) {
    guessed("The sample has no value.", "unsure")
    return json
  }
  if (every(value => typeof value === "string")) {
    const texts = values as readonly string[]
    const filled = texts.filter(text => text !== "")
    const guess = guessText(filled, key)
    // Text stays text: a figure or flag between quotes is one only where the platform says so.
    const keeps = ["text", "date", "datetime", "instant", "currency", "enum"].includes(guess.type.kind)
    if (!keeps || (filled.length < texts.length && guess.type.kind !== "text"))
      return { type: { kind: "text", min: null, max: null, measure: null, pattern: null }, wire: null }
    if (guess.why !== null) guessed(capital(guess.why), guess.sure)
    return { type: guess.type, wire: guess.wire }
  }
  if (every(value => typeof value === "boolean")) return { type: { kind: "bool" }, wire: null }
  if (every(value => typeof value === "number" || isExactNumber(value))) return numberOf(values, key, guessed)
  if (every(value => objectOf(value) !== null)) return recordOf(values, at, reading)
  if (every(value => listOf(value) !== null)) {
    const elements = values.flatMap(value => listOf(value) ?? [])
    const element = typeOf(
      elements.filter(value => value !== null),
      at,
      key,
      reading,
    )
    if (elements.length > 0 && elements.includes(null)) return { type: listType(json.type), wire: null }
    return { type: listType(element.type), wire: element.wire }
  }
  guessed("The sample has values of several kinds; they are taken as json.", "certain")
  return json
}

function listType(element: ImportedType): ImportedType {
  return { kind: "list", element, min: null, max: null }
}

function numberOf(
  values: readonly unknown[],
  key: string,
  guessed: (message: string, sure: ImportNote["sure"]) => void,
): TypeAndWire {
  const plain = values.map(value => plainNumber(numberTextOf(value) ?? ""))
  const numbers = plain.filter(value => value !== null)
  if (numbers.length < plain.length) {
    guessed("A number has an exponent nobody would write out; it is taken as json.", "certain")
    return json
  }
  if (numbers.every(number => !number.includes(".")) && !isAmount.test(key)) {
    const most = "999999999999999"
    const isSmall = numbers.every(number => comparePlain(number.replace("-", ""), most) <= 0)
    guessed("All numbers of the sample are whole.", isSmall ? "likely" : "unsure")
    return { type: { kind: "int", min: null, max: null }, wire: null }
  }
  const scale = Math.max(2, ...numbers.map(number => number.split(".")[1]?.length ?? 0))
  const whole = Math.max(...numbers.map(number => number.replace("-", "").split(".")[0]?.length ?? 1))
  if (whole + scale > 38) {
    guessed("A number has more digits than figures have; it is taken as json.", "certain")
    return json
  }
  const isWhole = numbers.every(number => !number.includes("."))
  guessed(
    isWhole
      ? "The name says an amount, and all numbers of the sample are whole: they may count minor units such as cents, which `money … wire minor` says."
      : `The sample has at most ${scale} digits after the point; an amount of money wants its currency.`,
    isWhole ? "unsure" : "likely",
  )
  return {
    type: { kind: "decimal", precision: Math.max(18, whole + scale), scale, min: null, max: null },
    wire: null,
  }
}

function recordOf(values: readonly unknown[], at: string, reading: Reading): TypeAndWire {
  if (values.every(value => entriesOf(value).length === 0)) {
    reading.notes.push({ kind: "guessed", sure: "unsure", at, message: "The sample has an empty object." })
    return json
  }
  let name = at
  for (let n = 2; reading.names.has(name); n++) name = `${at} ${n}`
  reading.names.add(name)
  const fields = fieldsOf(values, name, reading)
  reading.declarations.push({ kind: "record", name, docs: [], parameters: [], fields })
  return { type: { kind: "named", name, units: [] }, wire: null }
}
