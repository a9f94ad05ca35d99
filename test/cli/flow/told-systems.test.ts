// What is told of systems that fail while flows run, and why a target is paused.
import { describe, expect, test } from "vitest"
import { toldSystems } from "../../../cli/flow/told-systems.ts"
import { terminalVoice } from "../../../cli/observe/voice.ts"
import { statsText } from "../../../cli/verbs/flow-stats.ts"
import type { Connector } from "../../../runtime/connectors/index.ts"
import { CallFailed, type FailureClass } from "../../../runtime/flow/index.ts"
import { fakeTerminal } from "../fake-terminal.ts"

type Answer = "done" | readonly [FailureClass, string]

/** Gives one answer after the other, whatever it is asked. */
function systemOf(answers: readonly Answer[]): Connector {
  const left = [...answers]
  const next = async <T>(done: T): Promise<T> => {
    const answer = left.shift() ?? "done"
    if (answer === "done") return done
    throw new CallFailed(answer[0], "CODE", answer[1])
  }
  return {
    system: "Erp",
    idempotency: () => ({}),
    async *read() {
      yield await next([])
    },
    send: () => next({ answer: {}, outcome: "created" as const }),
    find: () => next(undefined),
    load: () => next({ sent: 0, loaded: 0, ignored: 0, rejected: [] }),
    prepareLoad: () => next("job"),
    close: async () => undefined,
  }
}

const signal = new AbortController().signal
const record = { object: "Order", key: "id", fields: null, record: { id: "1" }, verb: "upsert" } as const
const call = { key: "k", attempt: 1, signal } as never
const calls: Readonly<Record<string, (one: Connector) => Promise<unknown>>> = {
  send: one => one.send(record, call),
  find: one => one.find(record, signal),
  load: async one => one.load?.({ ...record, records: [], mode: { kind: "add" } }, call),
  prepareLoad: async one => one.prepareLoad?.({ ...record, records: [], mode: { kind: "add" } }, call),
  read: async one => {
    for await (const _ of one.read({ ...record, where: [] }, signal));
  },
}

async function toldOf(answers: readonly Answer[], make: (one: Connector) => Promise<unknown>) {
  const told: string[] = []
  const one = toldSystems(new Map([["Erp", systemOf(answers)]]), (system, { message }) =>
    told.push(`${system}: ${message}`),
  ).get("Erp")
  if (one === undefined) throw new Error("the system is gone")
  const outcomes: string[] = []
  for (const _ of answers)
    outcomes.push(
      await make(one).then(
        () => "done",
        (error: Error) => error.message,
      ),
    )
  return { told, outcomes }
}

describe.each(Object.entries(calls))("%s", (_, make) => {
  test("a failure is told once, and again when the system did well meanwhile", async () => {
    const refused = ["transient", "connection refused"] as const
    const { told, outcomes } = await toldOf([refused, refused, "done", refused], make)
    expect(told).toEqual(["Erp: connection refused", "Erp: connection refused"])
    expect(outcomes).toEqual(["connection refused", "connection refused", "done", "connection refused"])
  })

  test("another failure is told, too", async () => {
    const { told } = await toldOf(
      [
        ["auth", "no token"],
        ["throttled", "enough"],
        ["in-doubt", "lost"],
      ],
      make,
    )
    expect(told).toEqual(["Erp: no token", "Erp: enough", "Erp: lost"])
  })

  test("what becomes an exception is told as one", async () => {
    const { told } = await toldOf(
      [
        ["rejected", "no such customer"],
        ["conflict", "is there"],
      ],
      make,
    )
    expect(told).toEqual([])
  })
})

test("a system is named once", () => {
  const terminal = fakeTerminal(".")
  const { failing } = terminalVoice(terminal)
  failing("Erp", new Error("Erp: connection refused"))
  failing("Orders", new Error("Erp: connection refused"))
  expect(terminal.written.comment).toBe("Erp: connection refused\nOrders: Erp: connection refused\n")
})

test.each([
  ["auth", "credentials are missing or refused"],
  ["throttled", "it asks to wait"],
  ["transient", "it cannot be reached, or fails"],
  ["in-doubt", "its answers get lost"],
  ["probe", "one call tries whether it is well again"],
  ["person:mara", "by mara"],
])("stats say of a target paused by %s: %s", (pausedBy, why) => {
  const until = "2026-03-31T09:00:00.000Z"
  const target = {
    target: "Erp",
    pausedUntil: until,
    pausedBy,
    failures: 2,
    done: 0,
    inDoubt: 0,
    amounts: [],
  }
  const text = (now: string) =>
    statsText({ flows: [], targets: [target], exceptions: [], outbox: 0 }, Date.parse(now))
  expect(text("2026-03-31T08:00:00Z")).toContain(`2 failures in a row, paused until ${until} (${why})`)
  expect(text("2026-03-31T10:00:00Z")).not.toContain("paused")
})
