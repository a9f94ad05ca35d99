// Records of a file or of standard input. Flows in: bytes. Flows out: each record with its number, or why it is none; nothing is
// skipped silently. NDJSON is read line by line and takes no memory for what was read; a document is read whole.
import { type JsonRefusal, readJson, readJsonBytes, splitLines } from "@fmap/runtime"
import { readCsvRecords, type WireRecord, type WireSpec } from "@fmap/runtime/wire"

export type SourceRecord = WireRecord

export type InputForm = "document" | "list" | "lines"

/** The form a file's name tells; undefined when only its content can. */
export function formOfName(file: string): "document" | "lines" | undefined {
  if (/\.(?:ndjson|jsonl)$/iu.test(file)) return "lines"
  return /\.json$/iu.test(file) ? "document" : undefined
}

/** Records in the form of their contract's wire. */
export async function* recordsOf(
  chunks: AsyncIterable<Uint8Array>,
  form: InputForm | "csv" | undefined,
  { transport, shapes: [shape] }: WireSpec,
): AsyncGenerator<SourceRecord, void, undefined> {
  if (form === "csv" && transport?.kind === "csv" && shape !== undefined)
    yield* readCsvRecords(chunks, transport, shape)
  else yield* readRecords(chunks, form === "csv" ? "lines" : form)
}

export async function* readRecords(
  chunks: AsyncIterable<Uint8Array>,
  form: InputForm | undefined,
): AsyncGenerator<SourceRecord, void, undefined> {
  if (form === undefined) {
    const { start, rest } = await beginning(chunks)
    yield* readRecords(rest, looksLikeLines(start) ? "lines" : "document")
  } else if (form === "lines") yield* lines(chunks)
  else yield* document(chunks, form === "list")
}

async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SourceRecord, void, undefined> {
  let number = 0
  for await (const line of splitLines(chunks)) {
    number++
    const place = `line ${line.line}`
    if ("problem" in line) {
      yield {
        number,
        place,
        problem: {
          code: line.problem === "not UTF-8" ? "BAD_UTF8" : "TOO_LONG",
          message: `The line is ${line.problem}.`,
        },
      }
      continue
    }
    const read = readJson(line.text)
    if ("ok" in read) yield { number, place, value: read.ok }
    else yield { number, place: `${place}, column ${read.refused.column}`, problem: read.refused }
  }
}

/** Above this a document is refused: it should be NDJSON, which is read as it comes. */
const documentLimit = 256 * 1024 * 1024

async function* document(
  chunks: AsyncIterable<Uint8Array>,
  list: boolean,
): AsyncGenerator<SourceRecord, void, undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > documentLimit) {
      yield {
        number: 1,
        place: "",
        problem: { code: "TOO_BIG", message: "The document has more than 256 MB; NDJSON has no such limit." },
      }
      return
    }
    parts.push(chunk)
  }
  const read = readJsonBytes(Buffer.concat(parts))
  if ("refused" in read) yield { number: 1, place: placeOf(read.refused), problem: read.refused }
  else if (!list) yield { number: 1, place: "", value: read.ok }
  else if (!Array.isArray(read.ok))
    yield {
      number: 1,
      place: "",
      problem: { code: "WRONG_TYPE", message: "--each wants a JSON list of records." },
    }
  else for (const [index, value] of read.ok.entries()) yield { number: index + 1, place: "", value }
}

function placeOf(refused: JsonRefusal): string {
  return `line ${refused.line}, column ${refused.column}`
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
