// Many records at once. Flows in: a list. Flows out: how many were sent, loaded, ignored and rejected, as the platform says. Nothing judges the counts here:
// that is for reconcile.
import type { LoadReceipt, LoadRequest } from "../../../connectors/port/connector.ts"
import { NotPossible } from "../../port/failures.ts"
import { madeOf } from "../call-map.ts"
import { connectorOf } from "../connector-of.ts"
import { figuresUnder } from "../figures-under.ts"
import type { FlowRun } from "../flow-run.ts"
import type { LoadStep } from "../flow-spec.ts"
import { failedEffect, ruled } from "../refused.ts"
import { type Scope, valueAt } from "../scope.ts"
import { boundTo, targetOf } from "../target-of.ts"
import { withinTime } from "../within-time.ts"

export interface LoadCounts {
  readonly sent: number
  readonly loaded: number
  readonly ignored: number
  readonly rejected: number
}

export async function loadStep(
  run: FlowRun,
  scope: Scope,
  name: string,
  step: LoadStep,
): Promise<LoadCounts> {
  const { to, mode, effect: rules } = step
  const records = madeOf(run, scope, name, step.what)
  if (!Array.isArray(records)) throw new NotPossible("FM8510", `${name} has no list of records to load`)
  const connector = connectorOf(run, to.system)
  const { load } = connector
  if (load === undefined) throw new NotPossible("FM8502", `${to.system} takes no loads`)
  const { key, fields } = run.facts(to)
  const request: LoadRequest = { object: to.object, key: key ?? "id", fields, records, mode }
  await ruled(run, to.system, rules)
  try {
    const prepared = await preparedLoad(run, name, step, request)
    const sent = prepared === undefined ? request : { ...request, prepared }
    const receipt = await run.ctx.effect<LoadReceipt>({
      name,
      target: targetOf(run, to.system, connector.idempotency(request, "load")),
      ...boundTo(run, to),
      request: { object: to.object, mode, records },
      ...figuresUnder(run.facts(to), ["records", "*"]),
      ...(rules.retry === null ? {} : { retry: rules.retry }),
      send: call =>
        withinTime(run.world, rules.timeoutMs, call.signal, signal =>
          load.call(connector, sent, { ...call, signal }),
        ),
    })
    return countsOf(name, receipt)
  } catch (error) {
    throw failedEffect(run, scope, rules, error, {
      step: name,
      system: to.system,
      figures: { records: records.length },
    })
  }
}

/** Kept before anything is done: a load whose answer was lost is found by it, and not begun a second time. */
async function preparedLoad(
  run: FlowRun,
  name: string,
  { to, effect: { timeoutMs } }: LoadStep,
  request: LoadRequest,
): Promise<string | undefined> {
  const { prepareLoad } = connectorOf(run, to.system)
  if (prepareLoad === undefined || (await run.ctx.receipt(name)) !== undefined) return undefined
  const { object, mode, records } = request
  const kept = await run.ctx.step(
    `${name} prepared`,
    async () =>
      (await withinTime(run.world, timeoutMs, run.ctx.signal, signal => prepareLoad(request, { signal }))) ??
      null,
    { target: targetOf(run, to.system), ...boundTo(run, to), asked: { object, mode, records } },
  )
  return kept ?? undefined
}

function countsOf(name: string, receipt: unknown): LoadCounts {
  const count = (what: string) => {
    const value = valueAt(receipt, [what])
    if (typeof value !== "number")
      throw new NotPossible("FM8510", `The receipt of ${name} does not say how many were ${what}`)
    return value
  }
  const rejected = valueAt(receipt, ["rejected"])
  return {
    sent: count("sent"),
    loaded: count("loaded"),
    ignored: count("ignored"),
    rejected: Array.isArray(rejected) ? rejected.length : count("rejected"),
  }
}
