// Tells what the ledger says is to be told: each beginning and each end once, in order, again until somebody heard it. Flows in: the ledger and a way to
// tell. Flows out: notices. A node that dies while it tells leaves the notice to another one: it may come twice, with the same id.
import type { Ledger } from "../../flow/ledger/ledger.ts"
import { countOf, instantText, type Operation, textOf, textOrNone } from "../../flow/ledger/operation.ts"
import { sql } from "../../flow/ledger/statement.ts"
import type { World } from "../../flow/port/world.ts"
import type { Reading } from "../watches/watch.ts"
import { type Notice, noticeOf } from "./notice.ts"

export type Tell = (notice: Notice, signal: AbortSignal) => Promise<void>

const leaseMs = 60_000

export async function tellAlerts(
  ledger: Ledger,
  world: World,
  tell: Tell,
  signal: AbortSignal,
  failed: (notice: Notice, error: unknown) => void,
): Promise<void> {
  const unheard = new Set<number>()
  while (!signal.aborted) {
    const next = await ledger.run(() => claimUntold(unheard, world.now()))
    if (next === undefined) return
    const notice = noticeOf(next)
    try {
      await tell(notice, signal)
      await ledger.run(() => markTold(next.seq, notice.kind, world.now()))
    } catch (error) {
      failed(notice, error)
      unheard.add(next.seq)
      await ledger.run(() => release(next.seq))
    }
  }
}

interface Untold {
  readonly seq: number
  readonly since: string
  readonly until: string | undefined
  readonly reading: Reading
}

function* claimUntold(unheard: ReadonlySet<number>, now: number): Operation<Untold | undefined> {
  yield { kind: "lock", name: "alerts" }
  const at = instantText(now)
  const rows = yield sql`SELECT seq, since, ended_at, told_at, reading FROM alert
    WHERE (told_at IS NULL OR (ended_at IS NOT NULL AND end_told_at IS NULL)) AND (telling_until IS NULL OR telling_until < ${at})
    ORDER BY seq`
  const row = rows.find(one => !unheard.has(countOf(one, "seq")))
  if (row === undefined) return undefined
  const seq = countOf(row, "seq")
  yield sql`UPDATE alert SET telling_until = ${instantText(now + leaseMs)} WHERE seq = ${seq}`
  return {
    seq,
    since: textOf(row, "since"),
    until: textOrNone(row, "told_at") === undefined ? undefined : textOrNone(row, "ended_at"),
    reading: JSON.parse(textOf(row, "reading")) as Reading,
  }
}

function* markTold(seq: number, kind: Notice["kind"], now: number): Operation<void> {
  const at = instantText(now)
  if (kind === "firing") yield sql`UPDATE alert SET told_at = ${at}, telling_until = NULL WHERE seq = ${seq}`
  else yield sql`UPDATE alert SET end_told_at = ${at}, telling_until = NULL WHERE seq = ${seq}`
}

function* release(seq: number): Operation<void> {
  yield sql`UPDATE alert SET telling_until = NULL WHERE seq = ${seq}`
}
