// What an engine tells those who look on: the same facts as metrics, as lines of a log and as spans, and of no payload anything.
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base"
import { Registry } from "prom-client"
import { expect, test } from "vitest"
import { createEngine } from "../../../runtime/flow/engine/create-engine.ts"
import { type Observer, observers } from "../../../runtime/flow/port/observer.ts"
import { logObserver } from "../../../runtime/observe/logs/log-observer.ts"
import { engineMetrics } from "../../../runtime/observe/prometheus/engine-metrics.ts"
import { ledgerMetrics } from "../../../runtime/observe/prometheus/ledger-metrics.ts"
import { traceObserver } from "../../../runtime/observe/traces/trace-observer.ts"
import { ledgerOn, newDisk } from "../flow/simulation/faulty-store.ts"
import { randomOf } from "../flow/simulation/random.ts"
import { virtualTime } from "../flow/simulation/virtual-time.ts"
import { canary, canaryEvents, canaryFlow } from "./canary.ts"

async function run(observer: Observer) {
  const time = virtualTime(randomOf(1), { beforeCommit: () => undefined, afterCommit: () => undefined })
  const world = time.worldOf({ alive: true })
  const disk = newDisk(() => false)
  const engine = createEngine({
    flows: [canaryFlow()],
    ledger: ledgerOn(disk, world),
    world,
    worker: "w",
    observer,
  })
  const rows = (text: string) => disk.database.prepare(text).all()
  const ended = async <T>(promise: Promise<T>): Promise<T> => {
    let over = false
    const watched = promise.finally(() => {
      over = true
    })
    await time.run(() => over, 20_000)
    return watched
  }
  await ended(engine.append(canaryEvents()))
  await ended(engine.append(canaryEvents().slice(0, 2)))
  void engine.process({ lanes: 4, signal: new AbortController().signal })
  const came = await time.run(
    () => rows("SELECT 1 FROM lane WHERE state IN ('ready', 'running')").length === 0,
    20_000,
  )
  expect(came).toBe(true)
  return { engine, world, ended }
}

test("metrics count what happened, by words of a fixed list", async () => {
  const registry = new Registry()
  const { engine, world, ended } = await run(engineMetrics(registry))
  ledgerMetrics(registry, { engine, world, amounts: true })
  const text = await ended(registry.metrics())
  const lines = text
    .split("\n")
    .filter(
      line =>
        /_count\{|_total\{|fmap_events\{|fmap_exceptions|fmap_amount\{|fmap_target|fmap_outbox /u.test(
          line,
        ) &&
        !line.startsWith("#") &&
        !line.endsWith(" 0"),
    )
  expect(lines.toSorted()).toEqual([
    'fmap_accepted_total{outcome="accepted"} 5',
    'fmap_accepted_total{outcome="duplicate"} 2',
    'fmap_amount{flow="orders",version="1",state="blocked",currency="EUR"} 37.5',
    'fmap_amount{flow="orders",version="1",state="done",currency="EUR"} 25',
    'fmap_attempt_seconds_count{flow="orders",outcome="blocked"} 3',
    'fmap_attempt_seconds_count{flow="orders",outcome="done"} 2',
    'fmap_attempt_seconds_count{flow="orders",outcome="later"} 2',
    'fmap_call_seconds_count{target="erp",outcome="done"} 2',
    'fmap_call_seconds_count{target="erp",outcome="rejected"} 1',
    'fmap_call_seconds_count{target="erp",outcome="transient"} 1',
    'fmap_events{flow="orders",version="1",state="blocked"} 3',
    'fmap_events{flow="orders",version="1",state="done"} 2',
    'fmap_exceptions{code="DEFECT"} 1',
    'fmap_exceptions{code="REJECTED"} 1',
    'fmap_exceptions{code="UNKNOWN_CUSTOMER"} 1',
  ])
  expect(text).not.toContain(canary)
})

test("a log has names, ids and codes on every line, and nothing of a payload", async () => {
  const lines: string[] = []
  const told: Record<string, unknown>[] = []
  const write = (level: string) => (fields: object, sentence: string) => {
    lines.push(JSON.stringify({ level, ...fields, sentence }))
    told.push({ level, ...fields, sentence })
  }
  await run(logObserver({ info: write("info"), warn: write("warn") }))
  const shown = told
    .filter(({ event }) => event !== undefined)
    .map(({ level, correlationId, sentence, outcome, code }) =>
      `${level} ${correlationId}: ${sentence} ${outcome} ${code ?? ""}`.trim(),
    )
  expect(shown.toSorted()).toEqual([
    "info deal-down: event done done",
    "info deal-down: target called done",
    "info deal-well: event done done",
    "info deal-well: target called done",
    "warn deal-bug: event stopped: a person decides blocked DEFECT",
    "warn deal-bug: event waits for another attempt later failed",
    "warn deal-down: call failed transient 503",
    "warn deal-down: event waits for another attempt later transient 503",
    "warn deal-hold: event stopped: a person decides blocked UNKNOWN_CUSTOMER",
    "warn deal-refused: call failed rejected INVALID_KEY",
    "warn deal-refused: event stopped: a person decides blocked REJECTED",
  ])
  expect(lines.join("\n")).not.toContain(canary)
})

test("spans stand in the trace the event came with, calls below their attempt", async () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  await run(traceObserver(provider.getTracer("fmap")))
  const spans = exporter.getFinishedSpans()
  const nameOf = (id: string | undefined) => spans.find(span => span.spanContext().spanId === id)?.name
  const shown = spans.map(span => {
    const parent = span.parentSpanContext?.spanId
    return `${span.attributes["fmap.correlation_id"]} ${span.name}: ${span.attributes["fmap.outcome"]}, below ${nameOf(parent) ?? parent}`
  })
  expect(shown.toSorted()).toEqual([
    "deal-bug flow orders: blocked, below 00f067aa0ba902b7",
    "deal-bug flow orders: later, below 00f067aa0ba902b7",
    "deal-down erp book: done, below flow orders",
    "deal-down erp book: transient, below flow orders",
    "deal-down flow orders: done, below 00f067aa0ba902b7",
    "deal-down flow orders: later, below 00f067aa0ba902b7",
    "deal-hold flow orders: blocked, below 00f067aa0ba902b7",
    "deal-refused erp book: rejected, below flow orders",
    "deal-refused flow orders: blocked, below 00f067aa0ba902b7",
    "deal-well erp book: done, below flow orders",
    "deal-well flow orders: done, below 00f067aa0ba902b7",
  ])
  expect(new Set(spans.map(span => span.spanContext().traceId))).toEqual(
    new Set(["4bf92f3577b34da6a3ce929d0e0e4736"]),
  )
  expect(
    JSON.stringify(spans.map(({ name, attributes, status }) => ({ name, attributes, status }))),
  ).not.toContain(canary)
})

test("an observer that breaks changes nothing, and the others are still told", async () => {
  const told: string[] = []
  const broken: Observer = {
    accepted: () => {
      throw new Error("broken")
    },
    attempt: () => {
      throw new Error("broken")
    },
  }
  const { engine, ended } = await run(observers([broken, { attempt: ({ outcome }) => told.push(outcome) }]))
  expect((await ended(engine.stats())).flows[0]?.events).toMatchObject({ done: 2, blocked: 3 })
  expect(told).toHaveLength(7)
})
