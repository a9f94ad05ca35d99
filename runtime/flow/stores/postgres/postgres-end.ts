// A ledger in PostgreSQL as one end of a move. Flows in: how to connect. Flows out: its rows; or its tables filled, in one transaction. Whoever has it open keeps a move out, and a move keeps everybody out.
import { Client } from "pg"
import { markOf } from "../../ledger/move-mark.ts"
import {
  type Cell,
  type LedgerSource,
  type LedgerTable,
  type LedgerTarget,
  type MoveMark,
  ownTables,
} from "../../move/ledger-end.ts"
import { LedgerHeld } from "../../port/failures.ts"
import type { World } from "../../port/world.ts"
import { openPostgresLedger, type PostgresLedger, type PostgresOptions } from "./open-ledger.ts"
import { presenceKey } from "./presence.ts"
import { withoutPassword } from "./without-password.ts"

const page = 500

export async function postgresSource(options: PostgresOptions, world: World): Promise<LedgerSource> {
  const { ledger, client, close, ...end } = await open(options, world)
  return {
    ...end,
    ledger,
    async freeze() {
      await client.query("BEGIN")
      const tables = await end.tables()
      await client.query(`LOCK TABLE ${tables.map(({ name }) => name).join(", ")} IN EXCLUSIVE MODE`)
    },
    async leave(mark) {
      await writeMark(client, mark)
      await refuseWrites(client, await end.tables())
      await client.query("COMMIT")
    },
    close,
  }
}

export async function postgresTarget(options: PostgresOptions, world: World): Promise<LedgerTarget> {
  const { ledger, client, close, ...end } = await open(options, world)
  return {
    ...end,
    ledger,
    async fill(tables, rowsOf, mark) {
      await client.query("BEGIN")
      try {
        await takeWrites(client, tables)
        await client.query(`TRUNCATE ${[...tables.map(({ name }) => name), "move"].join(", ")}`)
        for (const table of tables)
          for await (const rows of rowsOf(table)) if (rows.length > 0) await insert(client, table, rows)
        await goOnCounting(client, tables)
        await writeMark(client, mark)
        await client.query("COMMIT")
      } catch (error) {
        await client.query("ROLLBACK")
        throw error
      }
    },
    close,
  }
}

/** Nobody else has the ledger open, and nobody can open it until this is closed. */
async function open(options: PostgresOptions, world: World) {
  const { connection, schema = "fmap" } = options
  const place = withoutPassword(connection)
  const client = new Client({ connectionString: connection, options: `-c search_path=${schema}` })
  await client.connect()
  let ledger: PostgresLedger
  try {
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${presenceKey}) AS alone`, [schema])
    if (rows[0]?.alone !== true)
      throw new LedgerHeld(`A process has the ledger ${place} open; stop what works on it, then move it`)
    ledger = await openPostgresLedger(options, world, { evenIfMoved: true })
  } catch (error) {
    await client.end()
    throw error
  }
  return {
    place,
    ledger,
    client,
    async mark() {
      const { rows } = await client.query("SELECT id, state, place, at FROM move")
      return rows[0] === undefined ? undefined : markOf(rows[0])
    },
    tables: () => tablesOf(client),
    pages: (table: LedgerTable) => pagesOf(client, table),
    async close() {
      await client.end()
      await ledger.close()
    },
  }
}

async function tablesOf(client: Client): Promise<readonly LedgerTable[]> {
  const columns = await client.query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name, ordinal_position`,
  )
  const keys = await client.query<{ name: string; attname: string }>(
    `SELECT relname AS name, attname FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
     JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
     WHERE indisprimary AND relnamespace = current_schema()::regnamespace ORDER BY relname, attname`,
  )
  const others = await client.query<{ name: string; other: string }>(
    `SELECT child.relname AS name, parent.relname AS other FROM pg_constraint
     JOIN pg_class AS child ON child.oid = conrelid JOIN pg_class AS parent ON parent.oid = confrelid
     WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
  )
  const names = [...new Set(columns.rows.map(row => row.table_name))]
  return names
    .filter(name => !ownTables.has(name) && /^[a-z_]+$/u.test(name))
    .map(name => ({
      name,
      columns: columns.rows.flatMap(row => (row.table_name === name ? [row.column_name] : [])),
      key: keys.rows.flatMap(row => (row.name === name ? [row.attname] : [])).toSorted(),
      refersTo: others.rows.flatMap(row => (row.name === name ? [row.other] : [])),
    }))
}

/** In a transaction of its own, where there is none. */
async function* pagesOf(
  client: Client,
  { name, columns, key }: LedgerTable,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  const cursor = `move_${name}`
  await client.query(
    `DECLARE ${cursor} CURSOR WITH HOLD FOR SELECT ${columns.join(", ")} FROM ${name} ORDER BY ${key.join(", ")}`,
  )
  try {
    for (;;) {
      const { rows } = await client.query<Record<string, Cell>>(`FETCH ${page} FROM ${cursor}`)
      if (rows.length === 0) return
      yield rows.map(row => columns.map(column => row[column] ?? null))
    }
  } finally {
    await client.query(`CLOSE ${cursor}`)
  }
}

async function insert(
  client: Client,
  { name, columns }: LedgerTable,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const width = columns.length
  const values = rows.map(
    (_, row) => `(${columns.map((_, column) => `$${row * width + column + 1}`).join(", ")})`,
  )
  await client.query(`INSERT INTO ${name} (${columns.join(", ")}) VALUES ${values.join(", ")}`, rows.flat())
}

/** Numbers that are given out go on behind those that were. */
async function goOnCounting(client: Client, tables: readonly LedgerTable[]): Promise<void> {
  for (const { name, columns } of tables)
    if (columns.includes("seq"))
      await client.query(
        `SELECT setval(sequence, greatest((SELECT max(seq) FROM ${name}), 1), EXISTS (SELECT 1 FROM ${name}))
         FROM pg_get_serial_sequence($1, 'seq') AS sequence WHERE sequence IS NOT NULL`,
        [name],
      )
}

async function writeMark(client: Client, { id, state, place, at }: MoveMark): Promise<void> {
  await client.query("INSERT INTO move (one, id, state, place, at) VALUES (1, $1, $2, $3, $4)", [
    id,
    state,
    place,
    at,
  ])
}

/** A worker that was cut off from the database and comes back writes nothing to what has gone. */
async function refuseWrites(client: Client, tables: readonly LedgerTable[]): Promise<void> {
  await client.query(
    `CREATE OR REPLACE FUNCTION refuse_moved() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'this ledger was moved' USING ERRCODE = '55000'; END $$`,
  )
  for (const { name } of tables)
    await client.query(
      `CREATE OR REPLACE TRIGGER refuse_moved BEFORE INSERT OR UPDATE OR DELETE ON ${name} EXECUTE FUNCTION refuse_moved()`,
    )
}

async function takeWrites(client: Client, tables: readonly LedgerTable[]): Promise<void> {
  for (const { name } of tables) await client.query(`DROP TRIGGER IF EXISTS refuse_moved ON ${name}`)
}
