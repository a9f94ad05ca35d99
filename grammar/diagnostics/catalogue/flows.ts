// FM71xx: flows.
import { entry } from "./entry.ts"

export const flows = {
  FM7100: entry<Record<never, never>>({
    title: "An or between the conditions of a flow",
    severity: "error",
    message: () =>
      'The conditions of "when" are joined by and: an or between them would leave open which of them counts.',
  }),
  FM7101: entry<{ flow: string }>({
    title: "Flow that nothing starts",
    severity: "error",
    message: p => `Nothing starts the flow ${p.flow}.`,
  }),
} as const
