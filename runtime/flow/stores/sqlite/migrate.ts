// Brings the schema of a file up to date. Flows in: an open database and the numbered SQL files. Flows out: the same database with each
// file run once, in order; or a refusal where a newer fmap wrote it.
import { readdirSync, readFileSync } from "node:fs"
import type { DatabaseSync } from "node:sqlite"
import { NotPossible } from "../../port/failures.ts"

export interface Migration {
  readonly number: number
  readonly name: string
  readonly text: string
}

export function migrationsIn(folder: URL): readonly Migration[] {
  return readdirSync(folder)
    .filter(name => /^\d{4}-[a-z0-9-]+\.sql$/u.test(name))
    .toSorted()
    .map(name => ({
      number: Number(name.slice(0, 4)),
      name,
      text: readFileSync(new URL(name, folder), "utf8"),
    }))
}

export function migrate(database: DatabaseSync, migrations: readonly Migration[], now: string): void {
  database.exec("BEGIN IMMEDIATE")
  try {
    refuseForeign(database)
    database.exec(
      "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL) STRICT",
    )
    const run = database.prepare("SELECT number FROM migration").all()
    const done = new Set(run.map(row => Number(row["number"])))
    const last = Math.max(0, ...done)
    const newest = migrations.at(-1)?.number ?? 0
    if (last > newest)
      throw new NotPossible(
        "FM8404",
        `The ledger has schema ${last}, and this fmap knows schemas up to ${newest}: it was written by a newer one`,
      )
    const insert = database.prepare("INSERT INTO migration (number, name, at) VALUES (?, ?, ?)")
    for (const { number, name, text } of migrations) {
      if (done.has(number)) continue
      database.exec(text)
      insert.run(number, name, now)
    }
    database.exec("COMMIT")
  } catch (error) {
    database.exec("ROLLBACK")
    throw error
  }
}

/** A file of another program would get our tables beside its own. */
function refuseForeign(database: DatabaseSync): void {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
  const [first] = tables
  if (first === undefined || tables.some(({ name }) => name === "migration")) return
  throw new NotPossible(
    "FM8405",
    `This is a database of something else: it has the table ${String(first["name"])}, and no ledger. Name a file of its own for the ledger`,
  )
}
