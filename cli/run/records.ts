// Records of a file or of standard input. Flows in: bytes. Flows out: each record with its number, or why it is none; nothing is
// skipped silently. NDJSON, CSV and lists in a JSON document are read as they come and take no memory for what was read.
import { readJson, splitLines } from "@fmap/runtime"
import { readXmlRecords } from "@fmap/runtime/formats/xml"
import {
  goesOn,
  readCsvRecords,
  readJsonRecords,
  recordsOfDocument,
  type WireNotice,
  type WireRecord,
  type WireSpec,
} from "@fmap/runtime/wire"

export type SourceRecord = WireRecord | WireNotice

export type InputForm = "document" | "list" | "lines"

/** The form a file's name tells; undefined when only its content can. */
export function formOfName(file: string): "document" | "lines" | undefined {
  if (/\.(?:ndjson|jsonl)$/iu.test(file)) return "lines"
  return /\.json$/iu.test(file) ? "document" : undefined
}

/** Whether a JSON document with nothing around it may be a list of records. */
export type ListRule = "never" | "may"

/** Records in the form of their contract's wire. */
export async function* recordsOf(
  chunks: AsyncIterable<Uint8Array>,
  form: InputForm | "csv" | "xml" | undefined,
  spec: WireSpec,
  rule: ListRule = "never",
): AsyncGenerator<SourceRecord, void, undefined> {
  const { transport, shapes } = spec
  if (form === undefined) {
    const { start, rest } = await beginning(chunks)
    yield* recordsOf(rest, looksLikeLines(start) ? "lines" : "document", spec, rule)
  } else if (form === "csv" && transport?.kind === "csv") yield* readCsvRecords(chunks, transport, shapes)
  else if (form === "xml" && transport?.kind === "xml") yield* readXmlRecords(chunks, transport, shapes)
  else if (form === "document" || form === "list")
    yield* readJsonRecords(chunks, spec, form === "list" ? "must" : rule)
  else yield* lines(chunks, spec)
}

/** JSON with nothing around it. */
export function readRecords(
  chunks: AsyncIterable<Uint8Array>,
  form: InputForm | undefined,
): AsyncGenerator<SourceRecord, void, undefined> {
  return recordsOf(chunks, form, { contract: "", transport: null, shapes: [] })
}

async function* lines(
  chunks: AsyncIterable<Uint8Array>,
  spec: WireSpec,
): AsyncGenerator<SourceRecord, void, undefined> {
  let number = 0
  for await (const line of splitLines(chunks)) {
    const place = `line ${line.line}`
    if ("problem" in line) {
      const code = line.problem === "not UTF-8" ? "BAD_UTF8" : "TOO_LONG"
      yield { number: ++number, place, problem: { code, message: `The line is ${line.problem}.` } }
      continue
    }
    const read = readJson(line.text)
    if ("refused" in read) {
      const { column } = read.refused
      yield { number: ++number, place: `${place}, column ${column}`, problem: read.refused }
      continue
    }
    const { records, hasMore } = recordsOfDocument(read.ok, spec)
    for (const record of records) yield { number: ++number, place, ...record }
    if (hasMore) yield { notice: goesOn }
  }
}

/** The first bytes, as many as the form can be told from, and everything again. A first line that is JSON by itself is enough. */
async function beginning(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ start: string; rest: AsyncIterable<Uint8Array> }> {
  const source = chunks[Symbol.asyncIterator]()
  const seen: Uint8Array[] = []
  let start = ""
  while (start.length < 65_536) {
    const next = await source.next()
    if (next.done === true) break
    seen.push(next.value)
    start = Buffer.concat(seen).toString("utf8")
    const [first, ...others] = nonBlankLines(start)
    if (others.length > 1 || (first !== undefined && start.includes("\n") && "ok" in readJson(first))) break
  }
  async function* rest() {
    yield* seen
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
  }
  return { start, rest: rest() }
}

function nonBlankLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/u, "")
    .split("\n")
    .map(line => line.trimEnd())
    .filter(line => line !== "")
}

/** A document spread over lines opens with a line that cannot stand alone; records, one a line, do not. */
function looksLikeLines(start: string): boolean {
  const [first = "", second] = nonBlankLines(start)
  if (second === undefined || "ok" in readJson(first)) return true
  if (/[,{[:]$/u.test(first)) return false
  return !/^[\s}\]]/u.test(second)
}

/** Ends when the signal says so, even while it waits for more. */
export async function* untilAborted(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = chunks[Symbol.asyncIterator]()
  const aborted = new Promise<undefined>(resolve => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true })
  })
  while (!signal.aborted) {
    const next = await Promise.race([source.next(), aborted])
    if (next === undefined || next.done === true) return
    yield next.value
  }
}
