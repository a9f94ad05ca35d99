// Systems at the other end, which know the truth: what was done, how often, in which order. Flows in: calls. Flows out: answers, or the faults
// real systems have. What happened stays, whoever dies.
import { CallFailed } from "../../../../runtime/flow/port/failures.ts"
import type { Call, Target } from "../../../../runtime/flow/port/flow.ts"
import type { Random } from "./random.ts"
import type { Process, VirtualTime } from "./virtual-time.ts"

export const nativeWindowMs = 60_000

export const targets = {
  billing: { name: "billing", idempotency: { nativeKey: { windowMs: nativeWindowMs } }, pauseMs: 500 },
  crm: { name: "crm", idempotency: { upsert: true }, pauseMs: 500 },
  erp: { name: "erp", idempotency: { lookUp: true }, pauseMs: 500 },
  letter: { name: "letter", idempotency: {}, pauseMs: 500 },
} as const satisfies Record<string, Target>

export type TargetName = keyof typeof targets

export interface Done {
  readonly target: TargetName
  /** Names the business object: what must not be there twice. */
  readonly object: string
  readonly lane: string
  readonly laneSeq: number
  readonly receipt: string
}

export interface Request {
  readonly object: string
  readonly lane: string
  readonly laneSeq: number
  readonly refused: boolean
}

export interface SimTargets {
  readonly done: readonly Done[]
  /** Failures that cost an attempt, by business object. */
  readonly failures: ReadonlyMap<string, number>
  send(process: Process, target: TargetName, request: Request, call: Call): Promise<string>
  find(process: Process, target: TargetName, object: string): Promise<string | undefined>
}

export function simTargets(time: VirtualTime, random: Random, faulty: () => boolean): SimTargets {
  const done: Done[] = []
  const failures = new Map<string, number>()
  const remembered = new Map<string, { readonly receipt: string; readonly until: number }>()

  /** A call of a dead process gets nowhere, and its answer nobody. */
  async function travel(process: Process): Promise<void> {
    await time.sleep(process, 1 + random.whole(40))
    if (!process.alive) await new Promise(() => {})
  }

  function failing(object: string, error: Error): Error {
    failures.set(object, (failures.get(object) ?? 0) + 1)
    return error
  }

  function apply(target: TargetName, request: Request, call: Call): string {
    const { object, lane, laneSeq } = request
    if (target === "billing" && call.sendKey) {
      const known = remembered.get(call.key)
      if (known !== undefined && known.until > time.now()) return known.receipt
    }
    if (target === "crm") {
      const known = done.find(one => one.target === target && one.object === object)
      if (known !== undefined) return known.receipt
    }
    const receipt = `${target}-${done.length + 1}`
    done.push({ target, object, lane, laneSeq, receipt })
    if (call.sendKey) remembered.set(call.key, { receipt, until: time.now() + nativeWindowMs })
    return receipt
  }

  return {
    done,
    failures,
    async send(process, target, request, call) {
      await travel(process)
      const fault = faulty() ? random.whole(20) : 20
      const { object } = request
      if (fault === 0) throw failing(object, new CallFailed("transient", "ECONNREFUSED", "nobody answers"))
      if (fault === 1)
        throw new CallFailed("throttled", "429", "too many requests", 500 + random.whole(3_000))
      if (fault === 2 && random.chance(0.2)) throw new CallFailed("auth", "401", "the token has ended")
      if (fault === 3)
        throw failing(object, new CallFailed("in-doubt", "503", "failed before anything was done"))
      if (request.refused) throw new CallFailed("rejected", "400", "no such item")
      const receipt = apply(target, request, call)
      if (fault === 4)
        throw failing(object, new CallFailed("in-doubt", "ETIMEDOUT", "done, and the answer is lost"))
      if (fault === 5) throw failing(object, new Error("socket hang up"))
      if (fault === 6) await time.sleep(process, 50_000 + random.whole(20_000))
      await travel(process)
      return receipt
    },
    async find(process, target, object) {
      await travel(process)
      if (faulty() && random.chance(0.05))
        throw failing(object, new CallFailed("transient", "ECONNRESET", "reset"))
      return done.find(one => one.target === target && one.object === object)?.receipt
    },
  }
}
