// Events finish under the version they were accepted with, and flows hand on to flows (R9).
import { expect, test } from "vitest"
import type { Message } from "../../../runtime/flow/port/engine.ts"
import { engineWith, flowOf, order } from "./engine-on-disk.ts"

const named = (version: string, seen: string[], hang = false) =>
  flowOf(
    async event => {
      seen.push(`${event.sourceId} by ${version}`)
      if (hang) await new Promise(() => {})
    },
    { version, lane: event => event.id },
  )

test("what was accepted under version 1 ends under version 1 after version 2 is there", async () => {
  const seen: string[] = []
  const first = engineWith([named("1", seen, true)])
  await first.ended(first.engine.append([order("a"), order("b"), order("c"), order("d"), order("e")]))
  await first.until(() => seen.length === 4)
  seen.length = 0
  const second = first.restart([named("1", seen), named("2", seen)])
  await second.ended(second.engine.append([order("f")]))
  await second.settled()
  expect(seen.toSorted()).toEqual(["a by 1", "b by 1", "c by 1", "d by 1", "e by 1", "f by 2"])
})

test("an event whose version is not there waits, is counted, and ends when the version is back", async () => {
  const seen: string[] = []
  const first = engineWith([named("1", seen, true)])
  await first.ended(first.engine.append([order("a")]))
  const second = first.restart([named("2", seen)])
  await second.pass(60_000)
  const { flows } = await second.ended(second.engine.stats())
  expect(flows).toMatchObject([{ flow: "orders", version: "1", events: { open: 1, done: 0 } }])
  seen.length = 0
  const third = second.restart([named("1", seen), named("2", seen)])
  await third.settled()
  expect(seen).toEqual(["a by 1"])
})

test("an event sent on keeps the correlation and names its cause", async () => {
  const seen: unknown[] = []
  const orders = flowOf((event, ctx) =>
    ctx.emit({
      name: "invoice",
      to: { kind: "flow", flow: "invoices" },
      payload: event.payload,
      amount: { value: "10.00", currency: "EUR" },
    }),
  )
  const invoices = flowOf(
    event => void seen.push([event.correlationId, event.causationId, event.traceparent, event.source]),
    { name: "invoices", lane: () => "all" },
  )
  const on = engineWith([orders, invoices])
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
  await on.ended(on.engine.append([order("a", { correlationId: "quote-1", traceparent })]))
  await on.settled()
  const [first] = on.rows("SELECT id FROM inbox WHERE flow = 'orders'")
  expect(seen).toEqual([["quote-1", first?.["id"], traceparent, "flow:orders"]])
  const { flows } = await on.ended(on.engine.stats({ amounts: true }))
  expect(flows.find(flow => flow.flow === "invoices")?.amounts).toEqual([
    { state: "done", currency: "EUR", value: "10.00" },
  ])
})

test("messages are relayed in order, each until the transport has it, and once more at most after a death", async () => {
  const emitting = flowOf((event, ctx) =>
    ctx.emit({ name: "n", to: { kind: "topic", topic: "t" }, payload: event.sourceId }),
  )
  const sent: unknown[] = []
  let failures = 3
  const publish = async ({ payload, topic, correlationId, causationId }: Message) => {
    if (payload === "b" && failures-- > 0) throw new Error("the broker is away")
    sent.push([topic, payload, correlationId === causationId])
    if (sent.length === 3) on.kill()
  }
  const on = engineWith([emitting])
  await on.ended(on.engine.append([order("a"), order("b"), order("c")]))
  await on.settled()
  void on.engine.relay(publish, { signal: new AbortController().signal })
  await on.until(() => sent.length === 3).catch(() => undefined)
  const next = on.restart()
  void next.engine.relay(publish, { signal: new AbortController().signal })
  await next.until(() => next.rows("SELECT 1 FROM outbox WHERE sent_at IS NULL").length === 0)
  expect(sent.map(one => (one as unknown[])[1])).toEqual(["a", "b", "c", "c"])
  expect(sent[0]).toEqual(["t", "a", true])
})

test("two of one name, and an engine that processes twice, are refused", async () => {
  expect(() => engineWith([named("1", []), named("1", [])])).toThrow("given twice in version 1")
  const on = engineWith([named("1", [])])
  await expect(on.engine.process({ lanes: 1, signal: new AbortController().signal })).rejects.toThrow(
    "processes already",
  )
})
