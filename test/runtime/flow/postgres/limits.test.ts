// A limit over two processes on one PostgreSQL: turns are taken at the same time on two connections, and no two are closer than the limit says.
import { expect, test } from "vitest"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { takeTurn } from "../../../../runtime/flow/ledger/call-turns.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { connection, dropSchemas, serverAnswers } from "./server.ts"

const there = await serverAnswers()
const schema = "fmap_test_limits"

test.skipIf(!there)("forty turns of two processes", async () => {
  await dropSchemas(schema)
  const open = () => openPostgresLedger({ connection, schema }, systemWorld())
  const stores = [await open(), await open()]
  const limit = { target: "NetSuite", count: 3, perMs: 1_000 }
  const turns = await Promise.all(
    Array.from({ length: 40 }, (_, i) => stores[i % 2]!.run(() => takeTurn(limit, 1_000_000))),
  )
  const order = turns.toSorted((a, b) => a - b)
  expect(order).toEqual(Array.from({ length: 40 }, (_, i) => 1_000_000 + Math.floor(i / 3) * 1_000))
  await Promise.all(stores.map(store => store.close()))
  await dropSchemas(schema)
})
