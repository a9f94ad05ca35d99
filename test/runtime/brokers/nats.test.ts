// Events over a real NATS server: from one ledger's outbox through JetStream into another ledger's inbox, whatever comes twice, dies or is no event.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type JetStreamClient, jetstream, jetstreamManager, StorageType } from "@nats-io/jetstream"
import { connect, headers, type NatsConnection } from "@nats-io/transport-node"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { consumeFromJetStream } from "../../../runtime/brokers/nats/consume-from-jetstream.ts"
import { publishToJetStream } from "../../../runtime/brokers/nats/publish-to-jetstream.ts"
import { createEngine } from "../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../runtime/flow/host/system-world.ts"
import type { Operation, Row } from "../../../runtime/flow/ledger/operation.ts"
import { settleIn } from "../../../runtime/flow/ledger/residence.ts"
import type { Engine, Message } from "../../../runtime/flow/port/engine.ts"
import { StoreFailed } from "../../../runtime/flow/port/failures.ts"
import type { Flow } from "../../../runtime/flow/port/flow.ts"
import { openSqliteLedger, type SqliteLedger } from "../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { ExactNumber } from "../../../runtime/index.ts"
import { serverAnswers, servers } from "./server.ts"

const isThere = await serverAnswers()
const world = systemWorld()
const orders: Flow = { name: "orders", version: "1", lane: () => "all", handler: () => undefined }

let connection: NatsConnection
let client: JetStreamClient
let folder: string
let name: string
const open: SqliteLedger[] = []

function node(): {
  readonly engine: Engine
  readonly ledger: SqliteLedger
  readonly rows: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
} {
  const ledger = openSqliteLedger(join(folder, `${open.length}.db`), world)
  open.push(ledger)
  const engine = createEngine({ flows: [orders], ledger, world, worker: "w" })
  const rows = (text: string) =>
    ledger.run(function* (): Operation<readonly Row[]> {
      return yield { kind: "sql", pieces: [text], values: [] }
    })
  return { engine, ledger, rows }
}

