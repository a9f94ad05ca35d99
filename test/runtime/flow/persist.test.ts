// An engine whose store does not work waits, says so, and forgets nothing; one that is to end while it waits ends.
import { expect, test } from "vitest"
import { persistOn, Stopped } from "../../../runtime/flow/engine/persist.ts"
import { StoreFailed } from "../../../runtime/flow/port/failures.ts"
import type { World } from "../../../runtime/flow/port/world.ts"

/** A store that fails so many times, in a world that notes its waits. */
function failing(times: number, error: () => Error) {
  const waits: number[] = []
  const told: string[] = []
  const ended = new AbortController()
  const world: World = {
    now: () => 0,
    random: () => 0.5,
    defer: work => work(),
    sleep: async ms => void waits.push(ms),
  }
  let left = times
  const ledger = {
    run: async <T>(operation: () => Generator<never, T>): Promise<T> => {
      if (left-- > 0) throw error()
      const { value } = operation().next()
      return value as T
    },
  }
  const persist = persistOn(ledger as never, world, ended.signal, failed => void told.push(failed.message))
  return { persist, waits, told, ended }
}

// biome-ignore lint/correctness/useYield: an operation that asks for nothing
function* seven() {
  return 7
}

test("a store that works again is asked again, with waits that grow", async () => {
  const { persist, waits, told } = failing(10, () => new StoreFailed(new Error("disk full")))
  expect(await persist(seven)).toBe(7)
  expect(waits).toEqual([50, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000])
  expect(told).toEqual(Array.from({ length: 10 }, () => "The store failed: disk full"))
})

test("what is no failure of the store is thrown at once", async () => {
  const { persist, waits } = failing(1, () => new TypeError("a bug"))
  await expect(persist(seven)).rejects.toThrow("a bug")
  expect(waits).toEqual([])
})

test("an engine that ends does not wait for its store", async () => {
  const { persist, ended, told } = failing(99, () => new StoreFailed(new Error("disk full")))
  ended.abort()
  await expect(persist(seven)).rejects.toThrow(Stopped)
  expect(told).toHaveLength(1)
})
