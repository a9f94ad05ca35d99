// `read System.Contract by KEY`, `… where field == VALUE`. Flows in: the step. Flows out: which fields must equal what.
import { diagnostic, type Expression, type FlowStep } from "@fmap/grammar"
import type { ReadStep } from "@fmap/runtime/flow"
import { wireNameOf } from "../../resolve/bind-field.ts"
import type { BoundField } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"
import { ask } from "./ask.ts"
import { type ContractAt, contractAt } from "./contract-at.ts"
import { contractField } from "./contract-field.ts"
import { clauseOf } from "./effects.ts"
import { type FlowEnvironment, placeOf, type Visible } from "./environment.ts"
import { exitSpec } from "./exits.ts"

type Reading = FlowStep["work"] & { readonly kind: "read" }

export function readStep(
  node: FlowStep,
  work: Reading,
  step: string,
  visible: Visible,
  env: FlowEnvironment,
): ReadStep | null {
  const at = contractAt(work.from, "reads", env)
  const exit = clauseOf(node, "else")
  const otherwise = exit === undefined ? null : exitSpec(exit.exit, step, visible, env)
  if (at === null) return null
  if (work.by !== null && work.where.length > 0) {
    wrong(at, "by its key or all that fit, and not both", work.span, env)
    return null
  }
  if (work.by === null && exit !== undefined) {
    wrong(at, "all that fit, and none is an answer too: `else` belongs to `by`", exit.span, env)
    return null
  }
  const wanted =
    work.by === null
      ? work.where.map(({ field, value }) => ({ field: contractField(field, at, env), value }))
      : [{ field: keyField(at, work, env), value: work.by }]
  const by = wanted.flatMap(({ field, value }) => {
    const asked = field === null ? null : equalTo(field, value, at, step, visible, env)
    return asked === null ? [] : [asked]
  })
  if (by.length < wanted.length || (exit !== undefined && otherwise === null)) return null
  return { kind: "read", from: at.object, by, many: work.by === null, otherwise }
}

function equalTo(
  field: BoundField,
  value: Expression,
  { system }: ContractAt,
  step: string,
  visible: Visible,
  env: FlowEnvironment,
): ReadStep["by"][number] | null {
  const asked = ask(
    {
      part: `${step}.${field.name}`,
      value,
      wanted: { type: unbounded(field.type), optional: false, like: field },
      system,
      visible,
      noExit: null,
    },
    env,
  )
  return asked === null ? null : { field: wireNameOf(field.node), value: asked }
}

/** What is too long to be a key finds nothing: it is no mistake. */
function unbounded(type: Type): Type {
  if (type.kind === "text") return { ...type, min: 0, max: null, pattern: null, literal: null }
  if (type.kind === "number" && type.role === "int") return { ...type, digits: null, low: null, high: null }
  return type
}

function keyField(at: ContractAt, { span }: Reading, env: FlowEnvironment): BoundField | null {
  const [first, second] = at.shape.fields.filter(field => field.key)
  if (first !== undefined && second === undefined) return first
  const help = "Say by which fields: `where a == … and b == …`."
  wrong(
    at,
    first === undefined ? "has no field marked `key`" : "is told apart by several keys together",
    span,
    env,
    help,
  )
  return null
}

function wrong(
  { shape }: ContractAt,
  problem: string,
  span: { start: number; end: number },
  env: FlowEnvironment,
  help?: string,
): void {
  env.report(
    diagnostic("FM7107", { contract: shape.name, problem }, placeOf(env, span), {
      related: [{ place: shape.place, text: "declared here" }],
      ...(help === undefined ? {} : { help }),
    }),
  )
}
