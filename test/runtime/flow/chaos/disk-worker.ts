// The process whose disk fails or loses its power: takes events and works on them, and says what was acknowledged and what troubles it, a line each. Arguments: file, the first event, how
// many. Ends with 0 when all are done.
import { argv, stdout } from "node:process"
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { openEvents } from "../../../../runtime/flow/ledger/open-events.ts"
import { BackPressure, StoreFailed } from "../../../../runtime/flow/port/failures.ts"
import { openSqliteLedger, type SqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { chaosOrder } from "./orders.ts"
import { chaosFlows } from "./orders-flow.ts"

const [file = "", from = "0", count = "0"] = argv.slice(2)
const world = systemWorld()
const never = new AbortController().signal
const say = (word: string, value: number | string) => void stdout.write(`${word} ${value}\n`)
const troubled = (error: unknown) => say("troubled", error instanceof Error ? error.message : String(error))

const ledger = await opened()
const flows = chaosFlows(async (_, key) => `R-${key}`)
const engine = createEngine({ flows, ledger, world, worker: `w${process.pid}`, troubled })
const ended = new AbortController()
const processed = engine.process({ lanes: 64, signal: ended.signal })
const [first, end, batch] = [Number(from), Number(from) + Number(count), 200]
for (let at = first; at < end; at += batch) {
  const events = Array.from({ length: Math.min(batch, end - at) }, (_, i) => chaosOrder(at + i, 500))
  await again(() => engine.append(events))
  say("acknowledged", at + events.length)
}
for (;;) {
  const open = await again(() => Promise.all(flows.map(({ name }) => ledger.run(() => openEvents(name)))))
  if (open.every(one => one === 0)) break
  await world.sleep(50, never)
}
ended.abort()
await processed
ledger.close()

async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof StoreFailed) && !(error instanceof BackPressure)) throw error
      if (error instanceof StoreFailed) troubled(error)
      await world.sleep(20, never)
    }
  }
}

/** What fails while a file is opened is for whoever starts the process anew; here it does so itself. */
async function opened(): Promise<SqliteLedger> {
  for (;;) {
    try {
      return openSqliteLedger(file, world)
    } catch (error) {
      troubled(error)
      await world.sleep(20, never)
    }
  }
}
