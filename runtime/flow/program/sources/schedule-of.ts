// The schedule of a flow that begins at certain times, for createScheduler. Flows in: the spec. Flows out: the schedule; null for other flows.
import type { Schedule } from "../../schedules/schedule.ts"
import type { FlowSpec } from "../flow-spec.ts"

export function scheduleOf({ name, trigger }: FlowSpec): Schedule | null {
  if (trigger.kind !== "schedule") return null
  const { cron, zone, misfire } = trigger
  return { name, cron, zone, misfire, flow: name }
}
