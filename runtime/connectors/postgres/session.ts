// Connections to a warehouse. Flows in: work with statements. Flows out: rows as values of JSON, with every digit; failures with a class. Days and instants are ISO texts in
// UTC. Each piece of work is a transaction.
import { Client, type ClientConfig, types } from "pg"
import { parseExact } from "../../formats/json/parse-exact.ts"
import { withSecrets } from "../http/bearer-token.ts"
import type { SecretReference, Secrets } from "../secrets/secrets.ts"
import { postgresFailure, type Stage } from "./postgres-errors.ts"

export type Row = Readonly<Record<string, unknown>>
export type Run = (text: string, values?: readonly (string | null)[]) => Promise<readonly Row[]>

export interface Session {
  /** Commits when the work resolves. */
  transaction<T>(work: (run: Run) => Promise<T>, signal: AbortSignal): Promise<T>
  close(): Promise<void>
}

export interface SessionOptions {
  readonly system: string
  /** `postgres://user:password@host/database`: a secret as a whole. */
  readonly connection: SecretReference
  readonly connections: number
  readonly connectMs: number
  readonly statementMs: number
}

export function openSession(options: SessionOptions, secrets: Secrets): Session {
  const idle: Client[] = []
  const waiting: (() => void)[] = []
  let busy = 0
  let isClosed = false
  const fail = (error: unknown, stage: Stage) => postgresFailure(options.system, error, stage, secrets.mask)

  const take = async (): Promise<Client> => {
    while (busy >= options.connections) await new Promise<void>(resolve => waiting.push(resolve))
    busy++
    const known = idle.pop()
    return (
      known ??
      connected(options, secrets).catch((error: unknown) => {
        give(undefined)
        throw fail(error, "open")
      })
    )
  }
  /** Undefined: the connection is not to be used again. */
  const give = (client: Client | undefined) => {
    busy--
    if (client !== undefined && !isClosed) idle.push(client)
    waiting.shift()?.()
  }
  return {
    async transaction(work, signal) {
      const client = await take()
      let stage: Stage = "work"
      const interrupt = () => client.end().catch(() => undefined)
      signal.addEventListener("abort", interrupt, { once: true })
      try {
        await client.query("BEGIN")
        const result = await work(
          async (text, values = []) => (await client.query({ text, values: [...values] })).rows as Row[],
        )
        stage = "end"
        await client.query("COMMIT")
        give(client)
        return result
      } catch (error) {
        const isUsable =
          stage === "work" &&
          (await client.query("ROLLBACK").then(
            () => true,
            () => false,
          ))
        if (!isUsable) client.end().catch(() => undefined)
        give(isUsable ? client : undefined)
        throw fail(error, stage)
      } finally {
        signal.removeEventListener("abort", interrupt)
      }
    },
    async close() {
      isClosed = true
      await Promise.all(idle.splice(0).map(client => client.end().catch(() => undefined)))
    },
  }
}

async function connected(options: SessionOptions, secrets: Secrets): Promise<Client> {
  const connectionString = await withSecrets(() => secrets.get(options.connection))
  const password = URL.canParse(connectionString)
    ? decodeURIComponent(new URL(connectionString).password)
    : ""
  secrets.hide(password)
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: options.connectMs,
    statement_timeout: options.statementMs,
    options: "-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601",
    types: readers,
  })
  // a connection that breaks while nobody uses it fails its next statement
  client.on("error", () => undefined)
  await client.connect()
  return client
}

const numbers: ReadonlySet<number> = new Set([
  types.builtins.INT2,
  types.builtins.INT4,
  types.builtins.INT8,
  types.builtins.NUMERIC,
  types.builtins.FLOAT4,
  types.builtins.FLOAT8,
])
const documents: ReadonlySet<number> = new Set([types.builtins.JSON, types.builtins.JSONB])

/** What is no value of JSON stays the text the server writes: NaN, days, intervals. */
const readers: NonNullable<ClientConfig["types"]> = {
  getTypeParser: ((oid: number) => (text: string | null) => {
    if (text === null) return null
    if (oid === types.builtins.BOOL) return text === "t"
    if (!numbers.has(oid) && !documents.has(oid)) return text
    const read = parseExact(text)
    return "ok" in read ? read.ok : text
  }) as NonNullable<ClientConfig["types"]>["getTypeParser"],
}
