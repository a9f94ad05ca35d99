// A business key over flows and systems: from an opportunity to its order, its invoice and the load it went into. Flows in: the key, what a project knows of keys, what whoever asks may look into. Flows out: the events
// that know it, each with why. Systems in between forget a correlation; what they keep are keys: an event belongs to another one when it names what that one was made of or was answered.
// What names a key may stand anywhere in payloads, so it reads all of them, several times, a part at a time: who works on the ledger gets in between.
import { partsOfKeys, partsOfPlaces } from "./key-parts.ts"
import { type KeySight, seesEverything } from "./key-sight.ts"
import { isFigureOrTime, jsonOf, likeOf, memberOf, scalarsIn, scalarText } from "./key-words.ts"
import type { Ledger } from "./ledger.ts"
import { countOf, type Operation, type Row, textOf } from "./operation.ts"
import { sql } from "./statement.ts"
import { sameTransaction, type TracedEvent, tracedEvent } from "./trace.ts"

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
  /** It read a record among others, as a nightly load does: what it goes on with is no more this key's alone. The records it read are counted, and not kept. */
  readonly among: boolean
}

export interface KeyTrace {
  /** As they were accepted. */
  readonly stations: readonly Station[]
  /** There are more than are followed. */
  readonly more: boolean
}

/** Who asks for what. */
interface Question {
  readonly ledger: Ledger
  readonly names: KeyNames
  readonly sight: KeySight
}

/** Events that know a word. */
interface Knowing {
  readonly named: ReadonlySet<string>
  readonly read: ReadonlySet<string>
}

const mostRounds = 8
const mostStations = 200
const mostWords = 200
/** Values of one payload that are asked for. */
const mostValues = 40
/** Shorter ones are numbers of lines and codes of countries: they name too much. */
const shortest = 3
/** No query looks into what is encrypted: of so many events, the newest, texts are opened. */
const mostSealed = 5_000
const sealedInOneGo = 500

export async function traceKey(
  ledger: Ledger,
  key: string,
  names: KeyNames,
  sight: KeySight = seesEverything,
): Promise<KeyTrace> {
  const question = { ledger, names, sight }
  const stations = new Map<string, Station>()
  const asked = new Set<string>()
  let words = new Map([[key, `names ${key}`]])
  for (let round = 0; round < mostRounds && words.size > 0 && stations.size < mostStations; round++) {
    const found: Station[] = []
    const add = async (id: string, because: string, among: boolean) => {
      if (stations.has(id) || stations.size >= mostStations) return
      const event = await ledger.run(() => tracedEvent(id))
      if (event === undefined) return
      const station = { event: among ? withoutRecords(event) : event, because, among }
      stations.set(id, station)
      found.push(station)
    }
    const encrypted = await encryptedOnes(question, new Set(words.keys()))
    for (const [word, because] of words) {
      asked.add(word)
      const { named, read } = await plainOnes(question, word)
      for (const id of [...named, ...(encrypted.get(word)?.named ?? [])]) await add(id, because, false)
      for (const id of [...read, ...(encrypted.get(word)?.read ?? [])])
        await add(id, `read ${word} among others`, true)
    }
    for (const { event, among } of [...found])
      if (!among)
        for (const id of await ledger.run(() => sameTransaction(event.correlationId, mostStations)))
          await add(id, "the same transaction", false)
    const followed = found.filter(({ among }) => !among).map(({ event }) => event)
    const next = new Map<string, string>()
    for (const event of followed)
      for (const word of await identifiersOf(question, event))
        next.set(word, `names ${word} of ${event.flow}`)
    for (const [word, flow] of await madeElsewhere(question, followed))
      next.set(word, `was answered ${word}, which ${flow} names`)
    words = new Map(
      [...next].filter(([word]) => !asked.has(word)).slice(0, Math.max(0, mostWords - asked.size)),
    )
  }
  const more = words.size > 0 || stations.size >= mostStations
  return { stations: await inOrder(ledger, stations), more }
}

async function inOrder(ledger: Ledger, stations: ReadonlyMap<string, Station>): Promise<readonly Station[]> {
  const found: { readonly seq: number; readonly station: Station }[] = []
  for (const station of stations.values())
    found.push({ seq: await ledger.run(() => placeOf(station.event.id)), station })
  return found.toSorted((a, b) => a.seq - b.seq).map(({ station }) => station)
}

function* placeOf(id: string): Operation<number> {
  const [row] = yield sql`SELECT seq FROM inbox WHERE id = ${id}`
  return row === undefined ? 0 : countOf(row, "seq")
}

function* lastPlace(): Operation<number> {
  const [row] = yield sql`SELECT max(seq) AS seq FROM inbox`
  return row === undefined ? 0 : countOf(row, "seq")
}

