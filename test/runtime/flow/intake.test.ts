// Taking events in (R7): duplicates, ids used again, stale versions, back-pressure, watermarks: each counted exactly.
import fc from "fast-check"
import { expect, test } from "vitest"
import { BackPressure, BusinessException, NotPossible } from "../../../runtime/flow/port/failures.ts"
import { engineWith, flowOf, order } from "./engine-on-disk.ts"

const nothing = flowOf(() => undefined)

test("each event ten times, shuffled: one is accepted, nine are duplicates", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.infiniteStream(fc.nat()), async (count, chance) => {
      const { engine, ended, settled, rows, kill } = engineWith([nothing])
      const all = Array.from({ length: count * 10 }, (_, i) => ({
        key: chance.next().value,
        event: order(`o${i % count}`),
      }))
      const events = all.toSorted((a, b) => a.key - b.key).map(one => one.event)
      expect(await ended(engine.append(events))).toEqual({
        accepted: count,
        duplicates: count * 9,
        conflicts: [],
      })
      await settled()
      expect(rows("SELECT state FROM inbox")).toHaveLength(count)
      kill()
    }),
    { numRuns: 20 },
  )
})

test("U+0000 in an id, a lane or a message is kept as a sign, on every store: the same event is the same", async () => {
  const { engine, ended, settled, rows } = engineWith([
    flowOf(() => {
      throw new BusinessException("NO_CUSTOMER", "no customer A\0B")
    }),
  ])
  const event = order("a\0b", { payload: { note: "x\0y" } })
  expect(await ended(engine.append([event]))).toMatchObject({ accepted: 1 })
  expect(await ended(engine.append([event]))).toMatchObject({ accepted: 0, duplicates: 1 })
  await settled()
  expect(rows("SELECT source_id, payload FROM inbox")).toEqual([
    { source_id: "a\u2400b", payload: '{"note":"x\\u0000y"}' },
  ])
  expect(rows("SELECT code, message FROM exception")).toEqual([
    { code: "NO_CUSTOMER", message: "no customer A\u2400B" },
  ])
})

test("the same id with another payload is refused and shown; key order is no difference", async () => {
  const { engine, ended, settled, rows } = engineWith([nothing])
  await ended(engine.append([order("a", { payload: { x: 1, y: [2] } })]))
  expect(await ended(engine.append([order("a", { payload: { y: [2], x: 1 } })]))).toMatchObject({
    accepted: 0,
    duplicates: 1,
  })
  const again = await ended(engine.append([order("a", { payload: { x: 2, y: [2] } }), order("b")]))
  expect(again).toEqual({
    accepted: 1,
    duplicates: 0,
    conflicts: [{ source: "shop", id: "a", eventId: expect.any(String) }],
  })
  expect(rows("SELECT code, state FROM exception")).toEqual([{ code: "ID_REUSED", state: "open" }])
  // The event goes its way; the exception stays until somebody has looked at it.
  await settled()
  expect(rows("SELECT code, state FROM exception")).toEqual([{ code: "ID_REUSED", state: "open" }])
  const person = { name: "mara", role: "operations" } as const
  const dismiss = (code: string) =>
    ended(
      engine.decide(
        String(again.conflicts[0]?.eventId),
        { kind: "dismiss", code },
        person,
        "a test of the sender",
      ),
    )
  await expect(dismiss("REJECTED")).rejects.toThrow("stops an event")
  await dismiss("ID_REUSED")
  expect(rows("SELECT state, owner FROM exception")).toEqual([{ state: "ignored", owner: "mara" }])
  expect(rows("SELECT payload FROM inbox WHERE source_id = 'a'")).toEqual([{ payload: '{"x":1,"y":[2]}' }])
})

test("digits of amounts and numbers are kept as they came", async () => {
  const seen: unknown[] = []
  const { engine, ended, settled, rows } = engineWith([flowOf(event => void seen.push(event.payload))])
  await ended(
    engine.append([
      order("a", { payload: { n: 0.1 }, amount: { value: "12345678901234567890.10", currency: "EUR" } }),
    ]),
  )
  await settled()
  expect(seen).toEqual([{ n: 0.1 }])
  expect(rows("SELECT amount, typeof(amount) AS type FROM inbox")).toEqual([
    { amount: "12345678901234567890.10", type: "text" },
  ])
  await expect(
    ended(engine.append([order("b", { amount: { value: "1e3", currency: "EUR" } })])),
  ).rejects.toThrow(NotPossible)
})

test("a stale version is superseded when it comes, and supersedes what waits when it is newer", async () => {
  let open = () => {}
  const gate = new Promise<void>(resolve => {
    open = resolve
  })
  const seen: string[] = []
  const flow = flowOf(
    async event => {
      seen.push(event.sourceId)
      if (event.sourceId === "v3") await gate
    },
    { policy: "supersede" },
  )
  const { engine, ended, until, settled, rows } = engineWith([flow])
  await ended(engine.append([order("v3", { version: "3" })]))
  await until(() => seen.length === 1)
  await ended(
    engine.append([
      order("v2", { version: "2" }),
      order("v9", { version: "9" }),
      order("v10", { version: "10" }),
    ]),
  )
  open()
  await settled()
  expect(seen).toEqual(["v3", "v10"])
  expect(rows("SELECT source_id, state FROM inbox ORDER BY lane_seq")).toEqual([
    { source_id: "v3", state: "done" },
    { source_id: "v2", state: "superseded" },
    { source_id: "v9", state: "superseded" },
    { source_id: "v10", state: "done" },
  ])
})

test("a flow takes no more than it may have open, and takes more when some are done", async () => {
  const flow = flowOf(() => new Promise(() => {}), { maxOpen: 2 })
  const { engine, ended, restart } = engineWith([flow])
  await ended(engine.append([order("a"), order("b")]))
  await expect(ended(engine.append([order("c")]))).rejects.toThrow(BackPressure)
  const quick = restart([nothing])
  await quick.settled()
  await quick.pass(300)
  expect(await quick.ended(quick.engine.append([order("c")]))).toMatchObject({ accepted: 1 })
})

test("all or nothing: a batch with an event that cannot be kept leaves nothing behind", async () => {
  const { engine, ended, rows } = engineWith([nothing])
  await expect(ended(engine.append([order("a"), order("b", { flow: "unknown" })]))).rejects.toThrow(
    "no flow unknown",
  )
  await expect(
    ended(engine.append([order("a"), order("b", { payload: { n: Number.NaN } })])),
  ).rejects.toThrow(NotPossible)
  expect(rows("SELECT * FROM inbox")).toEqual([])
})

test("a watermark moves with the events it read", async () => {
  const { engine, ended, rows } = engineWith([nothing])
  await ended(engine.append([order("a")], { watermark: { name: "crm", value: "2026-03-01|a" } }))
  await ended(engine.append([], { watermark: { name: "crm", value: "2026-03-02|b" } }))
  expect(rows("SELECT name, value FROM watermark")).toEqual([{ name: "crm", value: "2026-03-02|b" }])
})
