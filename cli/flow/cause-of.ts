// What has one cause is one piece of work: the same code at the same place of the same flow. Flows in: an exception. Flows out: a text that is equal for equal causes.
import { issuesOf, type QueuedException } from "@fmap/runtime/flow"

export function causeOf({ flow, code, detail }: Pick<QueuedException, "flow" | "code" | "detail">): string {
  const places = issuesOf(detail).map(
    ({ root, pointer }) => `${root}${pointer.replaceAll(/\/\d+(?=\/|$)/gu, "/*")}`,
  )
  return `${flow}  ${code}${places.length === 0 ? "" : `  ${[...new Set(places)].join(", ")}`}`
}
