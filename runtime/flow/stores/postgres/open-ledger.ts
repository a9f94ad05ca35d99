// Opens the ledger in a PostgreSQL database, for any number of processes. Flows in: how to connect. Flows out: a ledger whose transactions
// also send word of the lanes they made ready, through pg-boss: a lane is never ready without a message, nor a message without its lane.
import { Pool } from "pg"
import { PgBoss } from "pg-boss"
import type { Ledger } from "../../ledger/ledger.ts"
import { markOf, refuseMarked } from "../../ledger/move-mark.ts"
import { instantText, type Operation, type Wake } from "../../ledger/operation.ts"
import type { Statement } from "../../ledger/statement.ts"
import { NotPossible, StoreFailed } from "../../port/failures.ts"
import type { World } from "../../port/world.ts"
import { cannotOpen } from "./cannot-open.ts"
import { failureOf } from "./failure-of.ts"
import { groupCommit } from "./group-commit.ts"
import { mayMake } from "./may-make.ts"
import { migrate, refuseOther } from "./migrate.ts"
import { type Presence, takePresence } from "./presence.ts"
import { takesStatements } from "./take-statement.ts"
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
    throw new NotPossible("FM8401", `${schema} is no name for a schema: a letter, then letters, digits, _`)
  const pool = new Pool({
    connectionString: connection,
    max: connections,
    options: `-c search_path=${schema}`,
  })
  // A connection that breaks while nobody uses it is replaced by the next one.
  pool.on("error", troubled)
  // One that breaks while it is used says so twice: its query fails too, and that is what counts.
  pool.on("connect", client => void client.on("error", () => undefined))
  let boss: PgBoss
  let presence: Presence | undefined
  try {
    presence = evenIfMoved ? undefined : await takePresence(connection, schema, world, troubled)
    const makes = !guest && (await mayMake(pool, [schema, `${schema}_queue`]))
    if (makes) await migrate(pool, schema, instantText(world.now()))
    else await refuseOther(pool, connection, guest ? "beside" : "to work")
    if (!evenIfMoved) await refuseMoved(pool, connection)
    boss = new PgBoss({
      connectionString: connection,
      schema: `${schema}_queue`,
      max: connections,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
      schedule: false,
      ...(makes ? {} : { migrate: false, createSchema: false }),
      ...(guest ? { supervise: false } : {}),
    })
    boss.on("error", troubled)
    await boss.start()
    if (makes)
      await boss.createQueue(queue, {
        retryLimit: 1_000_000,
        retryDelay: 0,
        heartbeatSeconds,
        expireInSeconds: 3_600,
      })
    else if (!guest && (await boss.getQueue(queue)) === null) throw new Error("there is no queue of lanes")
  } catch (error) {
    await presence?.end()
    await pool.end()
    throw cannotOpen(error, connection)
  }

  const taken = takesStatements()
  const word = async (wakes: readonly Wake[]): Promise<Statement> => {
    const jobs = wakes.map(({ flow, lane, dueAt }) => ({ data: { flow, lane }, startAfter: new Date(dueAt) }))
    return taken(db => boss.insert(queue, jobs, { db }))
  }
  const transaction = groupCommit(pool, word, world.defer)

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

async function refuseMoved(pool: Pool, connection: string): Promise<void> {
  const { rows } = await pool.query("SELECT id, state, place, at FROM move")
  refuseMarked(withoutPassword(connection), rows[0] === undefined ? undefined : markOf(rows[0]))
}
