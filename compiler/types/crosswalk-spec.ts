// What the runtime's loader needs to know of a crosswalk. Flows in: types of the checker, or a crosswalk of the Plan.
// Flows out: the same CrosswalkSpec; null when a part of the result fits into no cell.
import type { CrosswalkSpec, KeyForm } from "@fmap/runtime"
import type { Plan, PlanCrosswalk, PlanCrosswalkSource, WireType } from "../plan/index.ts"
import { wireNameOf } from "../resolve/bind-field.ts"
import { languageDefaults } from "../resolve/wire-profiles.ts"
import { scalarWire } from "./scalar-wire.ts"
import type { Type } from "./type.ts"
import { noForms, wireForms } from "./wire-forms.ts"

type CrosswalkMember = Extract<CrosswalkSpec["result"], { readonly kind: "record" }>["members"][number]
type ScalarSpec = CrosswalkMember["type"]

export interface TypedCrosswalk {
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly type: Type }[]
  readonly result: Type
  readonly keyForm: KeyForm
  readonly bothWays: boolean
  readonly hierarchy?: { readonly levels: readonly string[] } | null
}

export function crosswalkSpecOf(
  crosswalk: TypedCrosswalk,
  source: Pick<PlanCrosswalkSource, "columns" | "where" | "days" | "wildcard">,
): CrosswalkSpec | null {
  const parameters: CrosswalkSpec["parameters"][number][] = []
  for (const { name, type } of crosswalk.parameters) {
    const spec = scalar(scalarWire(type, noForms, languageDefaults))
    if (spec === null) return null
    parameters.push({ name, type: spec })
  }
  const result = resultOf(crosswalk.result)
  return result === null
    ? null
    : {
        name: crosswalk.name,
        keyForm: crosswalk.keyForm,
        parameters,
        result,
        ...sourceSpec(source, crosswalk.bothWays),
        ...hierarchySpec(crosswalk.hierarchy),
      }
}

/** What is not said is left out. */
function sourceSpec(
  { columns, where, days, wildcard }: Pick<PlanCrosswalkSource, "columns" | "where" | "days" | "wildcard">,
  bothWays: boolean,
): Pick<CrosswalkSpec, "columns" | "where" | "dated" | "wildcard" | "bothWays"> {
  return {
    columns,
    where,
    ...(days === null ? {} : { dated: days }),
    ...(wildcard === null ? {} : { wildcard }),
    ...(bothWays ? { bothWays } : {}),
  }
}

function hierarchySpec(hierarchy: TypedCrosswalk["hierarchy"]): Pick<CrosswalkSpec, "hierarchy"> {
  return hierarchy == null ? {} : { hierarchy: { levels: hierarchy.levels } }
}

function resultOf(type: Type): CrosswalkSpec["result"] | null {
  if (type.kind !== "record") {
    const spec = scalar(scalarWire(type, noForms, languageDefaults))
    return spec === null ? null : { kind: "scalar", type: spec }
  }
  const members: CrosswalkMember[] = []
  const defaults = type.shape.system?.defaults ?? languageDefaults
  for (const field of type.shape.fields) {
    const forms = wireForms(field.type, field.node.modifiers, {
      file: type.shape.file,
      report: () => undefined,
    })
    const spec = scalar(scalarWire(field.type, forms, defaults))
    if (spec === null) return null
    members.push({ name: field.name, wireName: wireNameOf(field.node), type: spec, optional: field.optional })
  }
  return { kind: "record", members }
}

function plainTable({ parameters }: PlanCrosswalk): PlanCrosswalkSource {
  const columns = [...parameters.map(parameter => parameter.name), "value"].map(name => ({
    name,
    column: name,
  }))
  return { format: "csv", path: "", columns, where: [], days: null, wildcard: null }
}

/** For those who have only the Plan. Throws if the crosswalk is none of a file: its rows are in the Plan. */
export function crosswalkSpec(plan: Pick<Plan, "shapes">, crosswalk: PlanCrosswalk): CrosswalkSpec {
  const { id, keyForm, links } = crosswalk
  // What flows fill can be loaded, too: from a table of keys and values.
  const external = crosswalk.external ?? (links === undefined ? null : plainTable(crosswalk))
  const parameters = crosswalk.parameters.flatMap(p => {
    const type = scalar(p.type)
    return type === null ? [] : [{ name: p.name, type }]
  })
  const result = planResult(plan, crosswalk.result)
  if (external === null || result === null) throw new Error(`The crosswalk ${id} is not read from a file.`)
  return {
    name: id,
    keyForm,
    parameters,
    result,
    ...sourceSpec(external, crosswalk.bothWays),
    ...hierarchySpec(crosswalk.hierarchy),
  }
}

function planResult(plan: Pick<Plan, "shapes">, type: WireType): CrosswalkSpec["result"] | null {
  if (type.kind !== "record") {
    const spec = scalar(type)
    return spec === null ? null : { kind: "scalar", type: spec }
  }
  const members: CrosswalkMember[] = []
  for (const field of plan.shapes.find(shape => shape.id === type.shape)?.fields ?? []) {
    const spec = scalar(field.type)
    if (spec === null) return null
    members.push({ name: field.name, wireName: field.wireName, type: spec, optional: field.optional })
  }
  return { kind: "record", members }
}

function scalar(type: WireType | null): ScalarSpec | null {
  if (
    type === null ||
    type.kind === "record" ||
    type.kind === "list" ||
    type.kind === "dictionary" ||
    type.kind === "json" ||
    type.kind === "period"
  )
    return null
  if (!("rate" in type || "per" in type)) return type
  // what an amount is per, and of which currencies a rate is, no reader asks
  const { kind, precision, scale, low, high, fitsMinor, wire, fraction } = type
  return { kind, precision, scale, low, high, fitsMinor, wire, fraction }
}
