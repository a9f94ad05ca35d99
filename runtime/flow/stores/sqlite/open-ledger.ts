// Opens the ledger in one SQLite file. Flows in: a path. Flows out: a ledger whose every answer is on the disk. One process at a time; readers
// (a console) may look at the same file.
import { existsSync, mkdirSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, resolve } from "node:path"
import type { DatabaseSync } from "node:sqlite"
import type { Ledger } from "../../ledger/ledger.ts"
import { moveMark, refuseMarked } from "../../ledger/move-mark.ts"
import { instantText } from "../../ledger/operation.ts"
import { NotPossible } from "../../port/failures.ts"
import type { World } from "../../port/world.ts"
import { networkFileSystem } from "./file-system.ts"
import { type Connection, groupCommit } from "./group-commit.ts"
import { type LockFile, takeLock } from "./lock-file.ts"
import { migrate, migrationsIn } from "./migrate.ts"
import { runOperation } from "./run-operation.ts"
import { withFile } from "./store-error.ts"

export interface SqliteLedger extends Ledger {
  /** A copy of the whole ledger as it is now, while work goes on. The file must not be there yet. */
  backup(path: string): void
  /** What was asked for before is written; nothing works after. */
  close(): void
}

const migrations = new URL("./migrations/", import.meta.url)
/** Beyond this the write-ahead log is folded into the file and cut. */
const longestLogBytes = 32 * 1024 * 1024
const commitsBetweenLooks = 256
/** 16 MiB of log: what is written again and again in that time goes into the file once. */
const pagesBetweenCheckpoints = 4_000
const cacheKibibytes = 32_768

/**
 * Throws NotPossible for a file that is damaged, of something else or not to be had, LedgerHeld while another process works on it, and NotPossible for a ledger that was moved,
 * unless `evenIfMoved`: for the move itself.
 */
export function openSqliteLedger(
  path: string,
  world: World,
  { evenIfMoved = false }: { readonly evenIfMoved?: boolean } = {},
): SqliteLedger {
  return withFile(path, () => openedLedger(path, world, evenIfMoved))
}

function openedLedger(path: string, world: World, evenIfMoved: boolean): SqliteLedger {
  const file = resolve(path)
  mkdirSync(dirname(file), { recursive: true })
  const network = networkFileSystem(dirname(file))
  if (network !== undefined)
    throw new NotPossible(
      "FM8409",
      `${path} is on a ${network} file system, which loses what SQLite was told it keeps; use a disk of this machine, or PostgreSQL`,
    )
  const first = openDatabase(file)
  let lock: LockFile | undefined
  try {
    lock = lockedWhile(first, () => takeLock(`${file}.lock`))
    migrate(first, migrationsIn(migrations), instantText(world.now()))
    if (!evenIfMoved) refuseMoved(first, path)
  } catch (error) {
    first.close()
    lock?.release()
    throw error
  }
  let connection: Connection | undefined = { database: first, prepared: new WeakMap() }
  let commits = 0

  function connect(): Connection {
    connection ??= { database: openDatabase(file), prepared: new WeakMap() }
    commits += 1
    if (commits % commitsBetweenLooks === 0) shortenLog(connection.database, file)
    return connection
  }
  /** After an error of the disk nothing that this connection remembers is to be believed: the next one reads the file anew. */
  function broken(): void {
    const before = connection
    connection = undefined
    try {
      before?.database.close()
    } catch {
      // it was of no use any more
    }
  }

  const commit = groupCommit(connect, broken, work => world.defer(work))
  return {
    run: commit.run,
    backup(copy) {
      if (existsSync(copy)) throw new NotPossible("FM8408", `${copy} is there already`)
      commit.flush()
      connect().database.prepare("VACUUM INTO ?").run(copy)
    },
    close() {
      commit.flush()
      connection?.database.close()
      lock.release()
    },
  }
}

/** The rules of the file; each is asked back, because SQLite ignores what it cannot do. */
export function openDatabase(file: string): DatabaseSync {
  const { DatabaseSync } = sqlite()
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true })
  try {
    database.exec("PRAGMA busy_timeout = 5000")
    expectPragma(database, "journal_mode", "wal")
    database.exec("PRAGMA synchronous = FULL")
    expectPragma(database, "synchronous", 2)
    database.exec(`PRAGMA journal_size_limit = ${longestLogBytes}`)
    database.exec(`PRAGMA wal_autocheckpoint = ${pagesBetweenCheckpoints}`)
    database.exec(`PRAGMA cache_size = -${cacheKibibytes}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function expectPragma(database: DatabaseSync, name: string, wanted: string | number): void {
  const ask = typeof wanted === "string" ? `PRAGMA ${name} = ${wanted}` : `PRAGMA ${name}`
  const row = database.prepare(ask).get()
  if (row?.[name] !== wanted)
    throw new NotPossible(
      "FM8409",
      `SQLite does not do ${name} = ${wanted} here, and without it a crash can lose events`,
    )
}

/** `node:sqlite` is asked for when it is needed, so that a Node without it can be told kindly. */
function sqlite(): typeof import("node:sqlite") {
  try {
    return createRequire(import.meta.url)("node:sqlite")
  } catch (error) {
    throw new NotPossible("FM8409", "The ledger in a file needs Node 22.14 or later, which brings SQLite", {
      cause: error,
    })
  }
}

export function refuseMoved(database: DatabaseSync, path: string): void {
  refuseMarked(path, runOperation(database, new WeakMap(), moveMark()))
}

function lockedWhile<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE")
  try {
    // SQLite takes the lock of a file that may only be read, and would refuse the first event.
    database.exec("PRAGMA user_version = 0")
    return work()
  } finally {
    database.exec("ROLLBACK")
  }
}

function shortenLog(database: DatabaseSync, file: string): void {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
  if (log !== undefined && log.size > longestLogBytes) database.exec("PRAGMA wal_checkpoint(TRUNCATE)")
}
