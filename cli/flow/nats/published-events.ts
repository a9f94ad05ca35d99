// What flows of a project publish. Flows in: specs. Flows out: names of events; those that no flow here takes, and so a transport must.
import { type FlowSpec, subscribersOf } from "@fmap/runtime/flow"

export function publishedEvents(
  specs: readonly FlowSpec[],
): ReadonlyMap<string, { readonly takenHere: boolean }> {
  const subscribers = subscribersOf(specs)
  const found = new Map<string, { readonly takenHere: boolean }>()
  for (const step of specs.flatMap(({ steps }) => steps)) {
    if (step.kind !== "publish") continue
    const takenHere =
      subscribers(step.event, step.version).length > 0 && found.get(step.event)?.takenHere !== false
    found.set(step.event, { takenHere })
  }
  return found
}
