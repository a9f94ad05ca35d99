// One of several workers that are killed: works on what is in the ledger until it is told to end. Arguments: schema, URL of the target, name.
import process from "node:process"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { StoreFailed } from "../../../../runtime/flow/port/failures.ts"
import {
  openPostgresLedger,
  type PostgresLedger,
} from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { postTo } from "../chaos/http-call.ts"
import { chaosFlows } from "../chaos/orders-flow.ts"
import { connection } from "./server.ts"

const [schema = "", url = "", worker = ""] = process.argv.slice(2)
const world = systemWorld()
const ledger = await opened()
const { post, close } = postTo(url)
const engine = createPostgresEngine({ flows: chaosFlows(post), ledger, world, worker })
const ended = new AbortController()
process.on("SIGTERM", () => ended.abort())
await engine.process({ lanes: 16, signal: ended.signal })
close()
await ledger.close()

/** A server that starts anew refuses for a while. */
async function opened(): Promise<PostgresLedger> {
  for (;;) {
    try {
      return await openPostgresLedger({ connection, schema, connections: 10 }, world)
    } catch (error) {
      if (!(error instanceof StoreFailed)) throw error
      await world.sleep(200, new AbortController().signal)
    }
  }
}
