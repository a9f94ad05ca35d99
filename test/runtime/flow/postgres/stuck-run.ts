// A process that works on the lane of one event alone and never ends: it is killed. Arguments: schema, id of the event. Flows out: `working` on standard output.
import process from "node:process"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { flowOf } from "../engine-on-disk.ts"
import { connection } from "./server.ts"

const [schema = "", only = ""] = process.argv.slice(2)
const world = systemWorld()
const ledger = await openPostgresLedger({ connection, schema }, world)
const never = flowOf(async () => {
  process.stdout.write("working\n")
  await new Promise(() => undefined)
})
const engine = createPostgresEngine({ flows: [never], ledger, world, worker: "stuck", only })
await engine.process({ lanes: 1, signal: new AbortController().signal })
