// Ledgers of the tests by a word: a file, or `postgres:SCHEMA`. Flows in: the word. Flows out: ends of a move, and engines on it.
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { LedgerSource, LedgerTarget } from "../../../../runtime/flow/move/ledger-end.ts"
import type { World } from "../../../../runtime/flow/port/world.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { postgresSource, postgresTarget } from "../../../../runtime/flow/stores/postgres/postgres-end.ts"
import { createPostgresEngine } from "../../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { sqliteSource, sqliteTarget } from "../../../../runtime/flow/stores/sqlite/sqlite-end.ts"
import type { EngineOf } from "../midst/midst-of-work.ts"
import { connection } from "./server.ts"

const schemaOf = (place: string) => /^postgres:(.+)$/u.exec(place)?.[1]

export async function sourceAt(place: string, world: World): Promise<LedgerSource> {
  const schema = schemaOf(place)
  return schema === undefined
    ? sqliteSource(place, world)
    : postgresSource({ connection, schema, connections: 5 }, world)
}

export async function targetAt(place: string, world: World): Promise<LedgerTarget> {
  const schema = schemaOf(place)
  return schema === undefined
    ? sqliteTarget(place, world)
    : postgresTarget({ connection, schema, connections: 5 }, world)
}

export interface OpenPlace {
  readonly ledger: Ledger
  readonly engineOf: EngineOf
  close(): Promise<void>
}

export async function openPlace(place: string, world: World): Promise<OpenPlace> {
  const schema = schemaOf(place)
  if (schema === undefined) {
    const ledger = openSqliteLedger(place, world)
    return {
      ledger,
      engineOf: flows => createEngine({ flows, ledger, world, worker: "w" }),
      close: async () => ledger.close(),
    }
  }
  const ledger = await openPostgresLedger({ connection, schema, connections: 8 }, world)
  return {
    ledger,
    engineOf: flows => createPostgresEngine({ flows, ledger, world, worker: "w" }),
    close: () => ledger.close(),
  }
}
