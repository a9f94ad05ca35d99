// Lets an event go on before what it wrote is durable, where nothing outside can tell. Flows in: operations nobody needs the answer of. Flows out: each is written with the next
// operation of the event, in one transaction and ahead of it, or soon by itself. So whatever the event does next is durable only with what it stands on: no call leaves before.
import type { Operation } from "../ledger/operation.ts"
import type { World } from "../port/world.ts"
import { type Persist, Stopped } from "./persist.ts"

export interface WriteBehind {
  /** Runs an operation of the event, behind all that waits. */
  readonly persist: Persist
  /** Writes with the next operation. What it throws, that one throws. */
  later(operation: () => Operation<unknown>): void
}

export function writeBehind(persist: Persist, world: Pick<World, "defer">): WriteBehind {
  let waiting: readonly (() => Operation<unknown>)[] = []
  let alone: Promise<void> | undefined

  async function run<T>(operation: () => Operation<T>): Promise<T> {
    while (alone !== undefined) await alone
    const first = waiting
    waiting = []
    if (first.length === 0) return persist(operation)
    try {
      return await persist(() => inOrder(first, operation))
    } catch (error) {
      // What the last one is refused for undoes nothing of what has happened.
      if (!(error instanceof Stopped)) await eachAlone(first)
      throw error
    }
  }

  async function eachAlone(operations: readonly (() => Operation<unknown>)[]): Promise<void> {
    for (const operation of operations)
      await persist(operation).catch(error => {
        if (error instanceof Stopped) throw error
      })
  }

  return {
    persist: run,
    later(operation) {
      waiting = [...waiting, operation]
      if (waiting.length > 1) return
      world.defer(() => {
        if (waiting.length === 0 || alone !== undefined) return
        const first = waiting
        waiting = []
        alone = persist(() => inOrder(first, nothing)).then(
          () => {
            alone = undefined
          },
          error => {
            alone = undefined
            waiting = [() => refused(error), ...waiting]
          },
        )
      })
    },
  }
}

function* inOrder<T>(first: readonly (() => Operation<unknown>)[], last: () => Operation<T>): Operation<T> {
  for (const operation of first) yield* operation()
  return yield* last()
}

function* nothing(): Operation<void> {}

// biome-ignore lint/correctness/useYield: an operation that asks nothing
function* refused(error: unknown): Operation<never> {
  throw error
}
