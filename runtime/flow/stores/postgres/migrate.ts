// Brings the schema of a ledger in PostgreSQL up to date. Flows in: connections and the numbered SQL files. Flows out: each file run once, in order; or a refusal where a newer fmap wrote the ledger, or where
// it is not up to date and this process is not to change it.
import { readdirSync, readFileSync } from "node:fs"
import type { Pool } from "pg"
import { NotPossible } from "../../port/failures.ts"
import { toMigrate } from "./may-make.ts"
import { withoutPassword } from "./without-password.ts"

const migrations = new URL("./migrations/", import.meta.url)

function migrationFiles(): readonly string[] {
  return readdirSync(migrations)
    .filter(name => /^\d{4}-[a-z0-9-]+\.sql$/u.test(name))
    .toSorted()
}

/** Of this fmap. */
export function newestSchema(): number {
  return Number(migrationFiles().at(-1)?.slice(0, 4) ?? 0)
}

/** For who makes nothing: it looks beside those who work on it, or its role may not. */
export async function refuseOther(pool: Pool, connection: string, as: "beside" | "to work"): Promise<void> {
  const name = withoutPassword(connection)
  const next = as === "to work" ? toMigrate(connection) : "the fmap that runs its flows brings it up to date"
  const { rows: tables } = await pool.query("SELECT to_regclass('migration') AS migration")
  if (tables[0]?.migration === null)
    throw new NotPossible(
      "FM8402",
      as === "to work" ? `There is no ledger ${name}; ${next}` : `There is no ledger ${name}`,
    )
  const { rows } = await pool.query("SELECT max(number) AS last FROM migration")
  const wanted = newestSchema()
  if (Number(rows[0]?.last) !== wanted)
    throw new NotPossible(
      "FM8404",
      `The ledger ${name} has schema ${rows[0]?.last}, and this fmap works on schema ${wanted}; ${next}`,
    )
}

/** One process at a time; each file once. */
export async function migrate(pool: Pool, schema: string, now: string): Promise<void> {
  const files = migrationFiles()
  const client = await pool.connect()
  try {
    await client.query("BEGIN")
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`fmap migrate ${schema}`])
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
    await client.query(
      "CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY, name text NOT NULL, at text NOT NULL)",
    )
    const { rows } = await client.query("SELECT number FROM migration")
    const done = new Set(rows.map(row => Number(row.number)))
    const last = Math.max(0, ...done)
    const newest = newestSchema()
    if (last > newest)
      throw new NotPossible(
        "FM8404",
        `The ledger has schema ${last}, and this fmap knows schemas up to ${newest}: it was written by a newer one`,
      )
    for (const name of files) {
      const number = Number(name.slice(0, 4))
      if (done.has(number)) continue
      await client.query(readFileSync(new URL(name, migrations), "utf8"))
      await client.query("INSERT INTO migration (number, name, at) VALUES ($1, $2, $3)", [number, name, now])
    }
    await client.query("COMMIT")
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}