describe.skipIf(!isThere)(`with NATS at ${servers} (skipped where it does not answer)`, () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "fmap-nats-"))
    name = `fmap_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
    connection = await connect({ servers })
    client = jetstream(connection)
    const manager = await jetstreamManager(connection)
    await manager.streams.add({ name, subjects: [`${name}.>`], storage: StorageType.Memory })
    await manager.streams.add({
      name: `${name}_dead`,
      subjects: [`${name}_dead`],
      storage: StorageType.Memory,
    })
  })

  afterEach(async () => {
    const manager = await jetstreamManager(connection)
    for (const stream of [name, `${name}_dead`]) await manager.streams.delete(stream).catch(() => undefined)
    await connection.close()
    for (const ledger of open.splice(0)) ledger.close()
    rmSync(folder, { recursive: true })
  })

  /** Reads until the ledger holds so many events. */
  async function consumed(
    to: ReturnType<typeof node>,
    events: number,
    more: Partial<Parameters<typeof consumeFromJetStream>[0]> = {},
  ): Promise<readonly string[]> {
    const stop = new AbortController()
    const reading = consumeFromJetStream(
      {
        client,
        stream: name,
        engine: to.engine,
        ledger: to.ledger,
        flow: "orders",
        world,
        deadLetters: `${name}_dead`,
        ...more,
      },
      stop.signal,
    )
    const ids = async () =>
      (await to.rows("SELECT source_id FROM inbox ORDER BY lane_seq")).map(row => String(row["source_id"]))
    try {
      for (const end = Date.now() + 20_000; Date.now() < end; await world.sleep(20, stop.signal)) {
        const found = await ids()
        if (found.length >= events) {
          // nothing comes behind them
          await world.sleep(100, stop.signal)
          return await ids()
        }
      }
      throw new Error(`only ${JSON.stringify(await ids())}`)
    } finally {
      stop.abort()
      await reading
    }
  }

  const message = (id: string, payload: unknown): Message => ({
    id,
    topic: `${name}.booked`,
    payload,
    correlationId: `deal-${id}`,
    causationId: "cause",
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  })

  test("where an event may be goes along in a header, and what must not be kept here is buried with its reason", async () => {
    const publish = publishToJetStream({ client, source: "ledger-a" })
    await publish({ ...message("1", { total: 1 }), regions: ["EU", "UK"] })
    await publish(message("2", { total: 2 }))
    await publish({ ...message("3", { total: 3 }), regions: ["US"] })
    const to = node()
    await to.ledger.run(() => settleIn("UK", "2026-01-01T00:00:00.000Z"))
    expect(await consumed(to, 2)).toEqual(["1", "2"])
    expect(await to.rows("SELECT regions FROM inbox ORDER BY lane_seq")).toEqual([
      { regions: "EU,UK" },
      { regions: null },
    ])
    const letter = await (await client.streams.get(`${name}_dead`)).getMessage({ seq: 1 })
    expect(letter?.header.get("fmap-problem")).toContain("may be kept in US, and this ledger is in UK")
  })

  test("a message published twice is one event, with its correlation and every digit of its amounts", async () => {
    const publish = publishToJetStream({ client, source: "ledger-a" })
    await publish(message("1", { total: new ExactNumber("12345678901234567.89") }))
    await publish(message("1", { total: new ExactNumber("12345678901234567.89") }))
    await publish(message("2", { total: 1 }))
    const to = node()
    expect(await consumed(to, 2)).toEqual(["1", "2"])
    const [first] = await to.rows("SELECT * FROM inbox ORDER BY lane_seq")
    expect(first).toMatchObject({
      source: "ledger-a",
      payload: '{"total":12345678901234567.89}',
      correlation_id: "deal-1",
      causation_id: "cause",
      traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    })
  })

  test("whoever dies between the stream and the ledger goes on where the ledger is; order and number are those of the stream", async () => {
    for (let i = 0; i < 250; i++) await client.publish(`${name}.a`, JSON.stringify({ i }))
    const to = node()
    // the ledger took 40 and said so; the rest of that batch died with its reader
    let left = 40
    const dying: Pick<Engine, "append"> = {
      append: async (events, options) => {
        if (left <= 0) throw new TypeError("killed")
        left -= events.length
        return to.engine.append(events, options)
      },
    }
    const options = {
      client,
      stream: name,
      engine: dying,
      ledger: to.ledger,
      flow: "orders",
      world,
      deadLetters: `${name}_dead`,
      batch: 20,
    }
    await expect(consumeFromJetStream(options, new AbortController().signal)).rejects.toThrow("killed")
    expect(await consumed(to, 250, { batch: 70 })).toEqual(
      Array.from({ length: 250 }, (_, i) => String(i + 1)),
    )
    // a second reader of the same stream brings nothing new
    expect(await consumed(to, 250)).toHaveLength(250)
  })

  test("what the ledger cannot take now waits, and nothing overtakes it", async () => {
    for (let i = 0; i < 30; i++) await client.publish(`${name}.a`, JSON.stringify({ i }))
    const to = node()
    let failures = 2
    const engine: Pick<Engine, "append"> = {
      append: async (events, options) => {
        if (failures-- > 0) throw new StoreFailed(new Error("disk full"))
        return to.engine.append(events, options)
      },
    }
    const told: string[] = []
    const found = await consumed(to, 30, {
      engine,
      batch: 10,
      world: { sleep: (_, signal) => world.sleep(1, signal) },
      waiting: error => told.push(error.name),
    })
    expect(found).toEqual(Array.from({ length: 30 }, (_, i) => String(i + 1)))
    expect(told).toEqual(["StoreFailed", "StoreFailed"])
  })

  test("what is no event goes to the dead letters with its reason, once, and those behind it go on", async () => {
    await client.publish(`${name}.a`, "{}")
    await client.publish(`${name}.a`, "no json")
    await client.publish(`${name}.a`, new Uint8Array([0xff, 0xfe]))
    const bad = headers()
    bad.set("traceparent", "nonsense")
    await client.publish(`${name}.a`, '{"kept": true}', { headers: bad })
    await client.publish(`${name}.a`, "[]")
    const to = node()
    const found = await consumed(to, 2)
    await consumed(to, 2)
    const dead = await (await client.streams.get(`${name}_dead`)).info()
    expect(found.length + dead.state.messages).toBe(5)
    const letter = await (await client.streams.get(`${name}_dead`)).getMessage({ seq: 1 })
    expect(letter?.string()).toBe("no json")
    expect(letter?.header.get("fmap-problem")).toBe("The message is no JSON.")
    expect(letter?.header.get("fmap-sequence")).toBe("2")
  })

  test("messages that the stream deleted before anybody read them are told", async () => {
    await client.publish(`${name}.a`, "1")
    const to = node()
    await consumed(to, 1)
    for (let i = 0; i < 5; i++) await client.publish(`${name}.a`, String(i))
    const manager = await jetstreamManager(connection)
    await manager.streams.purge(name, { seq: 4 })
    const missed: string[] = []
    await consumed(to, 4, { missed: (from, before) => missed.push(`${from} to before ${before}`) })
    expect(missed).toEqual(["2 to before 4"])
  })
})
