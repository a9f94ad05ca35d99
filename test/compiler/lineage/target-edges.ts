// All that lineage says of one field of a target. Flows in: a lineage, a path of the target. Flows out: edges: the field's own, and those of
// the rows it stands in.
import type { Edge, MapLineage } from "../../../compiler/lineage/index.ts"

export function shownPath(path: readonly string[]): string {
  return path.reduce(
    (shown, step) => (step === "[]" ? `${shown}[]` : shown === "" ? step : `${shown}.${step}`),
    "",
  )
}

/** A field's own edges, and those of the rows it stands in or, being a whole list or record, holds. */
export function edgesFor({ fields }: MapLineage, path: string): readonly Edge[] {
  return fields
    .filter(
      field =>
        field.path === path ||
        (field.path.endsWith("[]") && path.startsWith(field.path)) ||
        (field.path.endsWith(".*") && path.startsWith(field.path)) ||
        field.path.startsWith(`${path}[]`) ||
        field.path.startsWith(`${path}.`),
    )
    .flatMap(field => field.edges)
}
