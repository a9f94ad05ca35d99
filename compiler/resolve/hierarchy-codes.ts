// What is wrong with the members of a hierarchy, by code. Flows in: nothing. Flows out: the diagnostic of each problem the runtime
// finds, so that rows in the source and rows of a file are refused alike.
import type { HierarchyProblem } from "@fmap/runtime"

export const hierarchyCodes = {
  CYCLE: "FM6263",
  ORPHAN: "FM6264",
  TWO_PARENTS: "FM6265",
  MEMBER_TWICE: "FM6266",
  UNKNOWN_LEVEL: "FM6267",
  LEVEL_NOT_BELOW: "FM6268",
  TOO_DEEP: "FM6269",
} as const satisfies Readonly<Record<HierarchyProblem["code"], string>>
