// One record at one system, once. Flows in: what is sent. Flows out: what the contract answers; crosswalks filled by it. What the target refuses leaves by the
// step's rules. What was done is remembered, so that it can be taken back.
import { askQuestion, askText } from "../ask-question.ts"
import { callMap, madeOf } from "../call-map.ts"
import type { FlowRun } from "../flow-run.ts"
import type { MapCall, SendStep } from "../flow-spec.ts"
import { performSend } from "../perform-send.ts"
import type { Scope } from "../scope.ts"

type Send = SendStep & { readonly binder: string | null }

export async function sendStep(run: FlowRun, scope: Scope, name: string, step: Send): Promise<unknown> {
  const record = madeOf(run, scope, name, step.what)
  const { answer, outcome } = await performSend(run, scope, { name, step, record, verb: step.verb })
  if (step.binder !== null) scope.set(step.binder, answer)
  const { compensate } = step
  if (compensate !== null && outcome !== "unchanged")
    run.undo.push(() => takeBack(run, scope, name, step, compensate))
  await fillCrosswalks(run, scope, name, step)
  return answer
}

/** The rows are written once, whatever happens between the receipt and here. */
async function fillCrosswalks(run: FlowRun, scope: Scope, name: string, { links }: Send): Promise<void> {
  if (links.length === 0) return
  const of = `${name} links`
  const rows = await run.ctx.step(
    of,
    () =>
      links.flatMap(({ crosswalk, keys, value }) => {
        const texts = keys.map(key => askText(run, scope, of, key))
        const filled = askQuestion(run, scope, of, value)
        // A row without a key or a value says nothing.
        if (filled === undefined || !texts.every(text => text !== undefined)) return []
        return [{ crosswalk, key: run.linkKey(crosswalk, texts), value: filled }]
      }),
    { pure: true, with: links => ({ links }) },
  )
  run.filled.add(rows)
}

/** The same object, told apart by the same key: a record that was made is changed to what the map says, one that was deleted is made again. */
async function takeBack(run: FlowRun, scope: Scope, of: string, step: Send, call: MapCall): Promise<void> {
  const name = `${of} taken back`
  const real = { ...run, ctx: run.real }
  const record = callMap(real, scope, name, call)
  const verb = step.verb === "upsert" || step.verb === "delete" ? "upsert" : "update"
  await performSend(real, scope, { name, step, record, verb, undoes: of })
}
