// What the trigger's binder holds. Flows in: the payload of an event. Flows out: the record; of a schedule the instant.
import type { TriggerSpec } from "./flow-spec.ts"
import { valueAt } from "./scope.ts"

export function triggerValue(trigger: TriggerSpec, payload: unknown): unknown {
  return trigger.kind === "schedule" ? valueAt(payload, ["occurrence"]) : (payload ?? undefined)
}
