// FM25xx: names inside expressions.
import { entry } from "./entry.ts"

export const scope = {
  FM2501: entry<{ name: string }>({
    title: "Unknown name",
    severity: "error",
    message: p => `Nothing here is called "${p.name}".`,
  }),
  FM2502: entry<{ name: string; of: string }>({
    title: "Unknown member",
    severity: "error",
    message: p => `${p.of} has no field "${p.name}".`,
  }),
  FM2503: entry<{ name: string; field: string }>({
    title: "Name clashes with a field",
    severity: "error",
    message: p => `"${p.name}" is also a field of ${p.field}, so a plain "${p.name}" could mean either.`,
  }),
  FM2504: entry<{ name: string }>({
    title: "Name used twice",
    severity: "error",
    message: p => `"${p.name}" already has a meaning here.`,
  }),
  FM2505: entry<{ name: string; kind: string }>({
    title: "Not a value",
    severity: "error",
    message: p => `"${p.name}" is ${p.kind}, not a value.`,
  }),
  FM2540: entry<Record<never, never>>({
    title: "Group key without a name",
    severity: "error",
    message: () => "A key that is no path has no name of its own, and the rows of the result need one.",
  }),
  FM2541: entry<{ name: string }>({
    title: "Two group keys of one name",
    severity: "error",
    message: p => `Two keys of this group are called "${p.name}".`,
  }),
} as const
