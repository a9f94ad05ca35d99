// A ledger in the midst of work, and its end. Flows in: a ledger and engines on it. Flows out: events that are done, blocked, waiting behind a blocked one, in doubt, about to be tried again; a message
// nobody took, a decision that waits for a second person, rows that receipts filled; then all of it drained. The same every time, but for instants.
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { Operation, Row } from "../../../../runtime/flow/ledger/operation.ts"
import { takeCare } from "../../../../runtime/flow/ledger/queue.ts"
import { sql } from "../../../../runtime/flow/ledger/statement.ts"
import type { Decision, Engine } from "../../../../runtime/flow/port/engine.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import type { World } from "../../../../runtime/flow/port/world.ts"
import { pollChanges } from "../../../../runtime/flow/program/sources/poll-changes.ts"
import type { FakeSystem } from "../program/fake-system.ts"
import { flowOfCase, systemsOf } from "../program/flow-of-case.ts"
import { quoteToOrder } from "../program/quote-to-order.ts"

export type EngineOf = (flows: readonly Flow[]) => Engine

const mara = { name: "mara", role: "operations" } as const
const olaf = { name: "olaf", role: "controller" } as const
const settleIt: Decision = {
  kind: "settle",
  effect: "members",
  outcome: { kind: "done", receipt: { sent: 1, loaded: 1, ignored: 0, rejected: [] } },
}

const won = (Id: string, account: string, minute: number, more: object = {}) => ({
  Id,
  AccountId: account,
  StageName: "Closed Won",
  Amount: `${minute}.10`,
  SystemModstamp: `2026-03-31T10:0${minute}:00Z`,
  ...more,
})
const opportunities = [
  won("006B", "001booked", 1),
  won("006H", "001held", 2, { Item: "unknown" }),
  won("006W", "001held", 3),
  won("006D", "001doubt", 4),
  won("006N", "001none", 5),
]

export function systemsInTheMidst(): readonly FakeSystem[] {
  const systems = systemsOf({
    faults: [
      { system: "NetSuite", on: "send", object: "salesOrder", failure: "in-doubt", of: "006D", done: true },
      { system: "Anaplan", on: "load", object: "accounts", failure: "in-doubt", done: true },
    ],
    lines: [{ account: "4000", cents: 5 }],
  })
  for (const { Id, AccountId } of opportunities) {
    systems[0]?.put("Opportunity", { Id })
    if (AccountId !== "001none" && Id !== "006W")
      systems[0]?.put("Account", { Id: AccountId, Name: AccountId })
  }
  return systems
}

export function flowsOn(systems: readonly FakeSystem[], ledger: Ledger, world: World): readonly Flow[] {
  const of = (flow: "QuoteToOrder" | "NightlyActuals" | "LineByLine") =>
    flowOfCase({ flow }, systems, { world, ledger })
  return [of("QuoteToOrder"), of("NightlyActuals"), of("LineByLine")]
}

/** Until nothing can go on by itself: one event waits for its next try, others for people. `random` of the world is near 1, so that it waits long enough. */
export async function getIntoTheMidst(
  engineOf: EngineOf,
  ledger: Ledger,
  systems: readonly FakeSystem[],
  world: World,
): Promise<void> {
  const flows = flowsOn(systems, ledger, world)
  const engine = engineOf(flows)
  const ended = new AbortController()
  const processed = engine.process({ lanes: 4, signal: ended.signal })
  const [salesforce] = systems
  const [flow] = flows
  if (salesforce === undefined || flow === undefined) throw new Error("no Salesforce")
  for (const record of opportunities)
    salesforce.change("Opportunity", {
      id: `${record.Id} 1`,
      version: record.SystemModstamp,
      kind: "updated",
      record,
    })
  await pollChanges({
    spec: quoteToOrder,
    flow,
    connector: salesforce,
    facts: { key: "Id", fields: null },
    ledger,
    world,
    begin: "beginning",
  }).once(ended.signal)
  await engine.append([
    { flow: "NightlyActuals", source: "test", id: "1", payload: { occurrence: "2026-03-01T01:00:00.000Z" } },
    {
      flow: "LineByLine",
      source: "test",
      id: "1",
      payload: { lines: [{ sku: "A", quantity: 1 }], urgent: true },
      amount: { value: "12.345", currency: "KWD" },
    },
  ])
  await until(
    ledger,
    "SELECT 1 AS one FROM inbox WHERE state = 'open' AND last_failure IS NULL AND lane <> '001held'",
    0,
  )
  await until(ledger, "SELECT 1 AS one FROM inbox WHERE state = 'blocked'", 3)
  ended.abort()
  await processed
  const [booked, none] = await rowsOf(
    ledger,
    "SELECT id, source_id FROM inbox WHERE source_id LIKE '006B%' OR source_id LIKE '006N%' ORDER BY source_id",
  )
  await engine.decide(String(booked?.["id"]), { kind: "reissue" }, mara, "the customer asks for it")
  const [held] = await rowsOf(ledger, `SELECT seq FROM exception WHERE event = '${none?.["id"]}'`)
  const now = new Date(world.now()).toISOString()
  await ledger.run(() => takeCare(Number(held?.["seq"]), { kind: "acknowledge" }, olaf, "looking", now))
}

