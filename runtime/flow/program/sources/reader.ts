// Who reads changes: a flow at one object of one system. Flows in: the flow and its source. Flows out: the names under which the ledger keeps where it is and what it saw. Where a flow is given
// another source, another reader begins; the old one's place stays, and is there when the flow comes back.
import { type Operation, textOf } from "../../ledger/operation.ts"
import { watermarkAt } from "../../ledger/seen.ts"
import { sql } from "../../ledger/statement.ts"

export interface Reader {
  readonly flow: string
  readonly system: string
  readonly object: string
}

/** Its name in the table `seen`. Names of flows and systems have no colon. */
export function nameOf({ flow, system, object }: Reader): string {
  return `${flow}:${system}:${object}`
}

/** What its events are from. Readers of before named the system alone, so that two objects of it with one id had one event. */
export function sourceOf({ system, object }: Reader, apart: boolean): string {
  return apart ? `${system}:${object}` : system
}

/** What readers of the flow at other objects gave it: records of other kinds, though their keys may be the same. */
export function* otherSources(reader: Reader, apart: boolean): Operation<readonly string[]> {
  const ofFlow = `changes:${reader.flow}:`
  const rows = yield sql`SELECT name FROM watermark WHERE substr(name, 1, ${ofFlow.length}) = ${ofFlow}
    AND name <> ${watermarkOf(reader)} ORDER BY name`
  const own = sourceOf(reader, apart)
  const sources = rows.flatMap(row => {
    const source = textOf(row, "name").slice(ofFlow.length)
    return [source, source.slice(0, source.indexOf(":"))]
  })
  return [...new Set(sources)].filter(source => source !== own)
}

export function watermarkOf(reader: Reader): string {
  return `changes:${nameOf(reader)}`
}

/**
 * How far it has come, as the ledger has it; null: it never looked. Ledgers of before kept one place a flow, whatever its source: the first reader of the flow takes it over, once, unless
 * events of the flow came from another system.
 */
export function* watermarkOfReader(reader: Reader): Operation<string | null> {
  const { flow, system } = reader
  const [name, before] = [watermarkOf(reader), `changes:${flow}`]
  const kept = yield* watermarkAt(name)
  if (kept !== null || (yield* watermarkAt(before)) === null) return kept
  const sources = yield sql`SELECT DISTINCT source FROM inbox WHERE flow = ${flow}`
  if (sources.some(row => isOtherSystem(textOf(row, "source"), system))) return null
  yield { kind: "lock", name: `changes ${name}` }
  yield sql`UPDATE watermark SET name = ${name} WHERE name = ${before}`
  yield sql`UPDATE seen SET reader = ${nameOf(reader)} WHERE reader = ${flow}`
  return yield* watermarkAt(name)
}

/** What a person, a program or a broker gave the flow has another form of source. */
function isOtherSystem(source: string, system: string): boolean {
  return source !== system && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(source)
}
