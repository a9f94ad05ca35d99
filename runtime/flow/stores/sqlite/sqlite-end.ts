// A ledger's file as one end of a move. Flows in: a path. Flows out: its rows; or the file filled. A file is filled beside its place and put there whole; where nothing was moved, there is no file that was not there before.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs"
import { dirname, resolve } from "node:path"
import type { DatabaseSync } from "node:sqlite"
import { moveMark } from "../../ledger/move-mark.ts"
import { instantText } from "../../ledger/operation.ts"
import {
  type Cell,
  type LedgerSource,
  type LedgerTable,
  type LedgerTarget,
  ownTables,
} from "../../move/ledger-end.ts"
import { NotPossible } from "../../port/failures.ts"
import type { World } from "../../port/world.ts"
import { migrate, migrationsIn } from "./migrate.ts"
import { openDatabase, openSqliteLedger, type SqliteLedger } from "./open-ledger.ts"

const migrations = new URL("./migrations/", import.meta.url)
const page = 500

export function sqliteSource(path: string, world: World): LedgerSource {
  const file = resolve(path)
  if (!existsSync(file)) throw new NotPossible("FM8402", `There is no ledger ${path}`)
  const ledger = openSqliteLedger(file, world, { evenIfMoved: true })
  const database = openDatabase(file)
  return {
    place: `sqlite:${file}`,
    ledger,
    mark: () => ledger.run(moveMark),
    tables: async () => tablesOf(database),
    pages: table => pagesOf(database, table),
    freeze: async () => database.exec("BEGIN IMMEDIATE"),
    async leave({ id, state, place, at }) {
      database
        .prepare("INSERT INTO move (one, id, state, place, at) VALUES (1, ?, ?, ?, ?)")
        .run(id, state, place, at)
      database.exec("COMMIT")
    },
    async close() {
      database.close()
      ledger.close()
    },
  }
}

export function sqliteTarget(path: string, world: World): LedgerTarget {
  const file = resolve(path)
  const draft = `${file}.moving`
  let isOurs = !existsSync(file)
  let ledger: SqliteLedger = openSqliteLedger(file, world, { evenIfMoved: true })
  let database = openDatabase(file)
  const target: LedgerTarget = {
    place: `sqlite:${file}`,
    get ledger() {
      return ledger
    },
    mark: () => ledger.run(moveMark),
    tables: async () => tablesOf(database),
    pages: table => pagesOf(database, table),
    async fill(tables, rowsOf, { id, state, place, at }) {
      removeFile(draft)
      mkdirSync(dirname(file), { recursive: true })
      const filled = openDatabase(draft)
      try {
        migrate(filled, migrationsIn(migrations), instantText(world.now()))
        filled.exec("BEGIN IMMEDIATE")
        for (const table of tables) {
          const names = table.columns.join(", ")
          const insert = filled.prepare(
            `INSERT INTO ${table.name} (${names}) VALUES (${table.columns.map(() => "?").join(", ")})`,
          )
          for await (const rows of rowsOf(table)) for (const row of rows) insert.run(...row)
        }
        filled
          .prepare("INSERT INTO move (one, id, state, place, at) VALUES (1, ?, ?, ?, ?)")
          .run(id, state, place, at)
        filled.exec("COMMIT")
        filled.exec("PRAGMA wal_checkpoint(TRUNCATE)")
      } finally {
        filled.close()
      }
      database.close()
      ledger.close()
      removeFile(file)
      syncFile(draft)
      renameSync(draft, file)
      isOurs = false
      syncFile(dirname(file))
      ledger = openSqliteLedger(file, world, { evenIfMoved: true })
      database = openDatabase(file)
    },
    async close() {
      database.close()
      removeFile(draft)
      // While it is still locked: nobody else has worked on it.
      if (isOurs) removeFile(file)
      ledger.close()
    },
  }
  return target
}

function tablesOf(database: DatabaseSync): readonly LedgerTable[] {
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all()
    .map(({ name }) => String(name))
    .filter(name => !ownTables.has(name) && /^[a-z_]+$/u.test(name))
  return names.map(name => {
    const columns = database.prepare(`PRAGMA table_info(${name})`).all()
    const others = database.prepare(`PRAGMA foreign_key_list(${name})`).all()
    return {
      name,
      columns: columns.map(column => String(column["name"])),
      key: columns.flatMap(column => (Number(column["pk"]) > 0 ? [String(column["name"])] : [])).toSorted(),
      refersTo: others.map(other => String(other["table"])),
    }
  })
}

async function* pagesOf(
  database: DatabaseSync,
  { name, columns, key }: LedgerTable,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  const select = database.prepare(`SELECT ${columns.join(", ")} FROM ${name} ORDER BY ${key.join(", ")}`)
  let rows: (readonly Cell[])[] = []
  for (const row of select.iterate()) {
    rows.push(columns.map(column => cellOf(row[column])))
    if (rows.length < page) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

function cellOf(value: unknown): Cell {
  if (typeof value === "string" || typeof value === "number" || value === null) return value
  throw new TypeError("The ledger has a value that is neither text nor a whole number")
}

function removeFile(file: string): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true })
}

function syncFile(path: string): void {
  const opened = openSync(path, "r")
  fsyncSync(opened)
  closeSync(opened)
}
