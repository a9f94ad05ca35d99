// In which order steps run. Flows in: steps with what they read. Flows out: each behind all it needs, otherwise as written; a circle is
// reported.
import { diagnostic, type Span } from "@fmap/grammar"
import type { StepSpec } from "@fmap/runtime/flow"
import { type FlowEnvironment, placeOf } from "./environment.ts"

/** Names that a step's JSON reads: binders of calls, `reads` of questions, the load that is reconciled. */
export function readsOf(json: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(json)) for (const each of json) readsOf(each, found)
  if (typeof json !== "object" || json === null || Array.isArray(json)) return found
  for (const [key, value] of Object.entries(json)) {
    if (key === "reads" && Array.isArray(value)) for (const name of value) found.add(String(name))
    else if ((key === "binder" || key === "load" || key === "of") && typeof value === "string")
      found.add(value)
    else readsOf(value, found)
  }
  return found
}

export function inOrder(
  steps: readonly StepSpec[],
  spanOf: (step: string) => Span,
  env: FlowEnvironment,
): readonly StepSpec[] {
  const done = new Set<string>()
  const waiting = [...steps]
  const order: StepSpec[] = []
  while (waiting.length > 0) {
    const next = waiting.findIndex(step => step.needs.every(need => done.has(need)))
    const [step] = next < 0 ? [] : waiting.splice(next, 1)
    if (step === undefined) {
      reportCircle(waiting, spanOf, env)
      return steps
    }
    done.add(step.name)
    order.push(step)
  }
  return order
}

function reportCircle(
  waiting: readonly StepSpec[],
  spanOf: (step: string) => Span,
  env: FlowEnvironment,
): void {
  const names = new Set(waiting.map(step => step.name))
  const path: string[] = []
  let at = waiting[0]
  while (at !== undefined && !path.includes(at.name)) {
    path.push(at.name)
    const need: string | undefined = at.needs.find(name => names.has(name))
    at = waiting.find(step => step.name === need)
  }
  const circle = [...path.slice(path.indexOf(at?.name ?? "")), at?.name ?? ""]
  const first = circle[0] ?? ""
  env.report(
    diagnostic("FM7111", { circle: circle.join(" → ") }, placeOf(env, spanOf(first)), {
      label: "waits for itself",
    }),
  )
}
