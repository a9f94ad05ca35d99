// Emits one AsyncAPI 3.0 document for the events of a project. Flows in: a Plan. Flows out: asyncapi.json, or no file where there is no
// event. It says what is told and in which direction; where that travels (servers, addresses, bindings) no contract knows.
import * as z from "zod"
import type { Plan, PlanShape, ShapeId } from "../../plan/index.ts"
import type { Emitter } from "../emitter.ts"
import { type JsonObject, jsonObject, said } from "../json-schema/json-object.ts"
import { type ShapeContext, shapeSchema } from "../json-schema/shape-schema.ts"
import { usedShapes } from "../json-schema/used-shapes.ts"
import { eventKind, eventType } from "./event-kind.ts"
import { uniqueNames } from "./unique-names.ts"

export const asyncApiOptions = z.strictObject({
  /** What the document is called. */
  title: z.string().min(1).optional(),
  /** The version of the document; its messages have their own. */
  version: z.string().min(1).optional(),
})
export type AsyncApiOptions = z.infer<typeof asyncApiOptions>

export const asyncApiEmitter: Emitter<AsyncApiOptions> & { readonly optionsSchema: typeof asyncApiOptions } =
  {
    name: "asyncapi",
    optionsSchema: asyncApiOptions,
    emit: (plan, options) => {
      const events = plan.shapes.filter(shape => eventKind(shape) !== null)
      if (events.length === 0) return []
      return [
        { path: "asyncapi.json", text: `${JSON.stringify(documentOf(events, plan, options), null, 2)}\n` },
      ]
    },
  }

/** JSON Schema of the draft that fmap emits; AsyncAPI's own schema language is an older one. */
const schemaFormat = "application/schema+json;version=2020-12"

function documentOf(
  events: readonly PlanShape[],
  plan: Plan,
  { title = "Events", version = "1.0.0" }: AsyncApiOptions,
): JsonObject {
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const shapeOf = (id: ShapeId): PlanShape => {
    const found = shapes.get(id)
    if (found === undefined) throw new Error(`the plan has no shape ${JSON.stringify(id)}`)
    return found
  }
  const used = new Map(
    events.flatMap(event => [event, ...usedShapes(event, shapeOf)]).map(shape => [shape.id, shape] as const),
  )
  const names = uniqueNames([...used.keys()])
  const nameOf = (id: ShapeId): string => names.get(id) ?? id
  const context = (shape: PlanShape): ShapeContext => ({
    shapeOf,
    direction: shape.contract?.direction ?? "both",
    reference: id => `#/components/schemas/${nameOf(id)}/schema`,
  })
  const each = (of: (event: PlanShape, name: string) => JsonObject): JsonObject =>
    jsonObject(events.map(event => [nameOf(event.id), of(event, nameOf(event.id))]))
  return jsonObject([
    ["asyncapi", "3.0.0"],
    ["info", { title, version }],
    ["defaultContentType", "application/json"],
    ["channels", each(channelOf)],
    ["operations", jsonObject(events.flatMap(event => operationsOf(event, nameOf(event.id))))],
    [
      "components",
      jsonObject([
        ["messages", each(messageOf)],
        [
          "schemas",
          jsonObject(
            [...used.values()].map(shape => [
              nameOf(shape.id),
              { schemaFormat, schema: shapeSchema(shape, context(shape)) },
            ]),
          ),
        ],
      ]),
    ],
  ])
}

/** The address is null: which topic or queue it is belongs to the binding. */
function channelOf(event: PlanShape, name: string): JsonObject {
  return jsonObject([
    ["address", null],
    ["title", event.name],
    ["description", event.docs === "" ? undefined : event.docs],
    ["messages", jsonObject([[name, { $ref: `#/components/messages/${name}` }]])],
  ])
}

/** A contract that is read is received, one that is written is sent; without either word both happen. */
function operationsOf(event: PlanShape, name: string): readonly (readonly [string, JsonObject])[] {
  const direction = event.contract?.direction ?? "both"
  const operation = (action: "send" | "receive"): JsonObject => ({
    action,
    channel: { $ref: `#/channels/${name}` },
    messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
  })
  return [
    ...(direction === "reads" ? [] : [[`send.${name}`, operation("send")] as const]),
    ...(direction === "writes" ? [] : [[`receive.${name}`, operation("receive")] as const]),
  ]
}

function messageOf(event: PlanShape, name: string): JsonObject {
  const { contract } = event
  const isCloudEvent = eventKind(event) === "cloudEvent"
  return jsonObject([
    ["name", eventType(event) ?? event.name],
    ["title", event.name],
    ["description", event.docs === "" ? undefined : event.docs],
    ["contentType", isCloudEvent ? "application/cloudevents+json" : "application/json"],
    ["payload", { $ref: `#/components/schemas/${name}` }],
    ["tags", contract?.system == null ? undefined : [{ name: contract.system }]],
    ["x-fmap-version", contract?.version],
    ["x-fmap-owner", said(contract?.owner ?? null)],
    ["x-fmap-lifecycle", said(contract?.lifecycle ?? null)],
  ])
}
