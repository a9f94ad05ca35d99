// A step that only one side has. Flows in: the step and its side. Flows out: what its coming or going means for targets, readers and callers.
import { type FlowChange, said } from "./flow-finding.ts"
import type { FlowSide, FlowStep } from "./flow-side.ts"
import { capital, numbered, stepText } from "./step-form.ts"

/** A step that came or went. */
export function stepCame(step: FlowStep, side: FlowSide, isNew: boolean): readonly FlowChange[] {
  const what = stepText(step, side)
  const text = said(what)
  const facts = {
    path: [step.name],
    old: isNew ? null : text,
    new: isNew ? text : null,
    ...placed(step, side, isNew),
  }
  switch (step.kind) {
    case "send":
    case "load": {
      const place = `${step.to.system}.${side.shapeName(step.to.contract)}`
      return [
        isNew
          ? {
              ...facts,
              rule: "F009",
              message: `${side.flow.name} writes to ${place}, which it did not.`,
              seen: `${step.to.system} gets a record of ${place} for each event`,
            }
          : {
              ...facts,
              rule: "F010",
              message: `${side.flow.name} no longer writes to ${place}${numbered.test(step.name) ? "" : ` in "${step.name}"`}.`,
              seen: `${step.to.system} gets no such record for new events`,
            },
      ]
    }
    case "publish":
      return [
        {
          ...facts,
          rule: "F026",
          other: isNew,
          message: `${side.shapeName(step.event)} ${step.version} is ${isNew ? "published, which it was not" : "no longer published"}.`,
          seen: isNew ? null : `flows and readers that wait for ${side.shapeName(step.event)} get nothing`,
        },
      ]
    case "answer":
      return [
        {
          ...facts,
          rule: "F027",
          message: isNew ? "Callers are answered, which they were not." : "Callers are no longer answered.",
          seen: "a program that calls the flow gets something else back",
        },
      ]
    case "reconcile":
    case "control":
      return [
        {
          ...facts,
          rule: "F018",
          other: isNew,
          message: isNew ? `${capital(what)} is new: events stop that did not.` : `${capital(what)} is gone.`,
          seen: isNew
            ? "an event whose figures do not agree stops"
            : "figures that do not agree stand at the target, and nobody is told",
        },
      ]
    // What is read or computed says nothing by itself: what is made of it does.
    case "read":
    case "map":
      return []
  }
}

function placed(step: FlowStep, { flow }: FlowSide, isNew: boolean): Pick<FlowChange, "oldAt" | "newAt"> {
  const at = flow.places.find(place => place.step === step.name)?.at ?? flow.at
  return isNew ? { newAt: at } : { oldAt: at }
}
