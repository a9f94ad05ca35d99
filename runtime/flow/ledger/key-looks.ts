// Events that know a word. Flows in: words. Flows out: for each the events whose payload, or what they sent or were answered, has it as a whole value, and those that read a record with it. What is plain is looked for by the
// store; of what is encrypted the newest is opened.
import { partsOfKeys, partsOfPlaces } from "./key-parts.ts"
import { type KeyQuestion, type Likes, lastPlace, likesOf, placeIn } from "./key-question.ts"
import type { KeySight } from "./key-sight.ts"
import { jsonOf, scalarsIn } from "./key-words.ts"
import { countOf, type Operation, type Row, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

/** Events that know a word. */
export interface Knowing {
  readonly named: ReadonlySet<string>
  readonly read: ReadonlySet<string>
}

/** No query looks into what is encrypted: of so many events, the newest, texts are opened. */
const mostSealed = 5_000
const sealedInOneGo = 500

type Known = ReadonlyMap<string, { readonly named: Set<string>; readonly read: Set<string> }>

export async function knowingEvents(
  question: KeyQuestion,
  words: readonly string[],
): Promise<ReadonlyMap<string, Knowing>> {
  const known: Known = new Map(
    words.map(word => [word, { named: new Set<string>(), read: new Set<string>() }]),
  )
  await lookAtPlain(question, words, known)
  await lookAtEncrypted(question, known)
  return known
}

function note(known: Known, what: keyof Knowing, event: string, words: readonly string[]): void {
  for (const word of words) known.get(word)?.[what].add(event)
}

async function lookAtPlain(
  { ledger, sight }: KeyQuestion,
  words: readonly string[],
  known: Known,
): Promise<void> {
  const last = await ledger.run(lastPlace)
  for (const likes of likesOf(words)) {
    for (const [from, to] of partsOfPlaces(last))
      for (const row of await ledger.run(() => payloadsLike(likes, from, to)))
        note(known, "named", textOf(row, "event"), wordsOfEvent(sight, row))
    for (const [from, to] of partsOfKeys(last)) {
      for (const row of await ledger.run(() => effectsLike(likes, from, to)))
        note(known, "named", textOf(row, "event"), wordsOfEffect(sight, row))
      for (const step of await ledger.run(() => stepsLike(likes, from, to)))
        for (const row of await ledger.run(() => resultOf(step)))
          note(known, "read", textOf(row, "event"), wordsOfStep(sight, row))
    }
  }
}

/** Of one part, for all words of a statement. */
const mostRows = 800

function* payloadsLike([a, b, c, d]: Likes, after: number, until: number): Operation<readonly Row[]> {
  return yield sql`SELECT id AS event, id, flow, flow_version, payload FROM inbox WHERE seq > ${after} AND seq <= ${until}
    AND (payload LIKE ${a} ESCAPE '!' OR payload LIKE ${b} ESCAPE '!' OR payload LIKE ${c} ESCAPE '!' OR payload LIKE ${d} ESCAPE '!')
    ORDER BY seq LIMIT ${mostRows}`
}

function* effectsLike([a, b, c, d]: Likes, from: string, to: string): Operation<readonly Row[]> {
  return yield sql`SELECT e.event AS event, e.name AS name, e.request AS request, e.receipt AS receipt, i.flow AS flow, i.flow_version AS flow_version
    FROM effect e JOIN inbox i ON i.id = e.event WHERE e.key >= ${from} AND e.key < ${to}
    AND (e.request LIKE ${a} ESCAPE '!' OR e.request LIKE ${b} ESCAPE '!' OR e.request LIKE ${c} ESCAPE '!' OR e.request LIKE ${d} ESCAPE '!'
      OR e.receipt LIKE ${a} ESCAPE '!' OR e.receipt LIKE ${b} ESCAPE '!' OR e.receipt LIKE ${c} ESCAPE '!' OR e.receipt LIKE ${d} ESCAPE '!')
    ORDER BY e.key LIMIT ${mostRows}`
}

/** Without what they read, which may be long. */
function* stepsLike([a, b, c, d]: Likes, from: string, to: string): Operation<readonly Row[]> {
  return yield sql`SELECT event, generation, name FROM step WHERE event >= ${from} AND event < ${to}
    AND (result LIKE ${a} ESCAPE '!' OR result LIKE ${b} ESCAPE '!' OR result LIKE ${c} ESCAPE '!' OR result LIKE ${d} ESCAPE '!')
    ORDER BY event, generation, name LIMIT ${mostRows}`
}

function* resultOf(step: Row): Operation<readonly Row[]> {
  return yield sql`SELECT s.event AS event, s.name AS name, s.result AS result, i.flow AS flow, i.flow_version AS flow_version
    FROM step s JOIN inbox i ON i.id = s.event
    WHERE s.event = ${textOf(step, "event")} AND s.generation = ${countOf(step, "generation")} AND s.name = ${textOf(step, "name")}`
}

async function lookAtEncrypted({ ledger, sight }: KeyQuestion, known: Known): Promise<void> {
  const last = await ledger.run(lastPlace)
  for (let until = last; until > Math.max(0, last - mostSealed); until -= sealedInOneGo) {
    const after = until - sealedInOneGo
    for (const row of await ledger.run(() => sealedPayloads(after, until)))
      note(known, "named", textOf(row, "event"), wordsOfEvent(sight, row))
    for (const row of await ledger.run(() => sealedEffects(after, until)))
      note(known, "named", textOf(row, "event"), wordsOfEffect(sight, row))
    for (const row of await ledger.run(() => sealedSteps(after, until)))
      note(known, "read", textOf(row, "event"), wordsOfStep(sight, row))
  }
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
