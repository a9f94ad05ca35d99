// Kills a worker again and again while it works, with kill -9, and starts it anew on the same file. Flows in: how many events, kills, faults. Flows
// out: what the target and the ledger say afterwards.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { createSums } from "../../../../runtime/flow/ledger/amounts.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import { textOf } from "../../../../runtime/flow/ledger/operation.ts"
import { runOperation } from "../../../../runtime/flow/stores/sqlite/run-operation.ts"
import { randomOf } from "../simulation/random.ts"
import { chaosOrder, effectsOf, invoicesOf } from "./orders.ts"
import { type FaultShares, targetServer } from "./target-server.ts"

export interface KillRun {
  readonly events: number
  readonly kills: number
  readonly lanes: number
  readonly seed: number
  readonly faults: FaultShares
  /**
   * Milliseconds a worker lives before it is killed: between half and one and a half of it. A machine that is faster than that is killed by what it
   * did: so that work is left for every kill.
   */
  readonly lifeMs: number
}

export interface KillResult {
  readonly broken: readonly string[]
  readonly kills: number
  readonly calls: number
  readonly seconds: number
}

const workerFile = join(import.meta.dirname, "sqlite-worker.ts")

export async function killRun({ events, kills, lanes, seed, faults, lifeMs }: KillRun): Promise<KillResult> {
  const folder = mkdtempSync(join(tmpdir(), "fmap-chaos-"))
  const file = join(folder, "fmap.db")
  const random = randomOf(seed)
  const target = await targetServer(seed, faults)
  const started = performance.now()
  let killed = 0
  const broken: string[] = []
  try {
    for (let life = 0; ; life++) {
      const last = killed >= kills
      const code = await oneLife(
        [file, target.url, String(events), String(lanes), `w${life}`],
        join(folder, "compiled"),
        last
          ? undefined
          : {
              lifeMs: lifeMs * (0.5 + random.next()),
              enough: () => target.seen.done.size * (kills + 1) >= effectsOf(events) * (killed + 1),
            },
      )
      if (code === "killed") killed += 1
      else if (code === 0) break
      else {
        broken.push(`the worker ended with ${code}`)
        break
      }
    }
    const seconds = (performance.now() - started) / 1_000
    if (killed < kills) broken.push(`${kills} kills were wanted, and all was done after ${killed}`)
    broken.push(...checkLedger(file, events, lanes))
    const { seen } = target
    const wanted = effectsOf(events)
    if (seen.done.size !== wanted) broken.push(`${wanted} effects were wanted, ${seen.done.size} are there`)
    if (seen.duplicates > 0) broken.push(`${seen.duplicates} effects happened twice`)
    if (seen.outOfOrder > 0) broken.push(`${seen.outOfOrder} effects came out of order`)
    return { broken, kills: killed, calls: seen.calls, seconds }
  } finally {
    await target.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `compiled`: where Node keeps what it made of the sources, so that a new process spends its life working. */
function oneLife(
  words: readonly string[],
  compiled: string,
  end: { readonly lifeMs: number; enough(): boolean } | undefined,
): Promise<number | "killed"> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, ["--conditions=fmap-source", workerFile, ...words], {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    })
    const from = performance.now()
    const timer = setInterval(() => {
      if (end !== undefined && (performance.now() - from >= end.lifeMs || end.enough())) child.kill("SIGKILL")
    }, 5)
    child.on("close", (code, signal) => {
      clearInterval(timer)
      resolve(signal === "SIGKILL" ? "killed" : (code ?? -1))
    })
  })
}

function checkLedger(file: string, events: number, lanes: number): readonly string[] {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const broken = [...runOperation(database, new WeakMap(), brokenInvariants())]
    const states = database
      .prepare("SELECT flow, state, count(*) AS n FROM inbox GROUP BY flow, state ORDER BY flow")
      .all()
    const wanted = [
      { flow: "invoices", state: "done", n: invoicesOf(events) },
      { flow: "orders", state: "done", n: events },
    ]
    if (JSON.stringify(states) !== JSON.stringify(wanted)) broken.push(`states: ${JSON.stringify(states)}`)
    const sums = (rows: Iterable<readonly [string, string]>) => {
      const all = createSums()
      for (const [currency, value] of rows) all.add(currency, value)
      return JSON.stringify(all.values())
    }
    const sent = sums(
      Array.from({ length: events }, (_, i) => chaosOrder(i, lanes).amount).flatMap(amount =>
        amount === undefined ? [] : [[amount.currency, amount.value] as const],
      ),
    )
    const kept = sums(
      database
        .prepare("SELECT currency, amount FROM inbox WHERE flow = 'orders'")
        .all()
        .map(row => [textOf(row, "currency"), textOf(row, "amount")] as const),
    )
    if (sent !== kept) broken.push(`amounts: ${sent} was sent, ${kept} is in the ledger`)
    const { integrity_check: integrity } = database.prepare("PRAGMA integrity_check").get() ?? {}
    if (integrity !== "ok") broken.push(`the file: ${integrity}`)
    return broken
  } finally {
    database.close()
  }
}
