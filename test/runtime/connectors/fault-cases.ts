// Everything that may go wrong on the way (R6), and the class each leads to: for a call that changes something, and for one that only reads. One table for all
// connectors; a platform that says a fault in words of its own names what differs.
import { expect, test } from "vitest"
import type { Connector } from "../../../runtime/connectors/port/connector.ts"
import type { FailureClass } from "../../../runtime/flow/port/failures.ts"
import type { FaultKind } from "../../../runtime/simulators/kernel/faults.ts"
import type { Platform, SimRequest } from "../../../runtime/simulators/kernel/platform.ts"
import { classOf, failureOf, type Stage, stageOf } from "./harness.ts"

type Case = readonly [fault: FaultKind, send: FailureClass, read: FailureClass]

export const faultCases: readonly Case[] = [
  ["reset-before", "in-doubt", "transient"],
  ["reset-after", "in-doubt", "transient"],
  ["reset-inside", "in-doubt", "transient"],
  ["hang-before", "in-doubt", "transient"],
  ["hang-after", "in-doubt", "transient"],
  ["slow", "in-doubt", "transient"],
  ["too-many", "throttled", "throttled"],
  ["too-many-without-retry-after", "throttled", "throttled"],
  ["unavailable", "throttled", "throttled"],
  ["internal-before", "in-doubt", "transient"],
  ["internal-after", "in-doubt", "transient"],
  ["bad-gateway", "in-doubt", "transient"],
  ["truncated", "in-doubt", "transient"],
  ["doubled", "in-doubt", "transient"],
  ["too-short", "in-doubt", "transient"],
  ["too-long", "in-doubt", "transient"],
  ["page", "in-doubt", "transient"],
  ["expired-token", "auth", "auth"],
  ["redirect", "rejected", "rejected"],
]

export interface Subject {
  readonly platform: () => Platform
  readonly secrets?: Readonly<Record<string, string>>
  readonly connect: (stage: Pick<Stage, "url" | "world" | "secrets">) => Connector
  readonly send: (connector: Connector) => Promise<unknown>
  /** Undefined: the platform is not read. */
  readonly read: ((connector: Connector) => Promise<unknown>) | undefined
  /** Requests that fetch a token or find the way are left alone. */
  readonly isBusiness: (request: SimRequest) => boolean
  /** Its credentials do not end: there is nothing to fetch anew. */
  readonly tokenless?: true
  readonly differs?: Partial<Record<FaultKind, readonly [send: FailureClass | "done", read: FailureClass]>>
}

export function faultTests(subject: Subject): void {
  test.each(faultCases)("%s: sent %s, read %s", async (fault, send, read) => {
    const expected = subject.differs?.[fault] ?? [send, read]
    const found: string[] = []
    for (const work of [subject.send, subject.read ?? subject.send]) {
      const stage = await stageOf(subject.platform(), {
        ...secretsOf(subject),
        faults: (_, request) => (subject.isBusiness(request) ? fault : undefined),
      })
      const connector = subject.connect(stage)
      found.push(await classOf(work(connector)))
      await connector.close()
    }
    expect(found).toEqual(subject.read === undefined ? [expected[0], expected[0]] : expected)
  })

  test("Retry-After is told on", async () => {
    const stage = await stageOf(subject.platform(), {
      ...secretsOf(subject),
      faults: (_, request) => (subject.isBusiness(request) ? "too-many" : undefined),
    })
    const connector = subject.connect(stage)
    expect((await failureOf(subject.send(connector))).retryAfterMs).toBe(1_000)
    await connector.close()
  })

  test("nobody there: not done", async () => {
    const stage = await stageOf(subject.platform(), secretsOf(subject))
    await stage.simulator.stop()
    const connector = subject.connect(stage)
    const failed = await failureOf(subject.send(connector))
    expect([failed.failure, failed.code]).toEqual(["transient", "ECONNREFUSED"])
    await connector.close()
  })

  if (subject.tokenless === true) return
  test("a token that has ended is fetched anew, once, and the call goes on", async () => {
    let count = 0
    const stage = await stageOf(subject.platform(), {
      ...secretsOf(subject),
      faults: (_, request) => (subject.isBusiness(request) && count++ === 0 ? "expired-token" : undefined),
    })
    const connector = subject.connect(stage)
    expect(await classOf(subject.send(connector))).toBe("done")
    await connector.close()
  })
}

function secretsOf({ secrets }: Subject) {
  return secrets === undefined ? {} : { secrets }
}
