// Which step of a flow did something. Flows in: the flow, the name that stands in the ledger. Flows out: the step; of a loop an effect or a reading has the number of the element behind its name.
import type { FlowSpec } from "@fmap/runtime/flow"

export function stepOf({ steps }: FlowSpec, done: string): FlowSpec["steps"][number] | undefined {
  return steps.find(({ name, each }) => name === done || (each !== null && done.startsWith(`${name} `)))
}
