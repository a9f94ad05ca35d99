// Readings become alerts in the ledger. Flows in: what one look found. Flows out: nothing; an alert begins, goes on or ends. It tells nobody.
import { canonicalJson } from "../../flow/ledger/canonical-json.ts"
import { countOf, instantText, type Operation, textOf } from "../../flow/ledger/operation.ts"
import { sql } from "../../flow/ledger/statement.ts"
import type { Reading } from "../watches/watch.ts"

/**
 * `watches`: all that were looked at. A group that is no more among the readings is well again. `now`: when the look began. What another node wrote down of a look that began
 * later stays: a node that was held up knows less, and would end what has just begun, or begin what has just ended.
 */
export function* keepAlerts(
  watches: readonly string[],
  readings: readonly Reading[],
  now: number,
): Operation<void> {
  yield { kind: "lock", name: "alerts" }
  const at = instantText(now)
  const wrong = new Map(
    readings
      .filter(({ alerts }) => alerts)
      .map(reading => [keyOf(reading.watch, canonicalJson(reading.group)), reading] as const),
  )
  const over = yield sql`SELECT watch, subject FROM alert WHERE ended_at > ${at}`
  for (const row of over) wrong.delete(keyOf(textOf(row, "watch"), textOf(row, "subject")))
  const firing = yield sql`SELECT seq, watch, subject, since FROM alert WHERE ended_at IS NULL ORDER BY seq`
  for (const row of firing) {
    const watch = textOf(row, "watch")
    if (!watches.includes(watch)) continue
    const key = keyOf(watch, textOf(row, "subject"))
    const reading = wrong.get(key)
    wrong.delete(key)
    const seq = countOf(row, "seq")
    if (reading === undefined) {
      if (textOf(row, "since") <= at) yield sql`UPDATE alert SET ended_at = ${at} WHERE seq = ${seq}`
    } else yield sql`UPDATE alert SET reading = ${JSON.stringify(reading)} WHERE seq = ${seq}`
  }
  for (const reading of wrong.values())
    yield sql`INSERT INTO alert (watch, subject, reading, since) VALUES (${reading.watch}, ${canonicalJson(reading.group)}, ${JSON.stringify(reading)}, ${at})`
}

function keyOf(watch: string, subject: string): string {
  return JSON.stringify([watch, subject])
}
