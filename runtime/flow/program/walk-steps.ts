// Walks the steps of a flow in their order: each behind what it needs, once, or once an element. Flows in: a run and the trigger's binder. Flows out: every step
// done or left out; or what a step threw.
import { NotPossible } from "../port/failures.ts"
import { askBool } from "./ask-question.ts"
import type { FlowRun } from "./flow-run.ts"
import type { StepSpec } from "./flow-spec.ts"
import { type Scope, valueAt } from "./scope.ts"
import { answerStep } from "./steps/answer-step.ts"
import { controlStep } from "./steps/control-step.ts"
import { loadStep } from "./steps/load-step.ts"
import { mapStep } from "./steps/map-step.ts"
import { publishStep } from "./steps/publish-step.ts"
import { readStep } from "./steps/read-step.ts"
import { reconcileStep } from "./steps/reconcile-step.ts"
import { sendStep } from "./steps/send-step.ts"

export async function walkSteps(run: FlowRun, flow: Scope): Promise<void> {
  /** Of the whole flow, and of single elements: `name 3`. */
  const leftOut = new Set<string>()
  const unknown = new Set<string>()
  const elements = new Map<string, readonly Scope[]>()

  /** The scopes a step runs in: that of the flow, or those of the elements, the same for all steps of one loop. */
  function scopesOf({ name, each }: StepSpec): readonly Scope[] {
    if (each === null) return [flow]
    const loop = JSON.stringify(each)
    const known = elements.get(loop)
    if (known !== undefined) return known
    const list = valueAt(flow.get(each.of), each.path) ?? []
    if (!Array.isArray(list))
      throw new NotPossible("FM8510", `${name} runs for each of something that is no list`)
    const scopes = list.map(element => {
      const scope = flow.inner()
      scope.set(each.binder, element)
      return scope
    })
    elements.set(loop, scopes)
    return scopes
  }

  function leaveOut(name: string, { name: own, needs }: StepSpec): void {
    leftOut.add(name)
    if (!needs.some(need => unknown.has(need))) return
    unknown.add(own)
    run.unknown?.leftOut(own)
  }

  for (const step of run.spec.steps) {
    if (step.needs.some(need => leftOut.has(need))) {
      leaveOut(step.name, step)
      continue
    }
    for (const [index, scope] of scopesOf(step).entries()) {
      const name = step.each === null ? step.name : `${step.name} ${index}`
      const without = step.each !== null && step.needs.some(need => leftOut.has(`${need} ${index}`))
      if (without) {
        leaveOut(name, step)
        continue
      }
      if (!step.conditions.every(condition => askBool(run, scope, name, condition))) {
        leftOut.add(name)
        continue
      }
      let value: unknown
      try {
        value = await runStep(run, scope, name, step)
      } catch (error) {
        if (run.unknown?.isUnknown(error) !== true) throw error
        leftOut.add(name)
        unknown.add(step.name)
        continue
      }
      if (step.binder !== null) scope.set(step.binder, value)
      if (step.kind === "load") scope.set(step.name, value)
    }
  }
}

async function runStep(run: FlowRun, scope: Scope, name: string, step: StepSpec): Promise<unknown> {
  switch (step.kind) {
    case "read":
      return readStep(run, scope, name, step)
    case "map":
      return mapStep(run, scope, name, step)
    case "send":
      return sendStep(run, scope, name, step)
    case "load":
      return loadStep(run, scope, name, step)
    case "reconcile":
      return reconcileStep(run, scope, name, step)
    case "control":
      return controlStep(run, scope, name, step)
    case "publish":
      return publishStep(run, scope, name, step)
    case "answer":
      return answerStep(run, scope, name, step)
  }
}
