// The PostgreSQL of the tests: FMAP_POSTGRES, or the one on this machine. Where there is none these tests are skipped, unless FMAP_FORBID_SKIP=1:
// then its absence fails. Each test has schemas of its own.
import { env } from "node:process"
import { Client } from "pg"

export const connection = env["FMAP_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/postgres"

export async function serverAnswers(): Promise<boolean> {
  const client = new Client({ connectionString: connection, connectionTimeoutMillis: 3_000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    if (env["FMAP_FORBID_SKIP"] === "1")
      throw new Error(`FMAP_FORBID_SKIP=1, and ${connection} does not answer: ${error}`)
    return false
  }
}

export async function query(
  text: string,
  server = connection,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

export async function dropSchemas(schema: string, server = connection): Promise<void> {
  await query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`, server)
  await query(`DROP SCHEMA IF EXISTS ${schema}_queue CASCADE`, server)
}
