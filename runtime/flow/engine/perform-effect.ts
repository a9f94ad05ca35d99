// One effect: intent, call, receipt. Flows in: what a handler wants done. Flows out: the receipt, of now or of an earlier attempt; or a
// failure of the classes the engine knows. The only place where a target is called.
import { parseExact } from "../../formats/json/parse-exact.ts"
import { canonicalJson, requestHash } from "../ledger/canonical-json.ts"
import type { Claimed } from "../ledger/claim.ts"
import {
  type Begun,
  beginEffect,
  type EffectIntent,
  keepFailure,
  keepReceipt,
  writeReceipt,
} from "../ledger/effects.ts"
import { refuseUnreadable } from "../ledger/sealed.ts"
import type { Following } from "../ledger/settle.ts"
import type { Outbound } from "../port/event.ts"
import { BusinessException, CallFailed } from "../port/failures.ts"
import type { Call, Effect, RetryRules } from "../port/flow.ts"
import type { CallFact, EventNames } from "../port/observer.ts"
import { inBoth, isAllowed, type Regions, refuseRegion } from "../port/regions.ts"
import type { World } from "../port/world.ts"
import { amountOf, jsonOf } from "./new-event.ts"
import type { Persist } from "./persist.ts"
import type { WriteBehind } from "./write-behind.ts"

/** The target may not be called now: the event waits, and no attempt is counted. */
export class TargetPaused extends Error {
  override readonly name = "TargetPaused"
  readonly target: string
  readonly until: string

  constructor(target: string, until: string) {
    super(`${target} is paused until ${until}`)
    this.target = target
    this.until = until
  }
}

/** A failure of an effect with a rule of its own about retries. */
export class EffectFailed extends Error {
  override readonly name = "EffectFailed"
  readonly failed: CallFailed
  /** Of the effect, with this one. */
  readonly failures: number
  readonly rules: RetryRules

  constructor(failed: CallFailed, failures: number, rules: RetryRules) {
    super(failed.message)
    this.failed = failed
    this.failures = failures
    this.rules = rules
  }
}

export interface EffectSurroundings {
  readonly world: World
  readonly persist: Persist
  /** For what the next operation of the event may write along. */
  readonly later: WriteBehind["later"]
  readonly signal: AbortSignal
  readonly keyOf: (name: string) => string
  readonly followingOf: (sent: readonly Outbound[]) => Following
  /** Characters of a request that is kept. */
  readonly longestRequest: number
  readonly called: (call: Omit<CallFact, keyof EventNames>) => void
}

/** Pauses this short, all in all, are waited out on the spot: to give the event back and take it again would cost more. */
const patienceMs = 250

export async function performEffect<T>(
  event: Claimed,
  effect: Effect<T>,
  around: EffectSurroundings,
): Promise<T> {
  const { world, signal } = around
  let patience = patienceMs
  for (;;) {
    try {
      return await tryEffect(event, effect, around)
    } catch (error) {
      if (!(error instanceof TargetPaused) || signal.aborted) throw error
      const ms = Math.max(1, Date.parse(error.until) - world.now())
      if (ms > patience) throw error
      patience -= ms
      await world.sleep(ms, signal)
    }
  }
}

async function tryEffect<T>(event: Claimed, effect: Effect<T>, around: EffectSurroundings): Promise<T> {
  const { world, persist } = around
  const regions = inBoth(event.regions, effect.regions)
  const intent = intentOf(effect, regions, around.keyOf(effect.name), around.longestRequest)
  const begin = async (absent: boolean) =>
    begunOf(await persist(() => beginEffect(event, intent, absent, world.now())), effect, regions)
  const begun = await begin(false)
  const { way } = begun
  if (way.kind === "receipt") return valueOf<T>(way.receipt)
  refuseWay(begun, effect)
  const call = (sendKey: boolean): Call => ({
    key: begun.key,
    sendKey,
    signal: around.signal,
    ...tracesOf(event),
  })
  const ask = (work: () => Promise<T | undefined>) => attempt(event, effect, begun, around, work)
  if (way.kind === "send") {
    const receipt = await ask(() => effect.send(call(way.sendKey)))
    return keep(event, effect, begun, around, receipt as T)
  }
  const found = await ask(async () => effect.find?.(call(false)))
  if (found !== undefined) return keep(event, effect, begun, around, found)
  const again = await begin(true)
  refuseWay(again, effect)
  return keep(event, effect, begun, around, (await ask(() => effect.send(call(false)))) as T)
}

type Go = Begun & { readonly kind: "go" }

