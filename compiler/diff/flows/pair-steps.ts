// Which step of the new flow is which of the old one. Flows in: both sides. Flows out: pairs, what came and what went; the names of the new side are those of the old one from then on. A step is
// known by what it does first, then by its name, then by where it writes.
import { type FlowSide, type FlowStep, nameElements } from "./flow-side.ts"
import { numbered, placeOf, shared, stepParts, type WaitsFor } from "./step-form.ts"

export interface PairedSteps {
  readonly pairs: readonly (readonly [FlowStep, FlowStep])[]
  readonly gone: readonly FlowStep[]
  readonly come: readonly FlowStep[]
}

export function pairSteps(
  old: FlowSide,
  now: FlowSide,
  waits: { readonly old: WaitsFor; readonly new: WaitsFor },
): PairedSteps {
  const left = new Set(old.flow.steps)
  const pairs = new Map<FlowStep, FlowStep>()
  const before = new Map(old.flow.steps.map(step => [step, textOf(step, old, waits.old)]))
  const alike: readonly ((was: FlowStep, is: FlowStep, text: string) => boolean)[] = [
    (was, is, text) => was.name === is.name && before.get(was) === text,
    (was, _, text) => before.get(was) === text,
    (was, is) => was.name === is.name && was.kind === is.kind && !numbered.test(was.name),
    (was, is) => was.kind === is.kind && placeText(was, old) === placeText(is, now),
    (was, is) => was.kind === is.kind && makerOf(was, old) !== null && makerOf(was, old) === makerOf(is, now),
  ]
  const pairOne = (): boolean => {
    const texts = new Map(
      now.flow.steps.filter(step => !pairs.has(step)).map(step => [step, textOf(step, now, waits.new)]),
    )
    for (const fits of alike)
      for (const [is, text] of texts)
        for (const was of left)
          if (fits(was, is, text)) {
            pairs.set(is, was)
            left.delete(was)
            now.names.set(is.name, shared(was.name, old))
            nameElements(now.flow, now.names)
            return true
          }
    return false
  }
  while (pairOne());
  return {
    pairs: now.flow.steps.flatMap(is => {
      const was = pairs.get(is)
      return was === undefined ? [] : [[was, is] as const]
    }),
    gone: [...left],
    come: now.flow.steps.filter(step => !pairs.has(step)),
  }
}

function textOf(step: FlowStep, side: FlowSide, waits: WaitsFor): string {
  return JSON.stringify({ ...stepParts(step, side, waits), version: null })
}

function placeText(step: FlowStep, side: FlowSide): string {
  switch (step.kind) {
    case "read":
      return placeOf(step.from)
    case "send":
    case "load":
      return placeOf(step.to)
    case "map":
      return side.mapName(step.call.map)
    case "reconcile":
      return shared(step.load, side)
    case "control":
      return step.title
    case "publish":
      return step.event
    case "answer":
      return ""
  }
}

function makerOf(step: FlowStep, side: FlowSide): string | null {
  return "what" in step && "call" in step.what ? side.mapName(step.what.call.map) : null
}
