// The questions of a flow as one table, by the names in the Plan. Flows in: a flow. Flows out: a constant of the emitted module, so that a service can hand
// emitted code to the runtime instead of the interpreter.
import type { PlanFlow } from "../../plan/index.ts"
import { type Module, promised } from "./context.ts"
import { name, object } from "./javascript/build.ts"
import type { JsDeclaration } from "./javascript/nodes.ts"

export function flowQuestions(module: Module, flow: PlanFlow, exported: string): JsDeclaration {
  const { exports, index } = module
  const own = (index.plan.questions ?? [])
    .filter(question => question.name.startsWith(`${flow.name}.`))
    .map(question => ({
      key: question.name,
      run: promised(exports.maps.get(question.name), question.name).run,
    }))
  return {
    kind: "value",
    name: exported,
    docs: `What ${flow.name} ${flow.version} asks, by the names of its questions in the Plan.`,
    exported: true,
    type: {
      kind: "shape",
      members: own.map(({ key, run }) => ({
        key,
        type: { kind: "typeof", name: run },
        optional: false,
        docs: "",
        at: null,
      })),
    },
    value: object(
      own.map(({ key, run }) => ({ key, value: name(run), at: null })),
      false,
    ),
    at: flow.at,
  }
}
