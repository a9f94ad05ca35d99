// The record of a sample file, as it was recorded from a platform: what its system's wire puts around it is taken off. Flows in: the Plan, the map, a
// source and the JSON of the file. Flows out: the payload, or why there is none. Files without an envelope are what they hold.
import { recordsOfDocument } from "@fmap/runtime/wire"
import type { Plan, PlanMap } from "../plan/index.ts"
import { wireSpec } from "../plan/wire-spec.ts"

export function sampleRecord(
  plan: Plan,
  map: PlanMap,
  source: string,
  json: unknown,
): { readonly value: unknown } | { readonly problem: string } {
  const set = map.set?.sets.find(one => one.name === source)?.type
  const element = set?.kind === "list" && set.of.kind === "record" ? set.of.shape : undefined
  const shape = element ?? map.sources.find(one => one.name === source)?.binding.shape
  if (shape === undefined) return { value: json }
  const spec = wireSpec(plan, shape)
  const kind = spec.transport?.kind
  if (kind !== "odata2" && kind !== "odata4" && kind !== "netsuite") return { value: json }
  const values: unknown[] = []
  const { records, hasMore } = recordsOfDocument(json, spec)
  for (const record of records) {
    if ("problem" in record) return { problem: record.problem.message }
    values.push(record.value)
  }
  if (hasMore) return { problem: "the list goes on in another document." }
  // rows that are walked or joined to; anything else is one record
  if (element !== undefined || map.set?.each === source) return { value: values }
  return values.length === 1
    ? { value: values[0] }
    : { problem: `it holds ${values.length} records, and one is wanted.` }
}
