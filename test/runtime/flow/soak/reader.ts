// Reads a ledger as a console does, twice a second, until it is told to end; then prints how often. Argument: the file.
import process, { argv, exit } from "node:process"
import { DatabaseSync } from "node:sqlite"
import { stats } from "../../../../runtime/flow/ledger/stats.ts"
import { runOperation } from "../../../../runtime/flow/stores/sqlite/run-operation.ts"

const database = new DatabaseSync(argv[2] ?? "", { readOnly: true })
database.exec("PRAGMA busy_timeout = 5000")
const prepared = new WeakMap()
let reads = 0
setInterval(() => {
  runOperation(database, prepared, stats(true))
  reads += 1
}, 500)
process.on("SIGTERM", () => {
  process.stdout.write(`${reads}\n`, () => exit(0))
})
