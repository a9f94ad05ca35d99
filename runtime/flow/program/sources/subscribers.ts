// Which flows take an event that another one publishes. Flows in: all specs of a project. Flows out: names of flows by event and version: the same major version is
// the same event.
import type { FlowSpec } from "../flow-spec.ts"

export function subscribersOf(
  specs: readonly FlowSpec[],
): (event: string, version: string) => readonly string[] {
  const major = (version: string) => version.split(".")[0]
  return (event, version) =>
    specs.flatMap(({ name, trigger }) =>
      trigger.kind === "event" && trigger.event === event && major(trigger.version) === major(version)
        ? [name]
        : [],
    )
}
