// Lineage as OpenLineage knows it: the column-lineage facet (1-2-0) of each target. Flows in: lineages of a Plan. Flows out: datasets with
// that facet, for a catalogue that speaks it. A way out is no column: what decides whether a record is written at all is the facet's
// `dataset` list. Must not know a run: there is no time in it.
import type { Plan, PlanMap } from "../plan/index.ts"
import { type Edge, joinEdges, type Manner, type Origin } from "./edge.ts"
import type { MapLineage } from "./lineage.ts"

export interface OpenLineageDataset {
  readonly namespace: string
  readonly name: string
  readonly facets: { readonly columnLineage: ColumnLineageFacet }
}

export interface ColumnLineageFacet {
  readonly _producer: string
  readonly _schemaURL: string
  readonly fields: { readonly [field: string]: { readonly inputFields: readonly InputField[] } }
  readonly dataset: readonly InputField[]
}

export interface InputField {
  readonly namespace: string
  readonly name: string
  readonly field: string
  readonly transformations: readonly {
    readonly type: "DIRECT" | "INDIRECT"
    readonly subtype: string
    readonly description: string
    readonly masking: boolean
  }[]
}

export const producer = "urn:fmap:compiler"
export const columnSchema =
  "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet"

export function openLineage(lineages: readonly MapLineage[], plan: Plan): readonly OpenLineageDataset[] {
  return lineages.flatMap(lineage => {
    const map = plan.maps.find(candidate => candidate.name === lineage.map)
    return map === undefined ? [] : [datasetOf(lineage, map, plan)]
  })
}

function datasetOf({ fields, stops }: MapLineage, map: PlanMap, plan: Plan): OpenLineageDataset {
  const inputs = (edges: readonly Edge[]) => inputFields(edges, map, plan)
  const stopping = stops
    .filter(({ verb }) => verb === "reject" || verb === "hold")
    .flatMap(({ edges }) => edges.filter(({ role }) => role === "decides"))
  return {
    ...contractOf(map.target.shape, plan),
    facets: {
      columnLineage: {
        _producer: producer,
        _schemaURL: columnSchema,
        // fromEntries, so that `__proto__` is a column like any other
        fields: Object.fromEntries(fields.map(({ path, edges }) => [path, { inputFields: inputs(edges) }])),
        dataset: inputs(joinEdges(stopping)),
      },
    },
  }
}

/** One input a place; it may both give the value and decide. */
function inputFields(edges: readonly Edge[], map: PlanMap, plan: Plan): readonly InputField[] {
  return joinInputs(
    edges.flatMap(({ origin, role, manners }) =>
      origin.kind === "constant" || role === "tells"
        ? []
        : [
            {
              ...datasetOfOrigin(origin, map, plan),
              field: fieldOf(origin),
              transformations: [transformation(role, manners)],
            },
          ],
    ),
  )
}

/** Each place once, with all that is done to what comes from it; the same thing done twice is done once. */
export function joinInputs(inputs: readonly InputField[]): readonly InputField[] {
  const found = new Map<string, InputField>()
  for (const { namespace, name, field, transformations } of inputs) {
    const key = JSON.stringify([namespace, name, field])
    const known = found.get(key)?.transformations ?? []
    const more = transformations.filter(
      one => !known.some(other => JSON.stringify(other) === JSON.stringify(one)),
    )
    found.set(key, { namespace, name, field, transformations: [...known, ...more] })
  }
  return [...found.values()]
}

export function transformation(
  role: "value" | "decides",
  manners: readonly Manner[],
): InputField["transformations"][number] {
  const type = role === "value" ? "DIRECT" : "INDIRECT"
  const subtype = role === "value" ? directSubtype(manners) : indirectSubtype(manners)
  return { type, subtype, description: manners.join(", "), masking: manners.includes("masked") }
}

function directSubtype(manners: readonly Manner[]): string {
  if (manners.some(manner => manner === "aggregated" || manner === "counted")) return "AGGREGATION"
  return manners.every(manner => manner === "copied" || manner === "looked up")
    ? "IDENTITY"
    : "TRANSFORMATION"
}

function indirectSubtype(manners: readonly Manner[]): string {
  if (manners.includes("key")) return "JOIN"
  if (manners.includes("filter") || manners.includes("rows")) return "FILTER"
  if (manners.includes("sort") || manners.includes("position")) return "SORT"
  return "CONDITIONAL"
}

export function datasetOfOrigin(
  origin: Exclude<Origin, { kind: "constant" }>,
  map: PlanMap,
  plan: Plan,
): { readonly namespace: string; readonly name: string } {
  switch (origin.kind) {
    case "source": {
      const source = map.sources.find(({ name }) => name === origin.name)
      return contractOf(source?.binding.shape ?? origin.name, plan)
    }
    case "given":
      return { namespace: "fmap:given", name: map.name }
    case "crosswalk":
      return { namespace: "fmap:crosswalk", name: origin.id }
  }
}

export function fieldOf(origin: Exclude<Origin, { kind: "constant" }>): string {
  const path = origin.path.reduce(
    (shown, step) => (step === "[]" ? `${shown}[]` : shown === "" ? step : `${shown}.${step}`),
    "",
  )
  if (origin.kind === "given") return path === "" ? origin.name : `${origin.name}.${path}`
  return path === "" ? "value" : path
}

/** A contract is a dataset of its system. */
export function contractOf(id: string, plan: Plan): { readonly namespace: string; readonly name: string } {
  const shape = plan.shapes.find(candidate => candidate.id === id)
  return { namespace: shape?.contract?.system ?? "fmap", name: shape?.name ?? id }
}
