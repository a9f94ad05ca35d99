// How a source has changed since a file was last told by it. Flows in: single differences. Flows out: a line of text each. As data
// they go out as they are.

export interface Drift {
  readonly kind: "added" | "changed" | "removed"
  /** `Opportunity`, `Opportunity.Name`, `Stage."Closed Won"`: in the names of the source. */
  readonly at: string
  readonly before: string | null
  readonly after: string | null
  /** What stands in the file and was left as it is, because somebody wrote it. */
  readonly kept: string | null
}

const signs = { added: "+", changed: "~", removed: "-" } as const

export function driftLine({ kind, at, before, after, kept }: Drift): string {
  const change =
    kind === "changed"
      ? ` ${before ?? ""} → ${after ?? ""}`
      : kind === "added" && after !== null
        ? ` ${after}`
        : ""
  const words =
    kept === null
      ? kind === "removed"
        ? " (marked deprecated)"
        : ""
      : ` (kept by hand${kept === "" ? "" : `: ${kept}`})`
  return `${signs[kind]} ${at}${change}${words}`
}
