// The law all connectors keep: whatever goes wrong on the way, whoever follows what the connector declares ends with each record at the platform exactly once. Flows
// in: a subject and seeds. Flows out: a verdict with the seed. What it does on a failure is what specs/runtime.md says of the engine.
import { expect } from "vitest"
import type { Connector, SendRequest } from "../../../runtime/connectors/port/connector.ts"
import { CallFailed } from "../../../runtime/flow/port/failures.ts"
import { everydayFaults, type FaultKind, seededFaults } from "../../../runtime/simulators/kernel/faults.ts"
import type { Platform } from "../../../runtime/simulators/kernel/platform.ts"
import { call, type Stage, stageOf } from "./harness.ts"

export interface OnceSubject {
  readonly platform: () => Platform
  readonly connect: (stage: Stage) => Connector
  readonly request: (index: number) => SendRequest
  /** Keys of all records the platform has, with doubles. */
  readonly keys: (platform: Platform) => readonly string[]
  readonly kinds?: readonly FaultKind[]
  /** Share of requests that go wrong; 0.4 where absent. */
  readonly rate?: number
  readonly secrets?: Readonly<Record<string, string>>
}

const records = 6

export async function endsExactlyOnce(subject: OnceSubject, seeds: readonly number[]): Promise<number> {
  let faults = 0
  for (const seed of seeds) {
    const platform = subject.platform()
    const stage = await stageOf(platform, {
      ...(subject.secrets === undefined ? {} : { secrets: subject.secrets }),
      faults: seededFaults(seed, subject.rate ?? 0.4, subject.kinds ?? everydayFaults),
    })
    const connector = subject.connect(stage)
    const wanted: string[] = []
    for (let i = 0; i < records; i++) {
      const request = subject.request(i)
      wanted.push(String(request.record[request.key]))
      await untilDone(connector, request, seed)
      // sent again by somebody who lost the receipt
      if (connector.idempotency(request, request.verb).upsert === true)
        await untilDone(connector, request, seed)
    }
    expect(subject.keys(platform).toSorted(), `seed ${seed}`).toEqual(wanted.toSorted())
    faults += stage.seen.filter(({ fault }) => fault !== undefined).length
    await connector.close()
    await stage.simulator.stop()
  }
  return faults
}

async function untilDone(connector: Connector, request: SendRequest, seed: number): Promise<void> {
  const offers = connector.idempotency(request, request.verb)
  let isDoubt = false
  for (let attempt = 0; attempt < 60; attempt++) {
    try {
      if (isDoubt && offers.upsert !== true && offers.nativeKey === undefined) {
        if (offers.lookUp !== true) throw new Error("in doubt, and nobody can be asked")
        if ((await connector.find(request, call().signal)) !== undefined) return
      }
      await connector.send(request, call(`key-${String(request.record[request.key])}`))
      return
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      if (error.failure === "in-doubt") isDoubt = true
      if (error.failure === "conflict") isDoubt = true
      if (error.failure === "rejected") throw new Error(`seed ${seed}: ${error.message}`)
    }
  }
  throw new Error(`seed ${seed}: never done`)
}
