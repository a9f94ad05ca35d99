// Lists of a described platform. Flows in: conditions or a cursor. Flows out: pages of records. Links to the next page lead where the connection may go, or nowhere.
import { readJson } from "../../formats/json/read-json.ts"
import { ask, failure, type Line } from "../http/ask.ts"
import { listOf, scalarText } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import type { Change, ChangePage, ChangesRequest, ReadRequest } from "../port/connector.ts"
import { valueAtPath } from "./fill-path.ts"
import type { HttpChanges, HttpList, HttpNext } from "./http-options.ts"

export async function* readList(
  line: Line,
  list: HttpList,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  const query: Record<string, string> = { ...list.query }
  for (const { field, value } of request.where) {
    const name = Object.hasOwn(list.filters ?? {}, field) ? list.filters?.[field] : undefined
    const text = scalarText(value)
    if (name === undefined || text === undefined)
      throw notOffered(
        line.system,
        `${request.object} cannot be asked for by ${field}; \`filters\` names what it can be asked for by.`,
      )
    query[name] = text
  }
  yield* pages(line, list, query, signal)
}

/** More pages than that are a loop. */
const mostPages = 100_000

async function* pages(
  line: Line,
  list: HttpList,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  let question: Question = { url: list.path, query }
  let count = 0
  for (let page = 0; page < mostPages; page++) {
    const { body, headers } = await ask(line, { method: "GET", ...question, isSafe: true }, { signal })
    const records = listOf(valueAtPath(body, list.at ?? []))
    if (records === undefined)
      throw failure(
        line,
        true,
        { failure: "transient" },
        "BAD_ANSWER",
        "The answer has no list where one should be.",
      )
    count += records.length
    if (records.length > 0) yield records
    const next =
      list.next === undefined
        ? undefined
        : nextQuestion(list, list.next, query, { body, headers, count, size: records.length })
    if (next === undefined) return
    question = next
  }
}

interface Question {
  readonly url: string
  readonly query?: Readonly<Record<string, string>>
}

interface Page {
  readonly body: unknown
  readonly headers: ReadonlyMap<string, string>
  readonly count: number
  readonly size: number
}

function nextQuestion(
  { path }: HttpList,
  next: HttpNext,
  query: Readonly<Record<string, string>>,
  { body, headers, count, size }: Page,
): Question | undefined {
  switch (next.kind) {
    case "link": {
      const url = scalarText(valueAtPath(body, next.at))
      return url === undefined || url === "" ? undefined : { url }
    }
    case "link-header": {
      const url = /<([^<>]+)>\s*;[^,]*rel="?next"?/.exec(headers.get("link") ?? "")?.[1]
      return url === undefined ? undefined : { url }
    }
    case "cursor": {
      const text = scalarText(valueAtPath(body, next.at))
      return text === undefined || text === ""
        ? undefined
        : { url: path, query: { ...query, [next.query]: text } }
    }
    case "offset":
      return size < next.limit ? undefined : { url: path, query: { ...query, [next.query]: String(count) } }
  }
}

/** Changes since the newest that was seen. All of a reading are one page: their order in the list is not known. */
export async function* readChanges(
  line: Line,
  list: HttpList,
  how: HttpChanges,
  request: ChangesRequest,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  const since = request.cursor === null ? undefined : sinceOf(request.cursor)
  const query = { ...list.query, ...(since === undefined ? {} : { [how.since]: since }) }
  const changes: Change[] = []
  for await (const records of pages(line, list, query, signal)) {
    for (const record of records) {
      const id = scalarText(valueAtPath(record, how.idAt))
      const version = scalarText(valueAtPath(record, how.versionAt))
      if (id === undefined || version === undefined)
        throw failure(
          line,
          true,
          { failure: "transient" },
          "BAD_ANSWER",
          "A record has no id or no version where the options say.",
        )
      changes.push({ id: `${id}@${version}`, version, kind: "updated", record })
    }
  }
  const sorted = changes.toSorted((a, b) => compareVersions(a.version, b.version))
  const newest = sorted.at(-1)
  if (newest !== undefined) yield { changes: sorted, cursor: JSON.stringify([newest.version]) }
}

function compareVersions(a: string, b: string): number {
  const whole = /^\d{1,40}$/
  if (whole.test(a) && whole.test(b)) return BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0
  return a < b ? -1 : a > b ? 1 : 0
}

function sinceOf(cursor: string): string {
  const read = readJson(cursor)
  const [since] = "ok" in read ? (listOf(read.ok) ?? []) : []
  if (typeof since !== "string") throw new RangeError("This is no cursor of a described system.")
  return since
}
