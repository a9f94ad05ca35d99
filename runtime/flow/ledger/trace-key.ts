// A business key over flows and systems: from an opportunity to its order, its invoice and the load it went into. Flows in: the key, what a project knows of keys, what whoever asks may look into. Flows out: the events
// that know it, each with why. Systems in between forget a correlation; what they keep are keys: an event belongs to another one when it names what that one was made of or was answered.
// What names a key may stand anywhere in payloads, so it reads all of them, several times, a part at a time: who works on the ledger gets in between.
import { knowingEvents } from "./key-looks.ts"
import { type KeyNames, type KeyQuestion, shortest } from "./key-question.ts"
import { type KeySight, seesEverything } from "./key-sight.ts"
import { jsonOf, memberOf, scalarText } from "./key-words.ts"
import type { Ledger } from "./ledger.ts"
import { madeElsewhere } from "./made-elsewhere.ts"
import { countOf, type Operation, type Row, textOf } from "./operation.ts"
import { sql } from "./statement.ts"
import { sameTransaction, type TracedEvent, tracedEvent } from "./trace.ts"

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

const mostRounds = 8
const mostStations = 200
const mostWords = 200

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
    const knowing = await knowingEvents(question, [...words.keys()])
    for (const [word, because] of words) {
      asked.add(word)
      for (const id of knowing.get(word)?.named ?? []) await add(id, because, false)
      for (const id of knowing.get(word)?.read ?? []) await add(id, `read ${word} among others`, true)
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

function withoutRecords(event: TracedEvent): TracedEvent {
  const steps = event.steps.map(step => (Array.isArray(step.result) ? { ...step, result: undefined } : step))
  return { ...event, steps }
}

/** What others may call it by: its own key, the key of what it wrote, what the target answered. Not what it only made sure of: a customer has many orders. */
async function identifiersOf(
  { ledger, names, sight }: KeyQuestion,
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