function withoutRecords(event: TracedEvent): TracedEvent {
  const steps = event.steps.map(step => (Array.isArray(step.result) ? { ...step, result: undefined } : step))
  return { ...event, steps }
}

/** Events whose payload, or what they sent or were answered, has the word as a whole value; and those that read a record with it. */
async function plainOnes({ ledger, sight }: Question, word: string): Promise<Knowing> {
  const [named, read] = [new Set<string>(), new Set<string>()]
  const [like, last] = [likeOf(word), await ledger.run(lastPlace)]
  for (const [from, to] of partsOfPlaces(last))
    for (const row of await ledger.run(() => payloadsLike(like, from, to)))
      if (wordsOfEvent(sight, row).includes(word)) named.add(textOf(row, "event"))
  for (const [from, to] of partsOfKeys(last)) {
    for (const row of await ledger.run(() => effectsLike(like, from, to)))
      if (wordsOfEffect(sight, row).includes(word)) named.add(textOf(row, "event"))
    for (const step of await ledger.run(() => stepsLike(like, from, to)))
      if (!read.has(textOf(step, "event")))
        for (const row of await ledger.run(() => resultOf(step)))
          if (wordsOfStep(sight, row).includes(word)) read.add(textOf(row, "event"))
  }
  return { named, read }
}

function* payloadsLike(like: string, after: number, until: number): Operation<readonly Row[]> {
  return yield sql`SELECT id AS event, id, flow, flow_version, payload FROM inbox
    WHERE seq > ${after} AND seq <= ${until} AND payload LIKE ${like} ESCAPE '!' ORDER BY seq LIMIT ${mostStations}`
}

function* effectsLike(like: string, from: string, to: string): Operation<readonly Row[]> {
  return yield sql`SELECT e.event AS event, e.name AS name, e.request AS request, e.receipt AS receipt, i.flow AS flow, i.flow_version AS flow_version
    FROM effect e JOIN inbox i ON i.id = e.event
    WHERE e.key >= ${from} AND e.key < ${to} AND (e.request LIKE ${like} ESCAPE '!' OR e.receipt LIKE ${like} ESCAPE '!') ORDER BY e.key LIMIT ${mostStations}`
}

/** Without what they read, which may be long. */
function* stepsLike(like: string, from: string, to: string): Operation<readonly Row[]> {
  return yield sql`SELECT event, generation, name FROM step
    WHERE event >= ${from} AND event < ${to} AND result LIKE ${like} ESCAPE '!' ORDER BY event, generation, name LIMIT ${mostStations}`
}

function* resultOf(step: Row): Operation<readonly Row[]> {
  return yield sql`SELECT s.event AS event, s.name AS name, s.result AS result, i.flow AS flow, i.flow_version AS flow_version
    FROM step s JOIN inbox i ON i.id = s.event
    WHERE s.event = ${textOf(step, "event")} AND s.generation = ${countOf(step, "generation")} AND s.name = ${textOf(step, "name")}`
}

