// The connector of a warehouse in PostgreSQL. Flows in: options and the world. Flows out: a Connector: rows by key, loads that replace in one transaction, changes behind a
// column. Every write is one transaction: a lost answer means that nothing or all of it was done, and it may be sent again.

import type { World } from "../../flow/port/world.ts"
import { keyOf, notOffered } from "../http/key-of.ts"
import { describedIn } from "../options/described.ts"
import {
  checkOptions,
  count,
  dictionary,
  list,
  object,
  optional,
  type Shape,
  secret,
  text,
} from "../options/shape.ts"
import type { Connector, Receipt, SendRequest } from "../port/connector.ts"
import type { SecretReference, Secrets } from "../secrets/secrets.ts"
import { loadRows } from "./load-rows.ts"
import { readRows, rowChanges } from "./read-rows.ts"
import { openSession, type Row, type Run } from "./session.ts"
import { columnList, columnName, places, sqlName, sqlText } from "./sql-text.ts"
import { upsertText, type WarehouseTable } from "./table.ts"

export interface WarehouseOptions {
  readonly system: string
  /** `postgres://user:password@host/database`, as a reference: `env:WAREHOUSE`. */
  readonly connection: SecretReference
  /** By the name contracts give them. */
  readonly tables: Readonly<Record<string, WarehouseTable>>
  /** 4 where absent. */
  readonly connections?: number
  readonly connectMs?: number
  readonly statementMs?: number
  /** How far behind its cursor a reading of changes begins, where its column holds instants; a minute where absent. */
  readonly overlapMs?: number
}

const shape = {
  system: text,
  connection: secret,
  tables: dictionary(
    object({ table: text, key: list(text), modified: optional(text) } satisfies Record<
      keyof WarehouseTable,
      Shape
    >),
  ),
  connections: optional(count()),
  connectMs: optional(count()),
  statementMs: optional(count()),
  overlapMs: optional(count(0)),
} satisfies Record<keyof WarehouseOptions, Shape>

export function createWarehouse(
  options: WarehouseOptions,
  { secrets }: { readonly secrets: Secrets; readonly world: World },
): Connector {
  checkOptions(options, shape)
  const { system, tables } = options
  const session = openSession(
    {
      system,
      connection: options.connection,
      connections: options.connections ?? 4,
      connectMs: options.connectMs ?? 10_000,
      statementMs: options.statementMs ?? 300_000,
    },
    secrets,
  )
  const tableNamed = describedIn(system, tables)
  return {
    system,
    idempotency: (_, verb) => (verb === "create" || verb === "ensure" ? { lookUp: true } : { upsert: true }),
    async *read(request, signal) {
      yield* readRows(session, tableNamed(request.object), request, signal)
    },
    async *changes(request, signal) {
      const table = tableNamed(request.object)
      if (table.modified === undefined) throw notOffered(system, `${request.object} has no \`modified\`.`)
      yield* rowChanges(session, table, table.modified, request, options.overlapMs ?? 60_000, signal)
    },
    send: async (request, call) => {
      const table = tableNamed(request.object)
      return session.transaction(run => write(run, table, request, system), call.signal)
    },
    find: async (request, signal) => {
      const table = tableNamed(request.object)
      const row = await session.transaction(run => rowOf(run, table, request), signal)
      return row === undefined ? undefined : { answer: row, outcome: "unchanged" }
    },
    load: async (request, call) => {
      const table = tableNamed(request.object)
      return session.transaction(run => loadRows(run, table, request), call.signal)
    },
    close: () => session.close(),
  }
}

async function write(
  run: Run,
  table: WarehouseTable,
  request: SendRequest,
  system: string,
): Promise<Receipt> {
  const keys = keysOf(table, request)
  const names = Object.keys(request.record)
  const values = names.map(name => sqlText(request.record[name]))
  const at = sqlName(table.table)
  const where = (first: number) => keys.map((key, i) => `${columnName(key)} = $${first + i}`).join(" AND ")
  const keyValues = keys.map(key => sqlText(request.record[key]))
  switch (request.verb) {
    case "create":
    case "ensure": {
      const insert = `INSERT INTO ${at} (${columnList(names)}) VALUES ${places(1, names.length)}`
      const [row] =
        request.verb === "create"
          ? await run(`${insert} RETURNING *`, values)
          : await run(`${insert} ON CONFLICT (${columnList(keys)}) DO NOTHING RETURNING *`, values)
      if (row !== undefined) return { answer: row, outcome: "created" }
      return { answer: (await rowOf(run, table, request)) ?? {}, outcome: "unchanged" }
    }
    case "upsert": {
      const [row] = await run(
        `${upsertText(table, names, keys)} RETURNING *, (xmax = 0) AS "fmap created"`,
        values,
      )
      const { "fmap created": created, ...answer } = row ?? {}
      return { answer, outcome: created === true ? "created" : "updated" }
    }
    case "update": {
      const set = names.filter(name => !keys.includes(name))
      const texts = set.map(name => sqlText(request.record[name]))
      const assigned = set.map((name, i) => `${columnName(name)} = $${i + 1}`).join(", ")
      const [row] = await run(`UPDATE ${at} SET ${assigned} WHERE ${where(set.length + 1)} RETURNING *`, [
        ...texts,
        ...keyValues,
      ])
      if (row === undefined)
        throw notOffered(system, `${table.table} has no row with this key, and an update makes none.`)
      return { answer: row, outcome: "updated" }
    }
    case "delete": {
      const rows = await run(`DELETE FROM ${at} WHERE ${where(1)} RETURNING 1`, keyValues)
      return { answer: {}, outcome: rows.length === 0 ? "unchanged" : "deleted" }
    }
  }
}

async function rowOf(run: Run, table: WarehouseTable, request: SendRequest): Promise<Row | undefined> {
  const keys = keysOf(table, request)
  const where = keys.map((key, i) => `${columnName(key)} = $${i + 1}`).join(" AND ")
  const [row] = await run(
    `SELECT * FROM ${sqlName(table.table)} WHERE ${where}`,
    keys.map(key => sqlText(request.record[key])),
  )
  return row
}

/** Every column of the key has a value. */
function keysOf({ key }: WarehouseTable, request: SendRequest): readonly string[] {
  for (const name of key) keyOf({ ...request, key: name })
  return key
}
