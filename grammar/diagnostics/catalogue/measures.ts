// FM64xx: what amounts are amounts of.
import { entry } from "./entry.ts"

export const measures = {
  FM6401: entry<{ left: string; right: string; operator: string }>({
    title: "Two measures",
    severity: "error",
    message: p =>
      `\`${p.operator}\` joins an amount of ${p.left} and one of ${p.right}, which are two measures.`,
  }),
  FM6402: entry<{ field: string; wanted: string; found: string }>({
    title: "Amount of another measure",
    severity: "error",
    message: p => `"${p.field}" holds amounts of ${p.wanted}, and this is one of ${p.found}.`,
  }),
  FM6403: entry<{ problem: string }>({
    title: "Measure not understood",
    severity: "error",
    message: p => `An amount is \`of\` a member of a closed enum, and ${p.problem}.`,
  }),
} as const
