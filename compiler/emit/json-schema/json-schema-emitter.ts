// Emits one JSON Schema (draft 2020-12) per contract and record. Flows in: a Plan. Flows out: files beside the emitted modules,
// each complete in itself: the records it uses stand in its `$defs`. Bytes depend on nothing but the Plan and the options.
import * as z from "zod"
import { idInFile } from "../../plan/declared-id.ts"
import type { Plan, PlanShape, ShapeId } from "../../plan/index.ts"
import type { EmittedFile, Emitter } from "../emitter.ts"
import { modulePath } from "../module-path.ts"
import { type JsonObject, jsonObject } from "./json-object.ts"
import { type ShapeContext, shapeSchema } from "./shape-schema.ts"
import { usedShapes } from "./used-shapes.ts"

export const jsonSchemaOptions = z.strictObject({
  /** Where the schemas will be published: `https://schemas.example.com/finance`. Without one, `$id`s are `fmap:` names. */
  baseUrl: z.url().optional(),
})
export type JsonSchemaOptions = z.infer<typeof jsonSchemaOptions>

export const jsonSchemaEmitter: Emitter<JsonSchemaOptions> & {
  readonly optionsSchema: typeof jsonSchemaOptions
} = {
  name: "json-schema",
  optionsSchema: jsonSchemaOptions,
  emit: (plan, options) => {
    const shapeOf = shapeFinder(plan)
    return plan.shapes
      .filter(shape => shape.kind !== "inferred")
      .map(shape => ({
        path: schemaPath(shape, plan),
        text: `${JSON.stringify(schemaOf(shape, plan, options, shapeOf), null, 2)}\n`,
      }))
  },
}

type ShapeOf = (id: ShapeId) => PlanShape

function shapeFinder(plan: Plan): ShapeOf {
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  return id => {
    const found = shapes.get(id)
    if (found === undefined) throw new Error(`the plan has no shape ${JSON.stringify(id)}`)
    return found
  }
}

/** The schema of one shape as data. */
export function schemaOf(
  shape: PlanShape,
  plan: Plan,
  options: JsonSchemaOptions = {},
  shapeOf: ShapeOf = shapeFinder(plan),
): JsonObject {
  const context: ShapeContext = { shapeOf, direction: shape.contract?.direction ?? "both" }
  const used = usedShapes(shape, shapeOf)
  const definitions = used.map(one => [one.id, shapeSchema(one, context)] as const)
  return jsonObject([
    ["$schema", "https://json-schema.org/draft/2020-12/schema"],
    ["$id", schemaId(shape, plan, options)],
    ...Object.entries(shapeSchema(shape, context)),
    ["$defs", definitions.length === 0 ? undefined : jsonObject(definitions)],
  ])
}

/** Stable: file, name and version. Records have no version of their own. */
function schemaId(shape: PlanShape, plan: Plan, { baseUrl }: JsonSchemaOptions): string {
  const parts = [
    ...filePath(shape, plan).split("/"),
    localId(shape, plan),
    ...(shape.contract === null ? [] : [shape.contract.version]),
  ]
  const path = parts.map(encodeURIComponent).join("/")
  return baseUrl === undefined ? `fmap:${path}` : `${baseUrl.replace(/\/$/, "")}/${path}`
}

function schemaPath(shape: PlanShape, plan: Plan): EmittedFile["path"] {
  return `${filePath(shape, plan)}/${encodeURIComponent(localId(shape, plan)).replaceAll("%40", "@")}.schema.json`
}

/** The folder is the file's. */
function localId(shape: PlanShape, plan: Plan): string {
  return idInFile(shape.id, shape, plan.files[shape.file]?.path ?? "")
}

function filePath(shape: PlanShape, plan: Plan): string {
  return modulePath(plan.files[shape.file]?.path ?? "unknown")
}
