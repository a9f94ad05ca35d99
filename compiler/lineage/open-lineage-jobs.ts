// Flows as jobs of OpenLineage: what each reads, what it writes, and from which field of what it reads each field of what it writes comes, through all of its steps. Flows in: a Plan. Flows
// out: datasets with the facets `schema` (1-1-1) and `columnLineage` (1-2-0). There is no time in it: `@fmap/runtime/observe` makes runs of it.
import type { Plan, PlanFlow, PlanMap, PlanShape } from "../plan/index.ts"
import type { Edge } from "./edge.ts"
import { type MapLineage, mapLineage } from "./lineage.ts"
import {
  columnSchema,
  contractOf,
  datasetOfOrigin,
  fieldOf,
  type InputField,
  joinInputs,
  producer,
  transformation,
} from "./open-lineage.ts"

export interface OpenLineageJob {
  readonly flow: string
  readonly version: string
  readonly inputs: readonly JobDataset[]
  readonly outputs: readonly JobDataset[]
}

export interface JobDataset {
  readonly namespace: string
  readonly name: string
  readonly facets: Readonly<Record<string, object>>
}

const schemaOfSchema =
  "https://openlineage.io/spec/facets/1-1-1/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet"

type Step = PlanFlow["steps"][number]
type Call = Extract<Step, { kind: "map" }>["call"]
type Contract = { readonly system: string | null; readonly contract: string }

export function openLineageJobs(plan: Plan): readonly OpenLineageJob[] {
  return (plan.flows ?? []).map(flow => jobOf(flow, plan))
}

function jobOf(flow: PlanFlow, plan: Plan): OpenLineageJob {
  const tracer = tracerOf(flow, plan)
  const inputs = new Map<string, JobDataset>()
  const outputs = new Map<string, JobDataset>()
  const add = (
    to: Map<string, JobDataset>,
    shape: PlanShape | undefined,
    facets: Readonly<Record<string, object>>,
  ) => {
    if (shape === undefined) return
    const names = contractOf(shape.id, plan)
    const key = JSON.stringify([names.namespace, names.name])
    const before = to.get(key)?.facets ?? {}
    to.set(key, { ...names, facets: { ...before, schema: schemaOf(shape), ...facets } })
  }
  add(inputs, tracer.triggerShape, {})
  for (const step of flow.steps) {
    if (step.kind === "read") add(inputs, shapeOf(step.from, plan), {})
    const to = targetOf(step)
    if (to === undefined || !("what" in step)) continue
    const fields = tracer.madeBy(step.what)
    const known = outputs.get(JSON.stringify(Object.values(contractOf(shapeOf(to, plan)?.id ?? "", plan))))
    const earlier = known?.facets["columnLineage"] as { readonly fields: Fields } | undefined
    add(outputs, shapeOf(to, plan), {
      columnLineage: {
        _producer: producer,
        _schemaURL: columnSchema,
        fields: Object.fromEntries(both(earlier?.fields ?? {}, fields)),
      },
    })
  }
  return {
    flow: flow.name,
    version: flow.version,
    inputs: [...inputs.values()],
    outputs: [...outputs.values()],
  }
}

type Fields = Readonly<Record<string, { readonly inputFields: readonly InputField[] }>>

/** Two steps that write one contract: a field comes from what either says. */
function both(one: Fields, other: Fields): readonly (readonly [string, Fields[string]])[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].map(name => {
    const [a, b] = [one, other].map(fields =>
      Object.hasOwn(fields, name) ? (fields[name]?.inputFields ?? []) : [],
    )
    return [name, { inputFields: joinInputs([...(a ?? []), ...(b ?? [])]) }]
  })
}

function targetOf(step: Step): Contract | undefined {
  if (step.kind === "send" || step.kind === "load") return step.to
  return step.kind === "publish" ? { system: null, contract: step.event } : undefined
}

function shapeOf({ system, contract }: Contract, plan: Plan): PlanShape | undefined {
  const named = plan.shapes.filter(
    shape => shape.contract !== null && (shape.id === contract || shape.name === contract),
  )
  return named.find(shape => shape.contract?.system === system) ?? named[0]
}

function schemaOf(shape: PlanShape): object {
  return {
    _producer: producer,
    _schemaURL: schemaOfSchema,
    fields: shape.fields.map(({ name, type, docs }) => ({
      name,
      type: type.kind,
      ...(docs === "" ? {} : { description: docs }),
    })),
  }
}

