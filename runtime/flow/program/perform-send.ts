// A send as an effect of the engine. Flows in: a record for a system. Flows out: the receipt, of now or of an earlier attempt; or the exit that the step has for
// what the target refused.
import type { Receipt, SendRequest, SendVerb } from "../../connectors/port/connector.ts"
import { CallFailed, NotPossible } from "../port/failures.ts"
import type { Call, Effect } from "../port/flow.ts"
import { connectorOf } from "./connector-of.ts"
import { figuresUnder } from "./figures-under.ts"
import type { FlowRun } from "./flow-run.ts"
import type { SendStep } from "./flow-spec.ts"
import { failedEffect, ruled } from "./refused.ts"
import type { Scope } from "./scope.ts"
import { valueAt } from "./scope.ts"
import { boundTo, targetOf } from "./target-of.ts"
import { withinTime } from "./within-time.ts"

export interface Send {
  readonly name: string
  readonly step: Pick<SendStep, "to" | "key" | "effect">
  readonly record: unknown
  readonly verb: SendVerb
  /** The effect that this one takes back. */
  readonly undoes?: string
}

export async function performSend(run: FlowRun, scope: Scope, send: Send): Promise<Receipt> {
  const { name, step, verb } = send
  const request = requestOf(run, send)
  /** Set by a look of this attempt that found nothing: one of an earlier attempt says nothing about now. */
  const seen = { isAbsent: false }
  const effect = effectOf(run, send, request, seen)
  const perform = async () => {
    await ruled(run, step.to.system, step.effect)
    // What was done in an earlier generation is done.
    if (verb === "ensure" && (await run.ctx.receipt(name)) === undefined) {
      const there = await lookUp(run, send, request, seen)
      if (there !== null) return { ...receiptOf(there), outcome: "unchanged" as const }
    }
    return receiptOf(await run.ctx.effect(effect))
  }
  try {
    if (verb !== "ensure") return await perform()
    const object = JSON.stringify([step.to.system, request.object, request.record[request.key]])
    return await run.turns.inTurn(object, perform)
  } catch (error) {
    throw failedEffect(run, scope, step.effect, error, {
      step: name,
      system: step.to.system,
      figures: { verb, key: step.key },
    })
  }
}

/** Is it there before anything was done? Kept, because afterwards nobody could tell what we made from what we found. */
async function lookUp(
  run: FlowRun,
  { name, step }: Send,
  request: SendRequest,
  seen: Seen,
): Promise<Receipt | null> {
  const connector = connectorOf(run, step.to.system)
  return run.ctx.step(
    `${name} looked up`,
    async () => {
      const { signal } = run.ctx
      const found = await withinTime(run.world, step.effect.timeoutMs, signal, until =>
        connector.find(request, until),
      )
      seen.isAbsent = found === undefined
      return found ?? null
    },
    {
      target: targetOf(run, step.to.system),
      ...boundTo(run, step.to),
      asked: { object: request.object, [request.key]: request.record[request.key] },
    },
  )
}

function requestOf({ facts }: FlowRun, { name, step, record, verb }: Send): SendRequest {
  if (!isRecord(record)) throw new NotPossible("FM8510", `${name} has no record to send`)
  const told = record[step.key]
  if (verb !== "create" && (told === undefined || told === null))
    throw new NotPossible(
      "FM8510",
      `${name} sends a record without ${step.key}, which tells it apart at ${step.to.system}`,
    )
  const { fields, answers = [] } = facts(step.to)
  return { object: step.to.object, key: step.key, fields, answers, verb, record }
}

/** What a look has found just now, until something is sent. */
interface Seen {
  isAbsent: boolean
}

function effectOf(
  run: FlowRun,
  { name, step, undoes }: Send,
  request: SendRequest,
  seen: Seen,
): Effect<Receipt> {
  const { world } = run
  const { system } = step.to
  const connector = connectorOf(run, system)
  const { object, key, verb, record } = request
  const idempotency = connector.idempotency(request, verb)
  const { retry, timeoutMs } = step.effect
  const within = <T>(signal: AbortSignal, call: (signal: AbortSignal) => Promise<T>) =>
    withinTime(world, timeoutMs, signal, call)
  const look = ({ signal }: Pick<Call, "signal">) => within(signal, until => connector.find(request, until))
  /** Asked about a lost answer: what is there and was to be made is what we made. */
  const find = async (call: Pick<Call, "signal">) => {
    const found = await look(call)
    seen.isAbsent = found === undefined
    const made = verb === "create" || verb === "ensure"
    return found === undefined || !made ? found : { ...found, outcome: "created" as const }
  }
  const canFind = idempotency.lookUp === true || verb === "create" || verb === "ensure"
  const amount = run.amountOf(step.to, record)
  return {
    name,
    target: targetOf(run, system, idempotency),
    ...boundTo(run, step.to),
    request: { object, key, verb, record },
    ...(amount === undefined ? {} : { amount }),
    ...figuresUnder(run.facts(step.to), ["record"]),
    ...(retry === null ? {} : { retry }),
    ...(undoes === undefined ? {} : { undoes }),
    ...(canFind ? { find } : {}),
    async send(call) {
      const sent = seen.isAbsent ? ({ ...request, isAbsent: true } as const) : request
      seen.isAbsent = false
      try {
        return await within(call.signal, signal => connector.send(sent, { ...call, signal }))
      } catch (error) {
        if (verb !== "ensure" || !(error instanceof CallFailed) || error.failure !== "conflict") throw error
        // Somebody else was quicker.
        const there = await look(call)
        if (there === undefined) throw error
        return { ...there, outcome: "unchanged" as const }
      }
    },
  }
}

/** A person who settles an effect may give what was answered alone. */
function receiptOf(receipt: unknown): Receipt {
  const answer = valueAt(receipt, ["answer"])
  const outcome = valueAt(receipt, ["outcome"])
  const known =
    outcome === "updated" || outcome === "deleted" || outcome === "unchanged" ? outcome : "created"
  if (isRecord(answer)) return { answer, outcome: known }
  return { answer: isRecord(receipt) ? receipt : {}, outcome: known }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
