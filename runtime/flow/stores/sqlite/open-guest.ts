// A look into a ledger's file while another process may work on it, and a decision now and then. Flows in: the path of a file that is there. Flows out: a ledger without
// the lock: one operation, one transaction, in turn with the process that has it. It works on no events.
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import type { DatabaseSync } from "node:sqlite"
import { NotPossible, StoreFailed } from "../../port/failures.ts"
import { migrationsIn } from "./migrate.ts"
import { openDatabase, refuseMoved, type SqliteLedger } from "./open-ledger.ts"
import { runOperation } from "./run-operation.ts"
import { isOfStore, withFile } from "./store-error.ts"

const migrations = new URL("./migrations/", import.meta.url)

export function openSqliteGuest(path: string): Pick<SqliteLedger, "run" | "close"> {
  const file = resolve(path)
  if (!existsSync(file)) throw new NotPossible("FM8402", `There is no ledger ${path}`)
  const database = withFile(path, () => openDatabase(file))
  try {
    withFile(path, () => refuseOtherSchema(database, path))
    refuseMoved(database, path)
  } catch (error) {
    database.close()
    throw error instanceof NotPossible
      ? error
      : new NotPossible("FM8405", `${path} is no ledger`, { cause: error })
  }
  const prepared = new WeakMap()
  return {
    async run(operation) {
      try {
        database.exec("BEGIN IMMEDIATE")
        const result = runOperation(database, prepared, operation())
        database.exec("COMMIT")
        return result
      } catch (error) {
        if (database.isTransaction) database.exec("ROLLBACK")
        throw isOfStore(error) ? new StoreFailed(error) : error
      }
    },
    close: () => database.close(),
  }
}

function refuseOtherSchema(database: DatabaseSync, path: string): void {
  const wanted = migrationsIn(migrations).at(-1)?.number
  const row = database.prepare("SELECT max(number) AS last FROM migration").get()
  if (Number(row?.["last"]) !== wanted)
    throw new NotPossible(
      "FM8404",
      `The ledger ${path} has schema ${row?.["last"]}, and this fmap works on schema ${wanted}; the fmap that runs its flows brings it up to date`,
    )
}