/** Follows names of a flow back to what was read. Steps stand behind what they need, so this ends. */
function tracerOf(flow: PlanFlow, plan: Plan) {
  const { trigger } = flow
  const triggerContract: Contract | undefined =
    trigger.kind === "changed"
      ? trigger.from
      : trigger.kind === "event"
        ? { system: null, contract: trigger.event }
        : trigger.kind !== "schedule" && trigger.contract !== null
          ? { system: null, contract: trigger.contract }
          : undefined
  const triggerShape = triggerContract === undefined ? undefined : shapeOf(triggerContract, plan)
  const byBinder = new Map(
    flow.steps.flatMap(step => (step.binder === null ? [] : [[step.binder, step] as const])),
  )
  const loops = new Map(
    flow.steps.flatMap(({ each }) => (each === null ? [] : [[each.binder, each] as const])),
  )
  const lineages = new Map<string, MapLineage>()
  const lineageWithin = (map: PlanMap): MapLineage => {
    const known = lineages.get(map.name) ?? mapLineage(map, plan)
    lineages.set(map.name, known)
    return known
  }

  /** A place in what a name of the flow stands for. */
  function at(binder: string, path: readonly string[]): readonly InputField[] {
    const field = path.reduce(
      (shown, step) => (step === "[]" ? `${shown}[]` : shown === "" ? step : `${shown}.${step}`),
      "",
    )
    const copied = (shape: PlanShape | undefined): readonly InputField[] =>
      shape === undefined
        ? []
        : [
            {
              ...contractOf(shape.id, plan),
              field: field === "" ? "*" : field,
              transformations: [transformation("value", ["copied"])],
            },
          ]
    if (binder === trigger.binder) return copied(triggerShape)
    const step = byBinder.get(binder)
    if (step === undefined) {
      const loop = loops.get(binder)
      return loop === undefined ? [] : at(loop.of, [...loop.path, ...path])
    }
    switch (step.kind) {
      case "read":
        return copied(shapeOf(step.from, plan))
      case "send":
        return copied(shapeOf(step.to, plan))
      case "map": {
        const made = madeByCall(step.call)
        const named = field.replace(/^\[\]\.?/u, "")
        return (
          made.get(named)?.inputFields ??
          (named === "" ? joinInputs([...made.values()].flatMap(({ inputFields }) => inputFields)) : [])
        )
      }
      default:
        return []
    }
  }

  function madeBy(what: { readonly call: Call } | { readonly binder: string }): Fields {
    if ("call" in what) return Object.fromEntries(madeByCall(what.call))
    const step = byBinder.get(what.binder)
    if (step?.kind === "map") return Object.fromEntries(madeByCall(step.call))
    return { "*": { inputFields: at(what.binder, []) } }
  }

  function madeByCall(call: Call): ReadonlyMap<string, Fields[string]> {
    const map = plan.maps.find(({ name }) => name === call.map)
    if (map === undefined) return new Map()
    return new Map(
      lineageWithin(map).fields.map(({ path, edges }) => [
        path,
        { inputFields: joinInputs(edges.flatMap(edge => through(edge, call, map))) },
      ]),
    )
  }

  /** What an edge of a map comes from, outside of it. */
  function through({ origin, role, manners }: Edge, call: Call, map: PlanMap): readonly InputField[] {
    if (origin.kind === "constant" || role === "tells") return []
    const last = transformation(role, manners)
    const argument =
      origin.kind === "crosswalk" ? undefined : call.arguments.find(({ name }) => name === origin.name)
    if (origin.kind === "crosswalk" || argument === undefined)
      return [{ ...datasetOfOrigin(origin, map, plan), field: fieldOf(origin), transformations: [last] }]
    const before = "binder" in argument ? at(argument.binder, origin.path) : asked(argument.value.map)
    return before.map(input => ({
      ...input,
      transformations: input.transformations.map(first => joined(first, last)),
    }))
  }

  /** What a question of the flow gives comes from. */
  function asked(name: string): readonly InputField[] {
    const question = plan.questions?.find(one => one.name === name)
    if (question === undefined) return []
    const edges = lineageWithin(question).fields.flatMap(field => field.edges)
    return joinInputs(
      edges.flatMap(({ origin, role, manners }) => {
        const [binder, ...path] = origin.kind === "source" ? origin.path : []
        if (binder === undefined || role === "tells") return []
        const last = transformation(role, manners)
        return at(binder, path).map(input => ({
          ...input,
          transformations: input.transformations.map(first => joined(first, last)),
        }))
      }),
    )
  }

  return { triggerShape, madeBy }
}

type Transformation = InputField["transformations"][number]

/** One thing done after another: what only decided goes on deciding, what was added up stays so, what was masked stays masked. */
function joined(first: Transformation, last: Transformation): Transformation {
  const words = [first.description, last.description].flatMap(text => text.split(", "))
  const kept = [...new Set(words)].filter(
    (word, _, all) => word !== "" && (word !== "copied" || all.length === 1),
  )
  const description = kept.join(", ")
  const masking = first.masking || last.masking
  if (last.type === "INDIRECT" || first.type === "INDIRECT")
    return {
      type: "INDIRECT",
      subtype: last.type === "INDIRECT" ? last.subtype : first.subtype,
      description,
      masking,
    }
  const subtype = [first.subtype, last.subtype].includes("AGGREGATION")
    ? "AGGREGATION"
    : first.subtype === "IDENTITY" && last.subtype === "IDENTITY"
      ? "IDENTITY"
      : "TRANSFORMATION"
  return { type: "DIRECT", subtype, description, masking }
}
