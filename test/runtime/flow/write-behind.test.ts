// What an event wrote need not be durable before it goes on, only before it does anything that stands on it. Flows in: operations. Flows out: transactions, in their order.
import { expect, test } from "vitest"
import { Stopped } from "../../../runtime/flow/engine/persist.ts"
import { writeBehind } from "../../../runtime/flow/engine/write-behind.ts"
import type { Operation } from "../../../runtime/flow/ledger/operation.ts"

/** A store that notes what each transaction wrote; the names in `refuses` throw, and take their transaction with them. */
function noting(refuses: readonly string[] = []) {
  const transactions: string[][] = []
  const deferred: (() => void)[] = []
  let stopped = false
  const behind = writeBehind(
    async operation => {
      if (stopped) throw new Stopped("the engine ended")
      const written: string[] = []
      const steps = operation()
      for (let step = steps.next([]); ; step = steps.next([])) {
        if (step.done === true) {
          transactions.push(written)
          return step.value
        }
        const text = step.value.kind === "lock" ? step.value.name : ""
        if (refuses.includes(text)) throw new Error(`refused: ${text}`)
        written.push(text)
      }
    },
    { defer: work => void deferred.push(work) },
  )
  const turn = async () => {
    for (const work of deferred.splice(0)) work()
    await Promise.resolve()
  }
  const stop = () => {
    stopped = true
  }
  return { ...behind, transactions, turn, stop }
}

function write(name: string): () => Operation<string> {
  return function* () {
    yield { kind: "lock", name }
    return name
  }
}

test("what waits is written ahead of the next operation, in one transaction with it", async () => {
  const { persist, later, transactions, turn } = noting()
  later(write("receipt"))
  later(write("step"))
  expect(transactions).toEqual([])
  expect(await persist(write("intent"))).toBe("intent")
  expect(transactions).toEqual([["receipt", "step", "intent"]])
  await turn()
  expect(transactions, "and not once more").toHaveLength(1)
})

test("an event that does nothing more for now has written all in the next turn", async () => {
  const { persist, later, transactions, turn } = noting()
  later(write("receipt"))
  await turn()
  expect(transactions).toEqual([["receipt"]])
  await persist(write("end"))
  expect(transactions).toEqual([["receipt"], ["end"]])
})

test("an operation that is refused takes no receipt with it", async () => {
  const { persist, later, transactions } = noting(["end"])
  later(write("receipt"))
  await expect(persist(write("end"))).rejects.toThrow("refused: end")
  expect(transactions).toEqual([["receipt"]])
})

test("of what waits, one that is refused does not take the others with it, and the event hears of it", async () => {
  const { persist, later, transactions } = noting(["step"])
  later(write("receipt"))
  later(write("step"))
  await expect(persist(write("end"))).rejects.toThrow("refused: step")
  expect(transactions).toEqual([["receipt"]])
})

test("what was refused when it was written by itself is thrown by the next operation", async () => {
  const { persist, later, transactions, turn } = noting(["step"])
  later(write("step"))
  await turn()
  await new Promise(resolve => setImmediate(resolve))
  await expect(persist(write("end"))).rejects.toThrow("refused: step")
  expect(transactions).toEqual([])
})

test("an engine that ends writes nothing more", async () => {
  const { persist, later, transactions, stop } = noting()
  later(write("receipt"))
  stop()
  await expect(persist(write("end"))).rejects.toThrow(Stopped)
  expect(transactions).toEqual([])
})
