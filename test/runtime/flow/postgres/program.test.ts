// The same compiled flows, changes and faults on a file and on PostgreSQL: equal states, journals, receipts, exceptions, links, and what was seen.
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { expect, test } from "vitest"
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { Engine } from "../../../../runtime/flow/port/engine.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import { pollChanges } from "../../../../runtime/flow/program/sources/poll-changes.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { createPostgresEngine } from "../../../../runtime/flow/stores/postgres/postgres-engine.ts"
import { openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { folderWith } from "../../../cli/folder.ts"
import { flowOfCase, systemsOf } from "../program/flow-of-case.ts"
import { quoteToOrder } from "../program/quote-to-order.ts"
import { connection, dropSchemas, query, serverAnswers } from "./server.ts"

const there = await serverAnswers()
const schema = "fmap_test_program"
const world = systemWorld()
const person = { name: "mara", role: "operations" } as const

/** Accounts are lanes, so that what happens in each is the same whoever is quicker. */
const opportunities = ["booked", "unknown", "sample", "rejected", "refused", "again"].map((fate, index) => ({
  Id: `006${index}`,
  AccountId: `001${fate}`,
  StageName: "Closed Won",
  SystemModstamp: "2026-03-31T10:00:00Z",
  ...(fate === "rejected" ? {} : { Amount: `${index}.10` }),
  ...(fate === "unknown" || fate === "sample" ? { Item: fate } : {}),
}))

function setUp(ledger: Ledger) {
  const systems = systemsOf({
    faults: [
      {
        system: "Salesforce",
        on: "send",
        object: "Opportunity",
        failure: "rejected",
        code: "FIELD_INTEGRITY",
        of: "0064",
      },
      { system: "NetSuite", on: "send", object: "salesOrder", failure: "in-doubt", of: "0065", done: true },
    ],
    lines: [{ account: "4000", cents: 5 }],
  })
  const [salesforce] = systems
  if (salesforce === undefined) throw new Error("no Salesforce")
  for (const opportunity of opportunities) {
    const { Id, AccountId, SystemModstamp } = opportunity
    salesforce.put("Account", { Id: AccountId, Name: AccountId })
    salesforce.put("Opportunity", { Id })
    for (const [second, StageName] of ["Open", "Closed Won", "Closed Won"].entries())
      salesforce.change("Opportunity", {
        id: `${Id} ${second}`,
        version: `2026-03-31T10:00:0${second}Z`,
        kind: "updated",
        record: { ...opportunity, StageName, SystemModstamp },
      })
  }
  const flow = flowOfCase({ flow: "QuoteToOrder", change: quick }, systems, { world, ledger })
  const flows: readonly Flow[] = [
    flow,
    flowOfCase({ flow: "NightlyActuals" }, systems, { world, ledger }),
    flowOfCase({ flow: "LineByLine" }, systems, { world, ledger }),
  ]
  const poller = pollChanges({
    spec: quoteToOrder,
    flow,
    connector: salesforce,
    facts: { key: "Id", fields: null },
    ledger,
    world,
    begin: "beginning",
  })
  return { flows, poller, systems }
}

/** As QuoteToOrder, with less to wait for. */
function quick(spec: typeof quoteToOrder): typeof quoteToOrder {
  const steps = spec.steps.map(step =>
    step.kind === "send" && step.name === "accepted"
      ? { ...step, effect: { ...step.effect, retry: { attempts: 6, baseMs: 5, longestMs: 20 } } }
      : step,
  )
  return { ...spec, steps }
}

async function live(
  engine: Engine,
  ledger: Ledger,
  { poller }: Pick<ReturnType<typeof setUp>, "poller">,
): Promise<void> {
  const ended = new AbortController()
  const processed = engine.process({ lanes: 8, signal: ended.signal })
  await poller.once(ended.signal)
  await engine.append([
    { flow: "NightlyActuals", source: "test", id: "1", payload: { occurrence: "2026-03-01T01:00:00.000Z" } },
    {
      flow: "LineByLine",
      source: "test",
      id: "1",
      payload: {
        lines: [
          { sku: "A", quantity: 1 },
          { sku: "B", quantity: 2 },
        ],
        urgent: true,
      },
    },
  ])
  const rest = async () => {
    for (;;) {
      const { flows } = await engine.stats()
      if (flows.reduce((sum, flow) => sum + flow.events.open, 0) === 0) return
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  await rest()
  const stopped = await ledger.run(function* () {
    return yield {
      kind: "sql",
      pieces: ["SELECT id FROM inbox WHERE state = 'blocked' ORDER BY id"],
      values: [],
    }
  } as Parameters<Ledger["run"]>[0])
  for (const { id } of stopped as readonly { readonly id: string }[])
    await engine.decide(id, { kind: "skip" }, person, "a test")
  await rest()
  ended.abort()
  await processed
  expect(await ledger.run(brokenInvariants)).toEqual([])
}

/** Everything but times, numbers of receipts and the order of lanes: those are chance. */
const looks: Readonly<Record<string, string>> = {
  inbox:
    "SELECT id, flow, source, source_id, payload_hash, lane, lane_seq, version, object, state, because, ending, generation FROM inbox ORDER BY id",
  step: "SELECT event, generation, name, length(result) AS length FROM step WHERE name <> 'flow: filled' ORDER BY event, generation, name",
  effect:
    "SELECT key, event, generation, name, target, request_hash, state, sends, failures, undoes FROM effect WHERE name NOT IN ('accepted', 'written') ORDER BY key",
  orders:
    "SELECT key, event, name, state, sends, failures FROM effect WHERE name IN ('accepted', 'written') ORDER BY key",
  exception:
    "SELECT event, code, message, state, owner, kind, queue, lane FROM exception ORDER BY event, code",
  link: "SELECT crosswalk, key, length(value) AS length, event FROM link ORDER BY crosswalk, key",
  seen: "SELECT reader, object, version, fields FROM seen ORDER BY object",
  outbox: "SELECT id, event, topic FROM outbox ORDER BY id",
  watermark: "SELECT name, value FROM watermark ORDER BY name",
  audit: "SELECT actor, action, subject FROM audit ORDER BY subject, action",
}

test.skipIf(!there)(
  "compiled flows come to the same ledger on a file and on PostgreSQL",
  async () => {
    const file = join(folderWith({}), "fmap.db")
    const sqlite = openSqliteLedger(file, world)
    const here = setUp(sqlite)
    await live(createEngine({ flows: here.flows, ledger: sqlite, world, worker: "w" }), sqlite, here)
    sqlite.close()
    await dropSchemas(schema)
    const postgres = await openPostgresLedger({ connection, schema, connections: 10 }, world)
    try {
      const other = setUp(postgres)
      await live(
        createPostgresEngine({ flows: other.flows, ledger: postgres, world, worker: "w" }),
        postgres,
        other,
      )
      const database = new DatabaseSync(file, { readOnly: true })
      for (const [name, text] of Object.entries(looks)) {
        const mine = database.prepare(text).all()
        const theirs = await query(text.replace(/FROM (\w+)/u, `FROM ${schema}.$1`))
        expect(mine.length, name).toBeGreaterThan(0)
        expect(
          theirs.map(row => ({ ...row })),
          name,
        ).toEqual(mine.map(row => ({ ...row })))
      }
      database.close()
    } finally {
      await postgres.close()
      await dropSchemas(schema)
    }
  },
  120_000,
)
