// Places of a system over all processes on a ledger: never more than there are, none lost to who is killed, and none kept by who is done.
import fc from "fast-check"
import { expect, test } from "vitest"
import { CallFailed } from "../../../../runtime/flow/port/failures.ts"
import { placeLeaseMs, placesOn } from "../../../../runtime/flow/program/places.ts"
import { ledgerOn, newDisk } from "../simulation/faulty-store.ts"
import { randomOf } from "../simulation/random.ts"
import { virtualTime } from "../simulation/virtual-time.ts"

const never = new AbortController().signal
const nothing = { beforeCommit: () => undefined, afterCommit: () => undefined }

function processesOn(many: number, seed = 1) {
  const time = virtualTime(randomOf(seed), nothing)
  const disk = newDisk(() => false)
  const processes = Array.from({ length: many }, () => {
    const process = { alive: true }
    const world = time.worldOf(process)
    return { process, world, places: placesOn(ledgerOn(disk, world), world) }
  })
  const rows = () => disk.database.prepare("SELECT * FROM call_place").all()
  return { time, processes, rows }
}

test("never are more under way than there are places, whoever dies, and all who live get one", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(
        fc.record({
          of: fc.integer({ min: 0, max: 2 }),
          gap: fc.integer({ min: 0, max: 300 }),
          lasts: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 20_000, max: 100_000 })),
        }),
        { minLength: 1, maxLength: 16 },
      ),
      fc.option(fc.record({ of: fc.integer({ min: 0, max: 1 }), at: fc.integer({ min: 0, max: 2_000 }) })),
      fc.integer({ min: 1, max: 1_000 }),
      async (count, calls, killed, seed) => {
        const { time, processes, rows } = processesOn(3, seed)
        const [under, most] = [new Map<number, number>(), [] as number[]]
        const ended = [0, 0, 0]
        let begun = false
        const driver = processes[2]!
        void (async () => {
          for (const { of, gap, lasts } of calls) {
            await driver.world.sleep(gap, never)
            const { world, places } = processes[of]!
            void places.take("erp", count, 10_000_000, never).then(async leave => {
              under.set(of, (under.get(of) ?? 0) + 1)
              // requests of the dead are no longer under way
              most.push(
                processes.reduce((sum, one, i) => sum + (one.process.alive ? (under.get(i) ?? 0) : 0), 0),
              )
              await world.sleep(lasts, never)
              under.set(of, (under.get(of) ?? 0) - 1)
              await leave()
              ended[of]!++
            })
          }
          begun = true
        })()
        if (killed !== null)
          void driver.world.sleep(killed.at, never).then(() => {
            processes[killed.of]!.process.alive = false
          })
        const asked = (of: number) => calls.filter(call => call.of === of).length
        const over = () =>
          begun &&
          (killed === null || !processes[killed.of]!.process.alive) &&
          processes.every(({ process }, of) => !process.alive || ended[of] === asked(of))
        expect(await time.run(over, 30_000)).toBe(true)
        expect(Math.max(...most, 0)).toBeLessThanOrEqual(count)
        if (killed === null) expect(rows()).toEqual([])
      },
    ),
    // shrinking a wait that never ends takes minutes
    { numRuns: 60, endOnFailure: true },
  )
})

test("the places of one that was killed are free when its lease is over, and not before", async () => {
  const { time, processes, rows } = processesOn(2)
  const [dies, lives] = processes as [(typeof processes)[0], (typeof processes)[0]]
  let held = 0
  for (let i = 0; i < 2; i++) void dies.places.take("erp", 2, 1_000, never).then(() => held++)
  await time.run(() => held === 2, 1_000)
  dies.process.alive = false
  const killedAt = lives.world.now()
  let at: number | undefined
  void lives.places.take("erp", 2, 60_000, never).then(() => {
    at = lives.world.now()
  })
  expect(await time.run(() => at !== undefined, 10_000)).toBe(true)
  expect(at! - killedAt).toBeGreaterThanOrEqual(placeLeaseMs - 1_000)
  expect(at! - killedAt).toBeLessThanOrEqual(placeLeaseMs + 1_000)
  expect(rows().length).toBe(2)
})

test("a request that lasts longer than a lease keeps its place", async () => {
  const { time, processes } = processesOn(2)
  const [first, second] = processes as [(typeof processes)[0], (typeof processes)[0]]
  let ended = 0
  let at = 0
  void first.places.take("erp", 1, 1_000, never).then(async leave => {
    await first.world.sleep(placeLeaseMs * 4, never)
    ended = first.world.now()
    await leave()
  })
  void second.world.sleep(1_000, never).then(async () => {
    await second.places.take("erp", 1, placeLeaseMs * 10, never)
    at = second.world.now()
  })
  expect(await time.run(() => at > 0, 20_000)).toBe(true)
  expect(ended).toBeGreaterThan(0)
  expect(at).toBeGreaterThanOrEqual(ended)
})

test("who waits too long has asked nothing and counts no attempt; who is stopped, neither", async () => {
  const { time, processes, rows } = processesOn(1)
  const [{ places }] = processes as [(typeof processes)[0]]
  const ending = new AbortController()
  const failed: CallFailed[] = []
  const told = (error: unknown) => {
    if (!(error instanceof CallFailed)) throw error
    failed.push(error)
  }
  let held = false
  void places.take("erp", 1, 1_000, never).then(() => {
    held = true
  })
  await time.run(() => held, 100)
  void places.take("erp", 1, 2_000, never).catch(told)
  await time.run(() => failed.length === 1, 1_000)
  void places.take("erp", 1, 2_000, ending.signal).catch(told)
  ending.abort()
  await time.run(() => failed.length === 2, 1_000)
  expect(failed.map(({ failure, code }) => [failure, code])).toEqual([
    ["throttled", "NO_PLACE"],
    ["transient", "STOPPED"],
  ])
  expect(rows().length).toBe(1)
})

test("a store that fails is a reason to come again: nothing was asked", async () => {
  const time = virtualTime(randomOf(1), nothing)
  const world = time.worldOf({ alive: true })
  let broken = false
  const disk = newDisk(() => broken)
  const places = placesOn(ledgerOn(disk, world), world)
  let leave: (() => Promise<void>) | undefined
  void places.take("erp", 1, 1_000, never).then(given => {
    leave = given
  })
  await time.run(() => leave !== undefined, 100)
  broken = true
  const seen: unknown[] = []
  void places.take("crm", 1, 1_000, never).catch((error: unknown) => seen.push(error))
  void leave?.().then(() => seen.push("left"))
  await time.run(() => seen.length === 2, 1_000)
  expect(seen).toContainEqual(expect.objectContaining({ failure: "transient", code: "STORE_FAILED" }))
  expect(seen).toContain("left")
})
