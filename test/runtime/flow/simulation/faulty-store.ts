// The SQLite store without a disk: the same group commit on a database in memory that outlives every process, and fails when a seed says so.
import { DatabaseSync } from "node:sqlite"
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { World } from "../../../../runtime/flow/port/world.ts"
import { groupCommit } from "../../../../runtime/flow/stores/sqlite/group-commit.ts"
import { migrate, migrationsIn } from "../../../../runtime/flow/stores/sqlite/migrate.ts"

export interface Disk {
  readonly database: DatabaseSync
  /** Asked at every begin and commit: does the disk fail now? */
  readonly fails: () => boolean
}

export function newDisk(fails: () => boolean): Disk {
  const database = new DatabaseSync(":memory:")
  migrate(
    database,
    migrationsIn(new URL("../../../../runtime/flow/stores/sqlite/migrations/", import.meta.url)),
    "2026-03-01T00:00:00.000Z",
  )
  return { database, fails }
}

class DiskError extends Error {
  readonly errcode = 10
}

/** What one process has open. */
export function ledgerOn({ database, fails }: Disk, world: World): Ledger {
  const prepared = new WeakMap()
  const faulty = new Proxy(database, {
    get(target, name) {
      if (name === "exec")
        return (text: string) => {
          if ((text === "COMMIT" || text === "BEGIN IMMEDIATE") && fails())
            throw new DiskError("disk I/O error")
          target.exec(text)
        }
      const value: unknown = Reflect.get(target, name)
      return typeof value === "function" ? value.bind(target) : value
    },
  })
  const rollBack = () => {
    if (database.isTransaction) database.exec("ROLLBACK")
  }
  return groupCommit(
    () => ({ database: faulty, prepared }),
    rollBack,
    work => world.defer(work),
  )
}
