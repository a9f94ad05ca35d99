// What a role needs that works on a ledger and makes nothing. Flows in: the schema, the role's name. Flows out: SQL, statement by statement: rows may be read and written, no table made or changed, and of the audit no
// record altered or removed.
import { Client } from "pg"
import { NotPossible } from "../../port/failures.ts"

/** To be run by the owner after each `fmap flow migrate`: new tables are the owner's alone. */
export function grantsFor(role: string, schema = "fmap"): readonly string[] {
  if (!/^[A-Za-z_][A-Za-z0-9_$-]{0,62}$/u.test(role))
    throw new NotPossible(
      "FM8407",
      `"${role.slice(0, 80)}" is no name of a role: a letter, then letters, digits, _, $ and -`,
    )
  const [both, to] = [`${schema}, ${schema}_queue`, `"${role}"`]
  return [
    `GRANT USAGE ON SCHEMA ${both} TO ${to}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${both} TO ${to}`,
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${both} TO ${to}`,
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${both} TO ${to}`,
    `REVOKE UPDATE, DELETE ON ${schema}.audit FROM ${to}`,
    `REVOKE INSERT, UPDATE, DELETE ON ${schema}.migration, ${schema}.move FROM ${to}`,
    `REVOKE UPDATE, DELETE ON ${schema}.residence FROM ${to}`,
  ]
}

/** All of them, or none. */
export async function grantWork(connection: string, role: string, schema = "fmap"): Promise<void> {
  const grants = grantsFor(role, schema)
  const client = new Client({ connectionString: connection })
  await client.connect()
  try {
    await client.query(["BEGIN", ...grants].join(";\n"))
    // Who owns nothing grants nothing, and PostgreSQL only warns.
    const { rows } = await client.query<{ granted: boolean }>(
      "SELECT bool_and(has_table_privilege($1, name, 'INSERT')) AS granted FROM unnest($2::text[]) AS name",
      [role, [`${schema}.inbox`, `${schema}_queue.job`]],
    )
    if (rows[0]?.granted !== true) throw new NotPossible("FM8407", "who grants it does not own the tables")
    await client.query("COMMIT")
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined
    if (!(error instanceof NotPossible) && code !== noSuchRole && code !== denied) throw error
    throw new NotPossible(
      "FM8407",
      `${role} was granted nothing: ${error instanceof Error ? error.message : ""}`,
    )
  } finally {
    await client.end()
  }
}

const noSuchRole = "42704"
const denied = "42501"
