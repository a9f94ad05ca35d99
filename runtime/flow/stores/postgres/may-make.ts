// What a role of the database may do. Flows in: a connection, schemas. Flows out: may it make tables there; a sentence of who has to, where it may not.
import type { Pool } from "pg"
import { NotPossible } from "../../port/failures.ts"
import { withoutPassword } from "./without-password.ts"

/** In each of the schemas, or make those that are not there. */
export async function mayMake(pool: Pool, schemas: readonly string[]): Promise<boolean> {
  const { rows } = await pool.query<{ may: boolean }>(
    `SELECT CASE WHEN to_regnamespace(name) IS NULL THEN has_database_privilege(current_database(), 'CREATE')
       ELSE has_schema_privilege(name, 'CREATE') END AS may FROM unnest($1::text[]) AS name`,
    [schemas],
  )
  return rows.every(({ may }) => may)
}

export function toMigrate(connection: string): string {
  return `this role may not make or change it: run fmap flow migrate --store ${withoutPassword(connection)} with a role that owns it, and --grant for this one`
}

/** PostgreSQL's own word that a role may not, or the queue's that it is not up to date, in words that say what to do. */
export function refusedToMake(error: unknown, connection: string): unknown {
  if (!(error instanceof Error) || error instanceof NotPossible) return error
  const denied = "code" in error && error.code === "42501"
  const behind = /pg-boss (?:is not installed|database requires migrations)|no queue of lanes/u.test(
    error.message,
  )
  if (!denied && !behind) return error
  return new NotPossible(
    "FM8407",
    `The ledger ${withoutPassword(connection)} is not ready for this role (${error.message}); ${toMigrate(connection)}`,
    { cause: error },
  )
}
