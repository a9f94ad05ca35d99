// Which source of a map is read record by record, and what stays the same for all records. Flows in: the bindings. Flows out: a
// feed that is ready to be read, or why a file cannot be. The streamed one is the source of lines, else the one of standard
// input, else the first; the others are one JSON document each.
import { accessSync, constants, createReadStream, statSync } from "node:fs"
import { resolve } from "node:path"
import type { InterpretInput, Plan, PlanMap, ShapeId } from "@fmap/compiler"
import type { Transport } from "@fmap/runtime/wire"
import { type Problem, problem, problemsOf } from "../terminal/problem.ts"
import type { Terminal } from "../terminal/terminal.ts"
import type { Bindings } from "./bindings.ts"
import { isFileError } from "./file-error.ts"
import { formOfName, recordsOf, type SourceRecord, untilAborted } from "./records.ts"
import { inputForm, type WireForm, type WireFormat } from "./wire-form.ts"

export interface Feed {
  readonly kind: "feed"
  /** The source whose records are run through, one by one. */
  readonly name: string
  readonly form: WireForm["form"]
  /** There may be more than one record. */
  readonly several: boolean
  readonly records: (signal: AbortSignal) => AsyncIterable<SourceRecord>
  /** The other sources and the givens, the same for every record. */
  readonly fixed: InterpretInput
}

export interface FeedWords {
  readonly each: boolean
  /** Of the source that is read record by record. */
  readonly format: WireFormat | undefined
}

export async function openFeed(
  plan: Plan,
  map: PlanMap,
  bindings: Bindings,
  words: FeedWords,
  terminal: Terminal,
): Promise<Feed | { readonly kind: "problems"; readonly problems: readonly Problem[] }> {
  const walked = map.set?.each ?? null
  const entries = [...bindings.sources]
  const isLines = (file: string | null) =>
    file !== null && (formOfName(file) === "lines" || /\.(?:csv|tsv)$/iu.test(file))
  const chosen =
    entries.find(([name]) => name === walked) ??
    entries.find(([, file]) => isLines(file)) ??
    entries.find(([, file]) => file === null) ??
    entries[0]
  if (chosen === undefined)
    return { kind: "problems", problems: [problem("FM8201", "The map has no source.")] }
  const [name, file] = chosen
  const problems: string[] = []
  const fixed = new Map<string, unknown>(bindings.givens)
  for (const [other, otherFile] of entries) {
    if (other === name) continue
    const form = inputForm(plan, shapeOf(map, other), { file: otherFile, format: undefined, each: false })
    const isSet = map.set?.sets.some(set => set.name === other) === true
    const value = await readWhole(resolve(terminal.cwd, otherFile ?? ""), form, isSet)
    if ("problem" in value) problems.push(`${other}: ${otherFile} ${value.problem}`)
    else fixed.set(other, value.ok)
  }
  if (file !== null) {
    const problem = unreadableFile(resolve(terminal.cwd, file))
    if (problem !== undefined) problems.push(`${file} ${problem}`)
  } else if (terminal.inputIsTerminal)
    terminal.comment(`Reading ${name} from the terminal; Ctrl-D ends the input.\n`)
  if (problems.length > 0) return { kind: "problems", problems: problemsOf("FM8202", problems) }
  const { form, spec } = inputForm(plan, shapeOf(map, name), { file, ...words })
  return {
    kind: "feed",
    name,
    form,
    several: form !== "document" || isEnvelope(spec.transport),
    records: signal => {
      const chunks = file === null ? terminal.input : createReadStream(resolve(terminal.cwd, file))
      return recordsOf(untilAborted(chunks, signal), form, spec, map.set === null ? "never" : "may")
    },
    fixed: Object.fromEntries(fixed),
  }
}

function shapeOf(map: PlanMap, name: string): ShapeId {
  const set = map.set?.sets.find(one => one.name === name)
  if (set === undefined) return map.sources.find(source => source.name === name)?.binding.shape ?? ""
  return set.type.kind === "list" && set.type.of.kind === "record" ? set.type.of.shape : ""
}

/** A source that is the same for every record: one record, or all rows of a set. */
async function readWhole(
  file: string,
  { form, spec }: WireForm,
  isSet: boolean,
): Promise<{ readonly ok: unknown } | { readonly problem: string }> {
  const problem = unreadableFile(file)
  if (problem !== undefined) return { problem }
  const isRows = form === "csv" || (isSet && form === "lines")
  const isJson = !isRows && !isEnvelope(spec.transport)
  const values: unknown[] = []
  for await (const record of recordsOf(
    createReadStream(file),
    isRows || form === "xml" ? form : "document",
    spec,
  )) {
    if ("notice" in record) return { problem: `cannot be read: ${record.notice.message}` }
    if ("problem" in record) {
      const place = record.place === "" ? "" : ` (${record.place})`
      return {
        problem: `${isJson ? "is not one JSON document" : "cannot be read"}${place}: ${record.problem.message}`,
      }
    }
    values.push(record.value)
  }
  if (isSet && !isJson) return { ok: values }
  return values.length === 1
    ? { ok: values[0] }
    : { problem: `has ${values.length} records, and one is wanted.` }
}

/** A document of these may hold any number of records. */
function isEnvelope(transport: Transport | null): boolean {
  return transport !== null && transport.kind !== "csv" && transport.kind !== "ndjson"
}

function unreadableFile(file: string): string | undefined {
  try {
    probe(file)
    return undefined
  } catch (error) {
    return isFileError(error) && error.code === "ENOENT"
      ? "does not exist."
      : `cannot be read: ${error instanceof Error ? error.message : String(error)}.`
  }
}

/** Fails now instead of in the middle of the stream. */
function probe(file: string): void {
  accessSync(file, constants.R_OK)
  if (statSync(file).isDirectory()) throw new Error("it is a folder")
}