/** Everybody decides what is to be decided, and all lanes drain. */
export async function drain(
  engineOf: EngineOf,
  ledger: Ledger,
  systems: readonly FakeSystem[],
  world: World,
): Promise<void> {
  const engine = engineOf(flowsOn(systems, ledger, world))
  const ended = new AbortController()
  const processed = engine.process({ lanes: 4, signal: ended.signal })
  const stopped = await rowsOf(
    ledger,
    "SELECT inbox.id, source_id, flow FROM inbox WHERE state = 'blocked' ORDER BY flow, source_id",
  )
  const about = (begin: string) =>
    String(stopped.find(one => String(one["source_id"]).startsWith(begin))?.["id"])
  await engine.decide(about("1"), settleIt, mara, "they are there")
  await engine.decide(about("006H"), { kind: "edit", payload: won("006H", "001held", 2) }, mara, "it is A-1")
  await engine.decide(about("006N"), { kind: "skip" }, mara, "nobody knows them")
  const [booked] = await rowsOf(ledger, "SELECT id FROM inbox WHERE source_id LIKE '006B%'")
  await engine.decide(String(booked?.["id"]), { kind: "reissue" }, olaf, "I agree")
  await until(ledger, "SELECT 1 AS one FROM inbox WHERE state IN ('open', 'blocked')", 0)
  const messages = Number((await rowsOf(ledger, "SELECT count(*) AS n FROM outbox"))[0]?.["n"])
  let told = 0
  const relayed = engine.relay(
    async () => {
      told += 1
      if (told === messages) ended.abort()
    },
    { signal: ended.signal },
  )
  await until(ledger, "SELECT 1 AS one FROM outbox WHERE sent_at IS NULL", 0)
  ended.abort()
  await Promise.all([processed, relayed])
}

export async function rowsOf(ledger: Ledger, text: string): Promise<readonly Row[]> {
  return ledger.run(function* (): Operation<readonly Row[]> {
    return yield { ...sql``, pieces: [text] }
  })
}

async function until(ledger: Ledger, text: string, count: number): Promise<void> {
  for (let looks = 0; (await rowsOf(ledger, text)).length !== count; looks++) {
    if (looks > 1_000)
      throw new Error(
        `it never came: ${JSON.stringify(await rowsOf(ledger, "SELECT source_id, state, last_failure FROM inbox"))}`,
      )
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

/** Everything but times, numbers given out, and what systems numbered. */
export const looks: Readonly<Record<string, string>> = {
  inbox:
    "SELECT id, flow, flow_version, source, source_id, payload_hash, payload, lane, lane_seq, version, object, currency, amount, correlation_id, causation_id, state, because, ending, generation FROM inbox ORDER BY id",
  lane: "SELECT flow, lane, last_seq, state, newest, gaps FROM lane ORDER BY flow, lane",
  step: "SELECT event, generation, name, length(result) AS length, asked FROM step WHERE name <> 'flow: filled' ORDER BY event, generation, name",
  effect:
    "SELECT key, event, generation, name, target, request_hash, request, state, sends, failures, undoes, currency, amount FROM effect WHERE name NOT IN ('accepted', 'written') ORDER BY key",
  orders:
    "SELECT key, event, name, state, sends, failures FROM effect WHERE name IN ('accepted', 'written') ORDER BY key",
  exception:
    "SELECT event, code, message, state, owner, kind, queue, lane FROM exception ORDER BY event, code",
  decision: "SELECT event, kind, actor, role, reason, detail, state FROM decision ORDER BY event, seq",
  link: "SELECT crosswalk, key, length(value) AS length, event FROM link ORDER BY crosswalk, key",
  seen: "SELECT reader, object, version, fields FROM seen ORDER BY object",
  outbox: "SELECT id, event, topic, sent_at IS NULL AS waiting FROM outbox ORDER BY id",
  watermark: "SELECT name, value FROM watermark ORDER BY name",
  target: "SELECT name, failures FROM target ORDER BY name",
  audit: "SELECT actor, action, subject FROM audit WHERE action <> 'move' ORDER BY subject, action, actor",
}
