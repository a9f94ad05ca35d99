// A business key over flows and systems: from an opportunity to its order, its invoice and the load it went into. Flows in: the key, and what a project knows of keys. Flows out: the events
// that know it, each with why. Systems in between forget a correlation; what they keep are keys: an event belongs to another one when it names what that one was made of or was answered.
// What names a key may stand anywhere in payloads, so it reads all of them, several times: for a person who asks, not for a machine that looks on.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { parseExact } from "../../formats/json/parse-exact.ts"
import { countOf, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { sql } from "./statement.ts"
import { type TracedEvent, tracedEvent } from "./trace.ts"

/** What a project knows of its keys, by wire names. */
export interface KeyNames {
  /** The key of what a flow begins with; null: it has none. */
  key(flow: string): string | null
  /** What the target of an effect answers that names the record there. */
  answers(flow: string, effect: string): readonly string[]
}

export interface Station {
  readonly event: TracedEvent
  readonly because: string
  /** It read a record among others, as a nightly load does: what it goes on with is no more this key's alone. */
  readonly among: boolean
}

const mostRounds = 8
const mostStations = 200
const mostWords = 200
/** Of texts that are encrypted, looked at in one go. */
const mostSealed = 5_000
/** Shorter ones are numbers of lines and codes of countries: they name too much. */
const shortest = 3

export function* traceKey(key: string, names: KeyNames): Operation<readonly Station[]> {
  const stations = new Map<string, Station>()
  const asked = new Set<string>()
  let words = new Map([[key, `names ${key}`]])
  for (let round = 0; round < mostRounds && words.size > 0 && stations.size < mostStations; round++) {
    const found: Station[] = []
    for (const [word, because] of words) {
      asked.add(word)
      for (const id of yield* mentioning(word))
        if (!stations.has(id)) found.push(...(yield* station(id, because, false, stations)))
      for (const id of yield* reading(word))
        if (!stations.has(id))
          found.push(...(yield* station(id, `read ${word} among others`, true, stations)))
    }
    for (const { event, among } of [...found])
      if (!among)
        for (const id of yield* sameTransaction(event.correlationId))
          if (!stations.has(id)) found.push(...(yield* station(id, "the same transaction", false, stations)))
    const next = new Map<string, string>()
    for (const { event, among } of found) {
      if (among) continue
      for (const word of yield* identifiersOf(event, names)) next.set(word, `names ${word} of ${event.flow}`)
      for (const word of yield* madeElsewhere(event, names))
        next.set(word, `was answered ${word}, which ${event.flow} names`)
    }
    words = new Map(
      [...next].filter(([word]) => !asked.has(word)).slice(0, Math.max(0, mostWords - asked.size)),
    )
  }
  return yield* inOrder(stations)
}

/** As they were accepted. */
function* inOrder(stations: ReadonlyMap<string, Station>): Operation<readonly Station[]> {
  const found: { readonly seq: number; readonly station: Station }[] = []
  for (const station of stations.values()) {
    const [row] = yield sql`SELECT seq FROM inbox WHERE id = ${station.event.id}`
    found.push({ seq: row === undefined ? 0 : countOf(row, "seq"), station })
  }
  return found.toSorted((a, b) => a.seq - b.seq).map(({ station }) => station)
}

function* station(
  id: string,
  because: string,
  among: boolean,
  stations: Map<string, Station>,
): Operation<readonly Station[]> {
  const event = yield* tracedEvent(id)
  if (event === undefined) return []
  const found = { event, because, among }
  stations.set(id, found)
  return [found]
}

/** Events whose payload, or what they sent or were answered, has the word as a whole value. */
function* mentioning(word: string): Operation<readonly string[]> {
  const like = likeOf(word)
  const payloads =
    yield sql`SELECT id AS event, id, payload FROM inbox WHERE payload LIKE ${like} ESCAPE '!' ORDER BY seq LIMIT ${mostStations}`
  const sent =
    yield sql`SELECT event, name, request FROM effect WHERE request LIKE ${like} ESCAPE '!' ORDER BY event LIMIT ${mostStations}`
  const answered =
    yield sql`SELECT event, name, receipt FROM effect WHERE receipt LIKE ${like} ESCAPE '!' ORDER BY event LIMIT ${mostStations}`
  const encrypted =
    yield sql`SELECT id AS event, id, payload FROM inbox WHERE payload LIKE 'sealed:%' ORDER BY seq DESC LIMIT ${mostSealed}`
  const done = yield* sealedEffects()
  return idsOf([...payloads, ...sent, ...answered, ...encrypted, ...done], word)
}

function* reading(word: string): Operation<readonly string[]> {
  const rows =
    yield sql`SELECT event, name, result FROM step WHERE result LIKE ${likeOf(word)} ESCAPE '!' ORDER BY event LIMIT ${mostStations}`
  const encrypted =
    yield sql`SELECT event, name, result FROM step WHERE result LIKE 'sealed:%' ORDER BY at DESC LIMIT ${mostSealed}`
  return idsOf([...rows, ...encrypted], word)
}

/** No query looks into what is encrypted: the newest are opened and looked at. */
function* sealedEffects(): Operation<readonly Row[]> {
  return yield sql`SELECT e.event AS event, i.flow AS flow, e.name AS name, e.request AS request, e.receipt AS receipt FROM effect e JOIN inbox i ON i.id = e.event
    WHERE e.request LIKE 'sealed:%' OR e.receipt LIKE 'sealed:%' ORDER BY e.first_sent_at DESC LIMIT ${mostSealed}`
}

function idsOf(rows: readonly Row[], word: string): readonly string[] {
  const found = rows
    .filter(row =>
      ["payload", "request", "receipt", "result"].some(column =>
        scalarsIn(jsonOf(row, column)).includes(word),
      ),
    )
    .map(row => textOf(row, "event"))
  return [...new Set(found)]
}

export function* sameTransaction(correlation: string): Operation<readonly string[]> {
  const rows = yield sql`SELECT id FROM inbox WHERE (id = ${correlation} AND correlation_id = id)
      OR (correlation_id = ${correlation} AND correlation_id <> id) ORDER BY seq LIMIT ${mostStations}`
  return rows.map(row => textOf(row, "id"))
}

/** What others may call it by: its own key, the key of what it wrote, what the target answered. Not what it only made sure of: a customer has many orders. */
function* identifiersOf({ id, flow, payload }: TracedEvent, names: KeyNames): Operation<readonly string[]> {
  const key = names.key(flow)
  const effects =
    yield sql`SELECT event, name, request, receipt FROM effect WHERE event = ${id} AND state = 'done' AND undoes IS NULL ORDER BY name`
  const written = effects.flatMap(row => {
    const request = jsonOf(row, "request")
    if (memberOf(request, "verb") === "ensure") return []
    const keyed = memberOf(request, "key")
    const own = typeof keyed === "string" ? memberOf(memberOf(request, "record"), keyed) : undefined
    const answer = memberOf(jsonOf(row, "receipt"), "answer")
    return [own, ...names.answers(flow, textOf(row, "name")).map(name => memberOf(answer, name))]
  })
  const all = [key === null ? undefined : memberOf(payload, key), ...written]
  return all.flatMap(value => scalarText(value) ?? []).filter(text => text.length >= shortest)
}

/** Values of its payload by which the target of another event calls what that event wrote. */
function* madeElsewhere({ id, payload }: TracedEvent, names: KeyNames): Operation<readonly string[]> {
  const found: string[] = []
  const values = new Set(
    scalarsIn(payload).filter(value => value.length >= shortest && !isFigureOrTime(value)),
  )
  for (const value of [...values].slice(0, 40)) {
    const plain =
      yield sql`SELECT e.event AS event, i.flow AS flow, e.name AS name, e.request AS request, e.receipt AS receipt FROM effect e JOIN inbox i ON i.id = e.event
      WHERE e.receipt LIKE ${likeOf(value)} ESCAPE '!' AND e.event <> ${id} ORDER BY e.event LIMIT ${mostStations}`
    const sealed = (yield* sealedEffects()).filter(row => textOf(row, "event") !== id)
    const isNamed = [...plain, ...sealed].some(row => {
      if (memberOf(jsonOf(row, "request"), "verb") === "ensure") return false
      const answer = memberOf(jsonOf(row, "receipt"), "answer")
      return names
        .answers(textOf(row, "flow"), textOf(row, "name"))
        .some(name => scalarText(memberOf(answer, name)) === value)
    })
    if (isNamed) found.push(value)
  }
  return found
}

function isFigureOrTime(text: string): boolean {
  return /^-?\d*\.\d+$/u.test(text) || /^\d{4}-\d\d(?:-\d\d)?(?:T.*)?$/u.test(text)
}

/** Contains the word, as JSON writes it. */
function likeOf(word: string): string {
  return `%${JSON.stringify(word)
    .slice(1, -1)
    .replaceAll(/[!%_]/gu, one => `!${one}`)}%`
}

function scalarsIn(value: unknown): readonly string[] {
  const text = scalarText(value)
  if (text !== undefined) return [text]
  if (Array.isArray(value)) return value.flatMap(scalarsIn)
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(scalarsIn) : []
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value
  if (typeof value === "number") return String(value)
  return isExactNumber(value) ? value.text : undefined
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function jsonOf(row: Row, column: string): unknown {
  const text = textOrNone(row, column)
  if (text === undefined) return undefined
  const read = parseExact(text)
  return "refused" in read ? undefined : read.ok
}
