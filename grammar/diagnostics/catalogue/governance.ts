// FM66xx: policies, allowances, and the clauses they ask for.
import { entry } from "./entry.ts"

export const governance = {
  FM6601: entry<{ rule: string }>({
    title: "Unknown rule",
    severity: "error",
    message: p => `There is no rule "${p.rule}" of governance.`,
  }),
  FM6602: entry<{ name: string }>({
    title: "Unknown bundle",
    severity: "error",
    message: p => `"${p.name}" is neither minimal, standard or regulated, nor a policy of this file.`,
  }),
  FM6603: entry<{ subject: string; thing: string; wanted: string }>({
    title: "Nothing a policy can ask for",
    severity: "error",
    message: p => `A policy cannot ask every ${p.subject} for "${p.thing}"; it can ask for ${p.wanted}.`,
  }),
  FM6604: entry<{ rule: string; severity: string; floor: string; bundle: string }>({
    title: "Below the floor of a bundle",
    severity: "error",
    message: p =>
      `${p.rule} is ${p.floor} in the bundle "${p.bundle}"; a policy raises it, and never lowers it to ${p.severity}.`,
  }),
  FM6605: entry<{ cycle: string }>({
    title: "Policies in a circle",
    severity: "error",
    message: p => `These policies use each other in a circle: ${p.cycle}.`,
  }),
  FM6606: entry<{ clause: string; problem: string }>({
    title: "Promise that cannot be kept",
    severity: "error",
    message: p => `"${p.clause}" ${p.problem}.`,
  }),
  FM6607: entry<{ what: string }>({
    title: "Allowance without a reason or name",
    severity: "error",
    message: p => `An allowance says ${p.what}, and here it is empty.`,
  }),
  FM6608: entry<{ name: string }>({
    title: "Consumer that reads nothing",
    severity: "error",
    message: p => `The consumer "${p.name}" does not say what it reads.`,
  }),
  FM6609: entry<{ name: string; what: string }>({
    title: "Read twice",
    severity: "error",
    message: p => `"${p.name}" stands twice in ${p.what}.`,
  }),
  FM6610: entry<{ name: string }>({
    title: "Unknown contract or map",
    severity: "error",
    message: p => `There is no contract or map named "${p.name}" in this file.`,
  }),
  FM6611: entry<{ name: string; of: string }>({
    title: "Consumer reads what is gone",
    severity: "warning",
    message: p => `A consumer reads "${p.name}" of ${p.of}, which has no such field.`,
  }),
} as const
