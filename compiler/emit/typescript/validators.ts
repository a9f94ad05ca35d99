// `validateOpportunity(payload)`: the whole contract, every field and rule, once. Always the slow way: it is called at an inbox.
import type { PlanShape } from "../../plan/index.ts"
import type { Module } from "./context.ts"
import { emit, type Flow } from "./flow.ts"
import { cast, comment, constant, give, invoke, name, named, string } from "./javascript/build.ts"
import type { JsDeclaration } from "./javascript/nodes.ts"
import { newFlow } from "./map-functions.ts"
import { readRecord } from "./reads.ts"
import { usedByRules } from "./used-members.ts"

export function validator(module: Module, shape: PlanShape, id: string): JsDeclaration {
  const payload = module.shapeType(shape.id)
  const result = module.runtimeType("Result")
  const used = usedByRules(module.index, shape.id)
  const flow: Flow = newFlow(module, "slow", shape.name, shape.variables, used)
  emit(flow, constant("report", module.call("createReport")))
  const fields = flow.names.fresh("fields")
  emit(
    flow,
    constant(
      fields,
      module.call(
        "readSource",
        name("report"),
        name("payload"),
        string(shape.name),
        module.position(shape.at),
      ),
      shape.at,
    ),
  )
  readRecord(flow, name(fields), false, { shape, reads: null, rules: null, unit: () => null })
  emit(flow, give(invoke(name("report"), "result", cast(name("payload"), payload))))
  return {
    kind: "function",
    name: id,
    exported: true,
    at: shape.at,
    docs: `Does a payload keep the whole contract ${shape.name}? Every issue is in the result; the value is the payload itself.`,
    parameters: [{ name: "payload", type: named("unknown") }],
    returns: result.kind === "named" ? { ...result, arguments: [payload] } : result,
    body: [comment(`contract ${shape.name}  ${module.index.position(shape.at)}`), ...flow.out],
  }
}
