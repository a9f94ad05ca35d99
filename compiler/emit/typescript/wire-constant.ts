// How the documents of a contract travel, as a constant of the emitted module. Flows in: a contract whose documents are more than JSON. Flows out: plain
// data that readers and writers of @fmap/runtime/wire take, so that a service needs no Plan.
import type { PlanShape } from "../../plan/index.ts"
import { wireSpec } from "../../plan/wire-spec.ts"
import type { Module } from "./context.ts"
import { data } from "./javascript/build.ts"
import type { JsDeclaration } from "./javascript/nodes.ts"

export function wireConstant(module: Module, shape: PlanShape, exported: string): JsDeclaration {
  return {
    kind: "value",
    name: exported,
    docs: `How documents of ${shape.name} travel: for the readers and writers of @fmap/runtime/wire.`,
    exported: true,
    type: module.runtimeType("WireSpec"),
    value: data(wireSpec(module.index.plan, shape.id)),
    at: shape.at,
  }
}
