// The process that is killed: opens the ledger, is sent every event again, works. Arguments: file, URL, events, lanes. Ends with 0 when all are
// done and prints how long it was at it.
import { argv, exit } from "node:process"
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { openEvents } from "../../../../runtime/flow/ledger/open-events.ts"
import { openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { postTo } from "./http-call.ts"
import { chaosOrder } from "./orders.ts"
import { chaosFlows } from "./orders-flow.ts"

const [file = "", url = "", events = "0", lanes = "1", worker = "w"] = argv.slice(2)
const world = systemWorld()
const ledger = openSqliteLedger(file, world)
const { post, close } = postTo(url)
const flows = chaosFlows(post)
const engine = createEngine({ flows, ledger, world, worker })
const ended = new AbortController()
const processed = engine.process({ lanes: 64, signal: ended.signal })

const batch = 100
for (let at = 0; at < Number(events); at += batch) {
  const count = Math.min(batch, Number(events) - at)
  const { conflicts } = await engine.append(
    Array.from({ length: count }, (_, i) => chaosOrder(at + i, Number(lanes))),
  )
  if (conflicts.length > 0) exit(2)
}
for (;;) {
  const open = await Promise.all(flows.map(({ name }) => ledger.run(() => openEvents(name))))
  if (open.every(count => count === 0)) break
  await world.sleep(100, ended.signal)
}
ended.abort()
await processed
close()
ledger.close()
