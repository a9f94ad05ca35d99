// Figures of all that ever was: the sums a store makes are those of exact arithmetic, on a file and on PostgreSQL, and nothing is read row by row for them.
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { systemWorld } from "../../../runtime/flow/host/system-world.ts"
import type { Ledger } from "../../../runtime/flow/ledger/ledger.ts"
import type { Operation } from "../../../runtime/flow/ledger/operation.ts"
import { type SqlValue, type Statement, sql } from "../../../runtime/flow/ledger/statement.ts"
import { stats } from "../../../runtime/flow/ledger/stats.ts"
import type { Stats } from "../../../runtime/flow/port/engine.ts"
import { openPostgresLedger, type PostgresLedger } from "../../../runtime/flow/stores/postgres/open-ledger.ts"
import { connection, dropSchemas, serverAnswers } from "./postgres/server.ts"
import { ledgerOn, newDisk } from "./simulation/faulty-store.ts"

interface Amount {
  readonly unscaled: bigint
  readonly scale: number
  readonly currency: string
}

const schema = "fmap_test_figures"
const there = await serverAnswers()
const disk = newDisk(() => false)
const file = ledgerOn(disk, systemWorld())
let postgres: PostgresLedger | undefined

beforeAll(async () => {
  if (!there) return
  await dropSchemas(schema)
  postgres = await openPostgresLedger({ connection, schema }, systemWorld())
})
afterAll(async () => {
  if (postgres === undefined) return
  await postgres.close()
  await dropSchemas(schema)
})

function textOf({ unscaled, scale }: Amount): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, "0")
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return unscaled < 0n ? `-${text}` : text
}

/** Adds up apart from what is tried: all at the scale of the longest. */
function sumsOf(amounts: readonly Amount[]): readonly { currency: string; value: string }[] {
  return [...new Set(amounts.map(({ currency }) => currency))].toSorted().map(currency => {
    const own = amounts.filter(one => one.currency === currency)
    const scale = Math.max(...own.map(one => one.scale))
    const unscaled = own.reduce((sum, one) => sum + one.unscaled * 10n ** BigInt(scale - one.scale), 0n)
    return { currency, value: textOf({ unscaled, scale, currency }) }
  })
}

/** Events that were done, each with one effect that was done, of the same amount. */
function* holding(amounts: readonly Amount[]): Operation<void> {
  yield sql`DELETE FROM effect`
  yield sql`DELETE FROM inbox`
  for (const [index, amount] of amounts.entries()) {
    const [id, at, text] = [`e${index}`, "2026-03-01T00:00:00.000Z", textOf(amount)]
    yield sql`INSERT INTO inbox (id, flow, flow_version, source, source_id, payload_hash, payload, lane, lane_seq, currency, amount, correlation_id,
        state, received_at, ended_at)
      VALUES (${id}, 'orders', '1', 's', ${id}, 'h', '{}', 'l', ${index}, ${amount.currency}, ${text}, ${id}, 'done', ${at}, ${at})`
    yield sql`INSERT INTO effect (key, event, generation, name, target, request_hash, state, first_sent_at, receipt, currency, amount)
      VALUES (${id}, ${id}, 0, 'post', 'erp', 'h', 'done', ${at}, '1', ${amount.currency}, ${text})`
  }
}

const amounts = fc.array(
  fc.record({
    unscaled: fc.oneof(
      fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }),
      fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
      fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
      fc.constantFrom(0n, 999_999_999n, 1_000_000_000n, -1_000_000_001n, 10n ** 17n - 1n, 10n ** 18n),
    ),
    scale: fc.oneof(fc.constantFrom(0, 2), fc.nat(12)),
    currency: fc.constantFrom("EUR", "USD", "KWD"),
  }),
  { maxLength: 30 },
)

async function sumsAreExact(ledger: Ledger): Promise<void> {
  await fc.assert(
    fc.asyncProperty(amounts, async all => {
      await ledger.run(() => holding(all))
      const { flows, targets }: Stats = await ledger.run(() => stats(true))
      const sums = sumsOf(all)
      expect(targets.map(one => one.amounts)).toEqual(all.length === 0 ? [] : [sums])
      expect(flows.map(one => one.amounts)).toEqual(
        all.length === 0 ? [] : [sums.map(sum => ({ state: "done", ...sum }))],
      )
    }),
    { numRuns: 60 },
  )
}

describe("sums are exact, whatever the digits", () => {
  test("on a file", () => sumsAreExact(file))
  test.skipIf(!there)("on PostgreSQL", () => sumsAreExact(postgres!))
})

test("no table of events or effects is read row by row", () => {
  const statements: Statement[] = []
  const operation = stats(true)
  for (let next = operation.next([]); next.done !== true; next = operation.next([]))
    if (next.value.kind === "sql") statements.push(next.value)
  expect(statements.length).toBeGreaterThan(8)
  const steps = statements.flatMap(({ pieces, values }) =>
    disk.database
      .prepare(`EXPLAIN QUERY PLAN ${pieces.join("?")}`)
      .all(...(values as SqlValue[]))
      .map(row => String(row["detail"])),
  )
  const rowByRow = steps.filter(
    step => /^SCAN (inbox|effect|anew|past|undo)\b/u.test(step) && !/INDEX/u.test(step),
  )
  expect(rowByRow).toEqual([])
})
