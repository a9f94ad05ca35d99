// Where a flow writes, in words. Flows in: a side. Flows out: `NetSuite.SalesOrder and Salesforce.Opportunity`.
import type { FlowSide } from "./flow-side.ts"

export function targetsText({ flow, shapeName }: FlowSide): string {
  const all = flow.steps.flatMap(step => {
    if (step.kind === "send" || step.kind === "load")
      return [`${step.to.system}.${shapeName(step.to.contract)}`]
    return step.kind === "publish" ? [shapeName(step.event)] : step.kind === "answer" ? ["the caller"] : []
  })
  const names = [...new Set(all)]
  if (names.length === 0) return "what the flow computes"
  return names.length === 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`
}