async function encryptedOnes(
  { ledger, sight }: Question,
  words: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Knowing>> {
  const found = new Map([...words].map(word => [word, { named: new Set<string>(), read: new Set<string>() }]))
  const note = (
    rows: readonly Row[],
    what: keyof Knowing,
    wordsOf: (sight: KeySight, row: Row) => readonly string[],
  ) => {
    for (const row of rows)
      for (const word of wordsOf(sight, row)) found.get(word)?.[what].add(textOf(row, "event"))
  }
  const last = await ledger.run(lastPlace)
  for (let until = last; until > Math.max(0, last - mostSealed); until -= sealedInOneGo) {
    const after = until - sealedInOneGo
    note(await ledger.run(() => sealedPayloads(after, until)), "named", wordsOfEvent)
    note(await ledger.run(() => sealedEffects(after, until)), "named", wordsOfEffect)
    note(await ledger.run(() => sealedSteps(after, until)), "read", wordsOfStep)
  }
  return found
}

function* sealedPayloads(after: number, until: number): Operation<readonly Row[]> {
  return yield sql`SELECT id AS event, id, flow, flow_version, payload FROM inbox
    WHERE seq > ${after} AND seq <= ${until} AND payload LIKE 'sealed:%' ORDER BY seq`
}

function* sealedEffects(after: number, until: number): Operation<readonly Row[]> {
  return yield sql`SELECT e.event AS event, e.name AS name, e.request AS request, e.receipt AS receipt, i.flow AS flow, i.flow_version AS flow_version
    FROM inbox i JOIN effect e ON e.event = i.id
    WHERE i.seq > ${after} AND i.seq <= ${until} AND (e.request LIKE 'sealed:%' OR e.receipt LIKE 'sealed:%') ORDER BY i.seq, e.key`
}

function* sealedSteps(after: number, until: number): Operation<readonly Row[]> {
  return yield sql`SELECT s.event AS event, s.name AS name, s.result AS result, i.flow AS flow, i.flow_version AS flow_version
    FROM inbox i JOIN step s ON s.event = i.id
    WHERE i.seq > ${after} AND i.seq <= ${until} AND s.result LIKE 'sealed:%' ORDER BY i.seq, s.generation, s.name`
}

function placeIn(row: Row) {
  return { flow: textOf(row, "flow"), version: textOf(row, "flow_version") }
}

function wordsOfEvent(sight: KeySight, row: Row): readonly string[] {
  return scalarsIn(sight.payload(placeIn(row), jsonOf(row, "payload")))
}

function wordsOfEffect(sight: KeySight, row: Row): readonly string[] {
  const at = { ...placeIn(row), name: textOf(row, "name") }
  return [
    ...scalarsIn(sight.request(at, jsonOf(row, "request"))),
    ...scalarsIn(sight.receipt(at, jsonOf(row, "receipt"))),
  ]
}

function wordsOfStep(sight: KeySight, row: Row): readonly string[] {
  return scalarsIn(sight.result({ ...placeIn(row), name: textOf(row, "name") }, jsonOf(row, "result")))
}

/** What others may call it by: its own key, the key of what it wrote, what the target answered. Not what it only made sure of: a customer has many orders. */
async function identifiersOf(
  { ledger, names, sight }: Question,
  { id, flow, version, payload }: TracedEvent,
): Promise<readonly string[]> {
  const key = names.key(flow)
  const written = (await ledger.run(() => effectsOf(id))).flatMap(row => {
    const at = { flow, version, name: textOf(row, "name") }
    const request = sight.request(at, jsonOf(row, "request"))
    if (memberOf(request, "verb") === "ensure") return []
    const keyed = memberOf(request, "key")
    const own = typeof keyed === "string" ? memberOf(memberOf(request, "record"), keyed) : undefined
    const answer = memberOf(sight.receipt(at, jsonOf(row, "receipt")), "answer")
    return [own, ...names.answers(flow, at.name).map(name => memberOf(answer, name))]
  })
  const all = [
    key === null ? undefined : memberOf(sight.payload({ flow, version }, payload), key),
    ...written,
  ]
  return all.flatMap(value => scalarText(value) ?? []).filter(text => text.length >= shortest)
}

function* effectsOf(event: string): Operation<readonly Row[]> {
  return yield sql`SELECT event, name, request, receipt FROM effect WHERE event = ${event} AND state = 'done' AND undoes IS NULL ORDER BY name`
}

/** Values of their payloads by which targets of other events call what those wrote: each with the flow that names it. */
async function madeElsewhere(
  { ledger, names, sight }: Question,
  events: readonly TracedEvent[],
): Promise<ReadonlyMap<string, string>> {
  const naming = new Map<string, TracedEvent[]>()
  for (const event of events) {
    const values = new Set(
      scalarsIn(sight.payload(event, event.payload)).filter(
        value => value.length >= shortest && !isFigureOrTime(value),
      ),
    )
    for (const value of [...values].slice(0, mostValues))
      naming.set(value, [...(naming.get(value) ?? []), event])
  }
  const found = new Map<string, string>()
  if (naming.size === 0) return found
  for (const [from, to] of partsOfKeys(await ledger.run(lastPlace)))
    for (const row of await ledger.run(() => answeredOnes(from, to))) {
      const at = { ...placeIn(row), name: textOf(row, "name") }
      const answers = names.answers(at.flow, at.name)
      if (answers.length === 0) continue
      const answer = memberOf(sight.receipt(at, jsonOf(row, "receipt")), "answer")
      const called = answers.flatMap(name => {
        const value = scalarText(memberOf(answer, name))
        const other =
          value === undefined ? undefined : naming.get(value)?.find(({ id }) => id !== row["event"])
        return value === undefined || other === undefined ? [] : [{ value, flow: other.flow }]
      })
      if (called.length === 0 || (await ledger.run(() => onlyMadeSure(textOf(row, "key"))))) continue
      for (const { value, flow } of called) found.set(value, flow)
    }
  return found
}

function* answeredOnes(from: string, to: string): Operation<readonly Row[]> {
  return yield sql`SELECT e.key AS key, e.event AS event, e.name AS name, e.receipt AS receipt, i.flow AS flow, i.flow_version AS flow_version
    FROM effect e JOIN inbox i ON i.id = e.event WHERE e.key >= ${from} AND e.key < ${to} AND e.receipt IS NOT NULL ORDER BY e.key`
}

function* onlyMadeSure(key: string): Operation<boolean> {
  const [row] = yield sql`SELECT event, name, request FROM effect WHERE key = ${key}`
  return row !== undefined && memberOf(jsonOf(row, "request"), "verb") === "ensure"
}
