// Says that somebody has a ledger open, so that nobody moves it meanwhile. Flows in: how to connect. Flows out: a lock many may share, taken again when its connection breaks, until it is given back.
import { Client } from "pg"
import { LedgerHeld } from "../../port/failures.ts"
import type { World } from "../../port/world.ts"

/** Of the schema, as the first parameter. */
export const presenceKey = "hashtextextended('fmap ledger ' || $1::text, 0)"

const againMs = 1_000

export interface Presence {
  end(): Promise<void>
}

/** Throws LedgerHeld while the ledger is being moved. */
export async function takePresence(
  connection: string,
  schema: string,
  world: World,
  troubled: (error: unknown) => void,
): Promise<Presence> {
  const ended = new AbortController()
  let client = await shared(connection, schema)
  const watch = (own: Client) =>
    own.on("error", error => {
      troubled(error)
      void again()
    })
  async function again(): Promise<void> {
    while (!ended.signal.aborted) {
      await world.sleep(againMs, ended.signal)
      if (ended.signal.aborted) return
      try {
        client = await shared(connection, schema)
        watch(client)
        return
      } catch (error) {
        troubled(error)
      }
    }
  }
  watch(client)
  return {
    async end() {
      ended.abort()
      await client.end().catch(troubled)
    },
  }
}

async function shared(connection: string, schema: string): Promise<Client> {
  const client = new Client({ connectionString: connection })
  await client.connect()
  const { rows } = await client.query(`SELECT pg_try_advisory_lock_shared(${presenceKey}) AS here`, [schema])
  if (rows[0]?.here === true) return client
  await client.end()
  throw new LedgerHeld("The ledger is being moved")
}
