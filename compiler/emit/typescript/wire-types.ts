// How wire types look in TypeScript: what a service hands in and gets back.
import type { PlanField, ValueType, WireType } from "../../plan/index.ts"
import type { Module } from "./context.ts"
import type { Flow } from "./flow.ts"
import { list, named, union } from "./javascript/build.ts"
import type { TsType } from "./javascript/nodes.ts"

/** The wire form of a record or list of records under construction; null for everything that has its wire form only where it is written. */
export function wireTypeOf(flow: Flow, type: ValueType): TsType | null {
  if (type.kind === "record") {
    return flow.module.index.shape(type.shape).kind === "inferred" ? null : flow.module.shapeType(type.shape)
  }
  if (type.kind === "list" && type.of.kind === "record") {
    const of = wireTypeOf(flow, type.of)
    return of === null ? null : list(of)
  }
  return null
}

export function payloadType(module: Module, type: WireType): TsType {
  switch (type.kind) {
    case "text":
    case "currency":
    case "country":
    case "language":
      return named("string")
    case "bool":
      return type.wire === "json"
        ? named("boolean")
        : union({ kind: "literal", value: type.wire.true }, { kind: "literal", value: type.wire.false })
    case "int":
      return type.wire === "text" ? named("string") : module.runtimeType("JsonNumber")
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return type.wire === "text" ? named("string") : module.runtimeType("JsonNumber")
    case "date":
    case "datetime":
    case "instant":
      return typeof type.wire === "object" && "epoch" in type.wire
        ? module.runtimeType("JsonNumber")
        : named("string")
    case "enum":
      if (type.open || type.members.length === 0) return named("string")
      return union(...type.members.map((entry): TsType => ({ kind: "literal", value: entry.value })))
    case "record":
      return module.shapeType(type.shape)
    case "list": {
      if (type.wire === "array") return list(payloadType(module, type.of))
      if ("joined" in type.wire) return named("string")
      if ("bitmap" in type.wire) return list(payloadType(module, type.of))
      return {
        kind: "shape",
        members: [
          {
            key: type.wire.under,
            type: list(payloadType(module, type.of)),
            optional: false,
            docs: "",
            at: null,
          },
        ],
      }
    }
    case "dictionary":
      return { kind: "dictionary", of: payloadType(module, type.of) }
    case "json":
      return named("unknown")
    case "period":
      return named("string")
  }
}

export type Direction = "in" | "out" | "both"

/** A field as a member of its interface. Absent, null and undefined are one for what is read; null is written only where `clearable`. */
export function fieldType(
  module: Module,
  field: PlanField,
  direction: Direction,
): { readonly type: TsType; readonly optional: boolean } {
  const of = payloadType(module, field.type)
  const optional = field.optional || field.default !== null || field.computed || field.writeOnly
  if (!optional)
    return { type: field.clearable && direction !== "in" ? union(of, named("null")) : of, optional: false }
  const more: TsType[] = [of]
  if (direction !== "out" || field.clearable) more.push(named("null"))
  more.push(named("undefined"))
  return { type: union(...more), optional: true }
}