function begunOf(begun: Begun, effect: Effect<unknown>, regions: Regions | undefined): Go {
  if (begun.kind === "elsewhere") {
    refuseRegion(effect.name, effect.target, regions)
    throw new TypeError("A target was refused for its region, and is in it")
  }
  if (begun.kind === "paused") throw new TargetPaused(effect.target.name, begun.until)
  return begun
}

function refuseWay({ way, key }: Go, effect: Effect<unknown>): void {
  const detail = { effect: effect.name, target: effect.target.name, key }
  if (way.kind === "in-doubt")
    throw new BusinessException(
      "IN_DOUBT",
      `Nobody knows whether ${effect.target.name} did ${effect.name}: look there, then settle it`,
      detail,
    )
  if (way.kind === "changed")
    throw new BusinessException(
      "REQUEST_CHANGED",
      `${effect.name} was sent to ${effect.target.name} with another request before; the same key must not carry two`,
      detail,
    )
}

/** Calls; a failure is kept with what it says about the effect and the target. A conflict is looked up where that is possible. */
async function attempt<T>(
  event: Claimed,
  effect: Effect<T>,
  begun: Go,
  { world, persist, signal, called }: EffectSurroundings,
  work: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const { name, target } = effect
  const startedAt = world.now()
  const tell = (outcome: CallFact["outcome"], code?: string): void =>
    called({
      effect: name,
      target: target.name,
      key: begun.key,
      outcome,
      code,
      startedAt,
      endedAt: world.now(),
    })
  try {
    const done = await work()
    tell("done")
    return done
  } catch (error) {
    const failed = callFailedOf(error)
    tell(failed.failure, failed.code)
    if (failed.failure === "conflict" && effect.find !== undefined) {
      const found = await effect.find({ key: begun.key, sendKey: false, signal, ...tracesOf(event) })
      if (found !== undefined) return found
    }
    const end = {
      failure: failed.failure,
      retryAfterMs: failed.retryAfterMs,
      now: world.now(),
      random: world.random(),
    }
    const { pausedUntil, failures } = await persist(() =>
      keepFailure(event, effect.target, begun.key, begun.wasDoubt, end),
    )
    const costsNothing = failed.failure === "throttled" || failed.failure === "auth"
    if (costsNothing && pausedUntil !== undefined) throw new TargetPaused(effect.target.name, pausedUntil)
    const again = failed.failure === "transient" || failed.failure === "in-doubt"
    throw again && effect.retry !== undefined ? new EffectFailed(failed, failures, effect.retry) : failed
  }
}

function tracesOf({ correlationId, traceparent }: Claimed): Pick<Call, "correlationId" | "traceparent"> {
  return { correlationId, ...(traceparent === undefined ? {} : { traceparent }) }
}

/** What is no word of the engine's own says nothing about whether the call was made. */
export function callFailedOf(error: unknown): CallFailed {
  if (error instanceof CallFailed) return error
  return new CallFailed("in-doubt", "UNKNOWN", error instanceof Error ? error.message : String(error))
}

async function keep<T>(
  event: Claimed,
  effect: Effect<T>,
  begun: Go,
  { world, persist, later, followingOf }: EffectSurroundings,
  receipt: T,
): Promise<T> {
  const text = jsonOf(receipt, `the receipt of ${effect.name}`)
  const following = followingOf(effect.following?.(receipt) ?? [])
  const now = world.now()
  const write = () => keepReceipt(event, effect, begun.key, text, following, begun.failures > 0, now)
  const nothingElse = begun.failures === 0 && following.events.length + following.messages.length === 0
  // After an earlier call somebody else may have brought another receipt, and that one counts.
  if (begun.wasDoubt) return valueOf<T>(await persist(write))
  later(nothingElse ? () => writeReceipt(event, effect, begun.key, text, now) : write)
  return valueOf<T>(text)
}

function intentOf(
  effect: Effect<unknown>,
  regions: Regions | undefined,
  key: string,
  longest: number,
): EffectIntent {
  const request = canonicalJson(effect.request)
  return {
    key,
    name: effect.name,
    target: effect.target,
    requestHash: requestHash(effect.target.name, request),
    request: request.length > longest ? null : request,
    canFind: effect.find !== undefined,
    isAllowed: isAllowed(regions, effect.target.region),
    undoes: effect.undoes ?? null,
    ...amountOf(effect.amount, effect.name),
  }
}

/** What the ledger gives back is what was put in, as JSON keeps it. */
function valueOf<T>(text: string): T {
  refuseUnreadable(text)
  const read = parseExact(text)
  if ("refused" in read) throw new TypeError("The ledger has a receipt that is no JSON")
  return read.ok as T
}
