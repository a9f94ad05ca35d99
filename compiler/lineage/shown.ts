// Origins and places of lineage in a reader's words. Flows in: an origin, a position. Flows out: text. Chooses no layout.
import type { At, Plan } from "../plan/index.ts"
import type { Origin } from "./edge.ts"

/** `opp.OpportunityLineItems[].Quantity`, `asOf`, `CustomerByAccount.terms`, `"-1"`. */
export function shownOrigin(origin: Origin): string {
  switch (origin.kind) {
    case "source":
    case "given":
      return shownPath(origin.name, origin.path)
    case "crosswalk":
      return shownPath(origin.id, origin.path)
    case "constant":
      return JSON.stringify(origin.value)
  }
}

export function shownPath(root: string, path: readonly string[]): string {
  return path.reduce((shown, step) => (step === "[]" ? `${shown}[]` : `${shown}.${step}`), root)
}

/** `maps/order.fmap:12:3` */
export function shownAt([file, line, column]: At, plan: Plan): string {
  return `${plan.files[file]?.path ?? "?"}:${line}:${column}`
}
