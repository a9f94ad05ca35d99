// A process that takes places and never gives them back: it is killed. Arguments: the store, how many. Flows out: `held` on standard output.
import { systemWorld } from "../../../runtime/flow/host/system-world.ts"
import { placesOn } from "../../../runtime/flow/program/places.ts"
import { openPostgresLedger } from "../../../runtime/flow/stores/postgres/open-ledger.ts"
import { openSqliteLedger } from "../../../runtime/flow/stores/sqlite/open-ledger.ts"

const [store = "", schema = "", many = "1"] = process.argv.slice(2)
const world = systemWorld()
const ledger = store.startsWith("postgres")
  ? await openPostgresLedger({ connection: store, schema }, world)
  : openSqliteLedger(store, world)
const places = placesOn(ledger, world)
for (let i = 0; i < Number(many); i++)
  await places.take("erp", Number(many), 10_000, new AbortController().signal)
process.stdout.write("held\n")
