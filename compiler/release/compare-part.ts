// What changed between two versions of one thing. Flows in: both manifests. Flows out: the findings about that thing alone; null where nothing
// compares such things, which is then a break: what is not known is never let through.
import { compareContracts } from "../diff/contracts/compare-contracts.ts"
import type { ChangeFinding } from "../diff/finding.ts"
import type { Manifest } from "./manifest.ts"

export type Compare = (before: Manifest, after: Manifest) => readonly ChangeFinding[] | null

/** `today`: the day promises are judged by. */
export function comparing(today: string): Compare {
  return (before, after) => {
    switch (after.kind) {
      case "contract":
        return compareContracts(before.plan, after.plan, { policy: "sound", today }).filter(
          ({ subject }) => subject === after.id || subject === before.id,
        )
      case "map":
      case "crosswalk":
        return null
    }
  }
}
