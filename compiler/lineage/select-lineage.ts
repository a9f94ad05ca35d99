// A part of a lineage: one field of the target, or all that hangs on one origin (the blast radius of a change). Flows in: a lineage, what
// is asked for. Flows out: a lineage with less in it; empty where nothing fits.
import type { Edge } from "./edge.ts"
import type { MapLineage } from "./lineage.ts"
import { shownOrigin } from "./shown.ts"

export interface LineageQuestion {
  /** A field of the target and what is below it: `lines.amount` or `lines[].amount`. */
  readonly field?: string
  /** A source field, a given or a crosswalk and what is below it: `opp.Amount`. */
  readonly from?: string
}

export function selectLineage(lineage: MapLineage, { field, from }: LineageQuestion): MapLineage {
  const wanted = (edges: readonly Edge[]) =>
    from === undefined ? edges : edges.filter(({ origin }) => isBelow(shownOrigin(origin), from))
  const kept = <T extends { readonly edges: readonly Edge[] }>(lines: readonly T[]): readonly T[] =>
    lines
      .map(line => ({ ...line, edges: wanted(line.edges) }))
      .filter(line => from === undefined || line.edges.length > 0)
  return {
    ...lineage,
    fields: kept(lineage.fields.filter(line => field === undefined || isBelow(line.path, field))),
    stops: field === undefined ? kept(lineage.stops) : [],
  }
}

/** The same place, or a part of it. Whoever asks may leave out `[]`. */
function isBelow(path: string, above: string): boolean {
  const [one, other] = [plain(path), plain(above)]
  return one === other || one.startsWith(`${other}.`)
}

function plain(path: string): string {
  return path.replaceAll("[]", "")
}
