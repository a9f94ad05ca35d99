// Emits one data contract of the Open Data Contract Standard 3.1 per contract. Flows in: a Plan. Flows out: JSON files (JSON is YAML), each
// complete in itself: records stand where they are used. Where the data lie (servers), who may see them (roles) and what they cost no contract knows.
import * as z from "zod"
import { idInFile } from "../../plan/declared-id.ts"
import type { Plan, PlanShape, PlanSystem, ShapeId } from "../../plan/index.ts"
import type { Emitter } from "../emitter.ts"
import { type JsonObject, jsonObject, said } from "../json-schema/json-object.ts"
import { modulePath } from "../module-path.ts"
import { custom } from "./custom-properties.ts"
import { propertiesOf } from "./property.ts"
import { qualityOf } from "./quality.ts"

export const odcsOptions = z.strictObject({
  /** The business domain all contracts belong to: `finance`. */
  domain: z.string().min(1).optional(),
})
export type OdcsOptions = z.infer<typeof odcsOptions>

export const odcsEmitter: Emitter<OdcsOptions> & { readonly optionsSchema: typeof odcsOptions } = {
  name: "odcs",
  optionsSchema: odcsOptions,
  emit: (plan, options) => {
    const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
    const shapeOf = (id: ShapeId): PlanShape => {
      const found = shapes.get(id)
      if (found === undefined) throw new Error(`the plan has no shape ${JSON.stringify(id)}`)
      return found
    }
    return plan.shapes
      .filter(shape => shape.kind === "contract" && !isPart(shape, shapes))
      .map(shape => {
        const path = placeOf(shape, plan)
        const contract = contractOf(shape, path, plan, shapeOf, options)
        return { path: `${path}.odcs.json`, text: `${JSON.stringify(contract, null, 2)}\n` }
      })
  },
}

/** What is written on create, on update or of a patch is no contract of its own. */
function isPart({ id }: PlanShape, shapes: ReadonlyMap<ShapeId, PlanShape>): boolean {
  const whole = /^(.+)~(?:patch|create|update)$/u.exec(id)?.[1]
  return whole !== undefined && shapes.has(whole)
}

function placeOf(shape: PlanShape, plan: Plan): string {
  const path = plan.files[shape.file]?.path ?? "unknown"
  const name = encodeURIComponent(idInFile(shape.id, shape, path)).replaceAll("%40", "@")
  return `${modulePath(path)}/${name}`
}

function contractOf(
  shape: PlanShape,
  path: string,
  plan: Plan,
  shapeOf: (id: ShapeId) => PlanShape,
  { domain }: OdcsOptions,
): JsonObject {
  const { contract } = shape
  const system = plan.systems.find(one => one.name === contract?.system)
  const quality = qualityOf(shape)
  return jsonObject([
    ["apiVersion", "v3.1.0"],
    ["kind", "DataContract"],
    ["id", `fmap:${path.split("/").map(encodeURIComponent).join("/")}`],
    ["name", shape.name],
    ["version", contract?.version ?? ""],
    ["status", contract?.lifecycle ?? "draft"],
    ["domain", domain],
    ["description", shape.docs === "" ? undefined : { purpose: shape.docs }],
    [
      "schema",
      [
        jsonObject([
          ["name", shape.name],
          ["logicalType", "object"],
          ["physicalType", "json"],
          ["description", shape.docs === "" ? undefined : shape.docs],
          ["properties", propertiesOf(shape, { shapeOf })],
          ["quality", quality.length === 0 ? undefined : quality],
        ]),
      ],
    ],
    ["team", contract?.owner == null ? undefined : { name: contract.owner }],
    ["slaProperties", slaOf(shape, system)],
    [
      "customProperties",
      custom([
        ["system", said(contract?.system ?? null)],
        ["systemOwner", said(system?.owner ?? null)],
        ["residency", said(system?.residency ?? null)],
        ["direction", contract?.direction],
        ["compatible", said(contract?.compatible ?? null)],
        [
          "slo",
          contract?.slo === undefined ? undefined : `${contract.slo.share}% within ${contract.slo.within}`,
        ],
        ["closed", contract?.closed === true ? true : undefined],
      ]),
    ],
  ])
}

/** How many calls the system takes, how long records are kept, when the contract ends and how soon records are there. */
function slaOf({ contract }: PlanShape, system: PlanSystem | undefined): readonly JsonObject[] | undefined {
  const limits = (system?.limits ?? []).map(({ count, per }) => ({
    property: "throughput",
    value: count,
    unit: `calls per ${per}`,
  }))
  const { retention, slo, sunset } = contract ?? {}
  const promises = [
    ...limits,
    ...(retention === undefined
      ? []
      : [{ property: "retention", value: retention.count, unit: retention.unit }]),
    ...(sunset === undefined ? [] : [{ property: "endOfLife", value: sunset }]),
    ...(slo === undefined
      ? []
      : [
          {
            property: "latency",
            value: slo.within,
            description: `${slo.share}% of the records are there by then.`,
          },
        ]),
  ]
  return promises.length === 0 ? undefined : promises
}
