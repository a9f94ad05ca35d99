// The circuit of a target as its rules say it: who may call, and when. Flows in: what calls said, in a time the test owns. Flows out: go, or wait until when.
import { beforeEach, expect, test } from "vitest"
import { admit, noteFailure, noteSuccess } from "../../../runtime/flow/ledger/targets.ts"
import type { FailureClass } from "../../../runtime/flow/port/failures.ts"
import { runOperation } from "../../../runtime/flow/stores/sqlite/run-operation.ts"
import { type Disk, newDisk } from "./simulation/faulty-store.ts"

const erp = { name: "erp", idempotency: {}, failures: 2, pauseMs: 1_000 }
const start = Date.parse("2026-03-01T12:00:00Z")
let disk: Disk
let ms = 0
beforeEach(() => {
  disk = newDisk(() => false)
  ms = 0
})

const ask = <T>(operation: Parameters<typeof runOperation<T>>[2]) =>
  runOperation(disk.database, new WeakMap(), operation)
/** "go", or how many milliseconds to wait. */
const mayCall = () => {
  const { pausedUntil } = ask(admit("erp", start + ms))
  return pausedUntil === undefined ? "go" : Date.parse(pausedUntil) - start - ms
}
const failed = (failure: FailureClass, retryAfterMs?: number) =>
  void ask(noteFailure(erp, { failure, retryAfterMs, now: start + ms, random: 1 }))
const succeeded = () => ask(noteSuccess("erp", start + ms))

test("a target that says when to come back is called by all from then on, and not before", () => {
  failed("throttled", 400)
  expect(mayCall()).toBe(400)
  ms = 399
  expect(mayCall()).toBe(1)
  ms = 400
  expect([mayCall(), mayCall(), mayCall()]).toEqual(["go", "go", "go"])
})

test("a call that was under way and did well does not shorten the time the target asked for", () => {
  failed("transient")
  failed("throttled", 400)
  succeeded()
  expect(mayCall()).toBe(400)
})

test("without a word of when, the waits grow as long as nothing does well", () => {
  const waits: unknown[] = []
  for (let i = 0; i < 3; i++) {
    failed("throttled")
    waits.push(mayCall())
    ms += Number(waits.at(-1))
  }
  expect(waits).toEqual([1_000, 2_000, 4_000])
  succeeded()
  failed("throttled")
  expect(mayCall()).toBe(1_000)
})

test("failures in a row open the circuit; then one call goes first, and the others when it did well", () => {
  failed("transient")
  expect(mayCall()).toBe("go")
  failed("in-doubt")
  expect(mayCall()).toBe(1_000)
  ms = 1_000
  expect([mayCall(), mayCall()]).toEqual(["go", 30_000])
  succeeded()
  expect([mayCall(), mayCall()]).toEqual(["go", "go"])
})

test("a first call that fails too closes it again, for longer", () => {
  failed("transient")
  failed("transient")
  ms = 1_000
  expect(mayCall()).toBe("go")
  failed("transient")
  expect(mayCall()).toBe(2_000)
})

test("an answer that refuses the record says that the target is alive", () => {
  failed("transient")
  failed("rejected")
  failed("transient")
  expect(mayCall()).toBe("go")
})

test("refused credentials are asked about once a minute", () => {
  failed("auth")
  succeeded()
  expect(mayCall()).toBe(60_000)
})
