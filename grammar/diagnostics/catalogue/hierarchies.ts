// FM626x, FM517x: hierarchies, and what is asked of them.
import { entry } from "./entry.ts"

export const hierarchies = {
  FM6260: entry<{ problem: string }>({
    title: "Member of a hierarchy",
    severity: "error",
    message: p => `A hierarchy names in brackets what a member is, (member: text(20)): ${p.problem}.`,
  }),
  FM6261: entry<{ name: string }>({
    title: "Hierarchy without levels",
    severity: "error",
    message: p => `The hierarchy "${p.name}" does not say which levels it has.`,
  }),
  FM6262: entry<{ name: string; problem: string }>({
    title: "Hierarchy is incomplete",
    severity: "error",
    message: p => `The hierarchy "${p.name}" ${p.problem}.`,
  }),
  FM6263: entry<{ problem: string }>({
    title: "Circle of members",
    severity: "error",
    message: p => `${p.problem}.`,
  }),
  FM6264: entry<{ problem: string }>({
    title: "Parent that is no member",
    severity: "error",
    message: p => `${p.problem}.`,
  }),
  FM6265: entry<{ problem: string }>({
    title: "Member with two parents",
    severity: "error",
    message: p => `${p.problem}.`,
  }),
  FM6266: entry<{ problem: string }>({
    title: "Member twice",
    severity: "error",
    message: p => `${p.problem}.`,
  }),
  FM6267: entry<{ problem: string }>({
    title: "Level that is not declared",
    severity: "error",
    message: p => `${p.problem}.`,
  }),
  FM6268: entry<{ problem: string }>({
    title: "Level not below its parent's",
    severity: "error",
    message: p => `${p.problem}.`,
  }),
  FM6269: entry<{ problem: string }>({
    title: "Deeper than the levels",
    severity: "error",
    message: p => `${p.problem}.`,
  }),
  FM5170: entry<{ problem: string }>({
    title: "Rollup without a hierarchy",
    severity: "error",
    message: p => `rollup(Hierarchy, member, Level) wants the name of a hierarchy: ${p.problem}.`,
  }),
  FM5171: entry<{ problem: string; of: string }>({
    title: "Rollup to an unknown level",
    severity: "error",
    message: p => `rollup(…) wants the name of a level of "${p.of}": ${p.problem}.`,
  }),
  FM5172: entry<{ name: string }>({
    title: "Hierarchy called like a crosswalk",
    severity: "error",
    message: p => `"${p.name}" is a hierarchy, and this call does not say which level is wanted.`,
  }),
} as const
