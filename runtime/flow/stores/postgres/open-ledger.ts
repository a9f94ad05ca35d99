// Opens the ledger in a PostgreSQL database, for any number of processes. Flows in: how to connect. Flows out: a ledger whose transactions
// also send word of the lanes they made ready, through pg-boss: a lane is never ready without a message, nor a message without its lane.
import { readdirSync, readFileSync } from "node:fs"
import { Pool, type PoolClient } from "pg"
import { PgBoss } from "pg-boss"
import type { Ledger } from "../../ledger/ledger.ts"
import { markOf, refuseMarked } from "../../ledger/move-mark.ts"
import { instantText, type Operation, type Wake } from "../../ledger/operation.ts"
import { NotPossible, StoreFailed } from "../../port/failures.ts"
import type { World } from "../../port/world.ts"
import { failureOf } from "./failure-of.ts"
import { groupCommit } from "./group-commit.ts"
import { type Presence, takePresence } from "./presence.ts"
import { withoutPassword } from "./without-password.ts"

export interface PostgresOptions {
  readonly connection: string
  /** Of the ledger; "fmap" where absent. Messages are in the schema of the same name with `_queue`. */
  readonly schema?: string
  /** Connections at most; 20 where absent. */
  readonly connections?: number
  /** To look and to decide beside who works on it: nothing is made or brought up to date. */
  readonly guest?: boolean
  /** Told of errors beside the work: of a connection nobody used, of the upkeep of messages. */
  readonly troubled?: (error: unknown) => void
}

export interface PostgresLedger extends Ledger {
  readonly boss: PgBoss
  /** The queue that holds word of lanes. */
  readonly queue: string
  close(): Promise<void>
}

/** A worker that says nothing for so long is dead: its lanes go to others. The least pg-boss allows. */
const heartbeatSeconds = 10
const superviseSeconds = 2
const attemptsAtOnce = 20
const queue = "lanes"

/** Throws NotPossible for a ledger that was moved, unless `evenIfMoved`: for the move itself. */
export async function openPostgresLedger(
  options: PostgresOptions,
  world: World,
  { evenIfMoved = false }: { readonly evenIfMoved?: boolean } = {},
): Promise<PostgresLedger> {
  const { connection, schema = "fmap", guest = false, troubled = () => undefined } = options
  const { connections = guest ? 4 : 20 } = options
  if (!/^[a-z][a-z0-9_]{0,40}$/u.test(schema))
    throw new NotPossible(`${schema} is no name for a schema: a letter, then letters, digits, _`)
  const pool = new Pool({
    connectionString: connection,
    max: connections,
    options: `-c search_path=${schema}`,
  })
  // A connection that breaks while nobody uses it is replaced by the next one.
  pool.on("error", troubled)
  // One that breaks while it is used says so twice: its query fails too, and that is what counts.
  pool.on("connect", client => void client.on("error", () => undefined))
  const boss = new PgBoss({
    connectionString: connection,
    schema: `${schema}_queue`,
    max: connections,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    schedule: false,
    ...(guest ? { migrate: false, supervise: false } : {}),
  })
  boss.on("error", troubled)
  let presence: Presence | undefined
  try {
    presence = evenIfMoved ? undefined : await takePresence(connection, schema, world, troubled)
    if (guest) await refuseOther(pool, connection)
    else await migrate(pool, schema, instantText(world.now()))
    if (!evenIfMoved) await refuseMoved(pool, connection)
    await boss.start()
    if (!guest)
      await boss.createQueue(queue, {
        retryLimit: 1_000_000,
        retryDelay: 0,
        heartbeatSeconds,
        expireInSeconds: 3_600,
      })
  } catch (error) {
    await presence?.end()
    await pool.end()
    throw failureOf(error) === "later" ? new StoreFailed(error) : error
  }

  const transaction = groupCommit(pool, send, world.defer)

  async function run<T>(operation: () => Operation<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await transaction(operation)
      } catch (error) {
        const failure = failureOf(error)
        if (failure === "bug") throw error
        if (failure === "later" || attempt >= attemptsAtOnce) throw new StoreFailed(error)
        await world.sleep(Math.ceil(10 * attempt * world.random()), new AbortController().signal)
      }
    }
  }

  async function send(client: PoolClient, wakes: readonly Wake[]): Promise<void> {
    const jobs = wakes.map(({ flow, lane, dueAt }) => ({ data: { flow, lane }, startAfter: new Date(dueAt) }))
    const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) }
    await boss.insert(queue, jobs, { db })
  }

  return {
    boss,
    queue,
    run,
    async close() {
      await boss.stop({ graceful: true, timeout: 5_000 })
      await presence?.end()
      await pool.end()
    },
  }
}

/** A look must not bring a ledger up to date under those who work on it. */
async function refuseOther(pool: Pool, connection: string): Promise<void> {
  const name = withoutPassword(connection)
  const { rows: tables } = await pool.query("SELECT to_regclass('migration') AS migration")
  if (tables[0]?.migration === null) throw new NotPossible(`There is no ledger ${name}`)
  const { rows } = await pool.query("SELECT max(number) AS last FROM migration")
  const wanted = Number(migrationFiles().at(-1)?.slice(0, 4))
  if (Number(rows[0]?.last) !== wanted)
    throw new NotPossible(
      `The ledger ${name} has schema ${rows[0]?.last}, and this fmap works on schema ${wanted}; the fmap that runs its flows brings it up to date`,
    )
}

async function refuseMoved(pool: Pool, connection: string): Promise<void> {
  const { rows } = await pool.query("SELECT id, state, place, at FROM move")
  refuseMarked(withoutPassword(connection), rows[0] === undefined ? undefined : markOf(rows[0]))
}

const migrations = new URL("./migrations/", import.meta.url)

function migrationFiles(): readonly string[] {
  return readdirSync(migrations)
    .filter(name => /^\d{4}-[a-z0-9-]+\.sql$/u.test(name))
    .toSorted()
}

/** One process at a time; each file once. */
async function migrate(pool: Pool, schema: string, now: string): Promise<void> {
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
    const newest = Number(files.at(-1)?.slice(0, 4) ?? 0)
    if (last > newest)
      throw new NotPossible(
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
