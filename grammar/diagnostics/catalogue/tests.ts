// FM63xx: test blocks.
import { entry } from "./entry.ts"

export const tests = {
  FM6301: entry<{ name: string; map: string }>({
    title: "Unknown input of a map",
    severity: "error",
    message: p => `The map "${p.map}" has no source or given named "${p.name}".`,
  }),
  FM6302: entry<{ name: string; map: string }>({
    title: "Input of a map not given",
    severity: "error",
    message: p => `The test gives no "${p.name}", which the map "${p.map}" needs.`,
  }),
  FM6303: entry<{ problem: string }>({
    title: "Assumption not understood",
    severity: "error",
    message: p =>
      `An assumption says what a crosswalk of a file answers, as in Customer("A-1") == "C-1": ${p.problem}.`,
  }),
  FM6304: entry<{ problem: string }>({
    title: "Expectation not understood",
    severity: "error",
    message: p =>
      `An expectation compares a place in the result with a constant, or names an outcome: ${p.problem}.`,
  }),
  FM6305: entry<{ what: string; problem: string }>({
    title: "Value of a test does not fit",
    severity: "error",
    message: p => `${p.what} does not fit: ${p.problem}.`,
  }),
  FM6306: entry<{ crosswalk: string }>({
    title: "Assumption about a fixed crosswalk",
    severity: "error",
    message: p => `"${p.crosswalk}" has its rows in the source; a test takes them as they are.`,
  }),
  FM6307: entry<{ code: string; map: string }>({
    title: "Code the map never gives",
    severity: "error",
    message: p => `The map "${p.map}" never ends a record with ${p.code}.`,
  }),
} as const
