// What the name of a step stands for, known from contracts and maps alone. Flows in: the step. Flows out: a type, whether it may be missing,
// or why it has no value.
import type { FlowStep, Path } from "@fmap/grammar"
import type { BoundShape } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"
import { intType } from "../values.ts"
import { mapOf, resultOf } from "./call.ts"
import { contractAt } from "./contract-at.ts"
import { type FlowEnvironment, placeOf } from "./environment.ts"
import { keepShape, madeShape } from "./made-shape.ts"
import { recordOf } from "./record-of.ts"

export interface Given {
  readonly type: Type
  readonly maybe: boolean
  readonly valueless: string | null
}

const unknown: Given = { type: { kind: "error" }, maybe: false, valueless: null }
const nothing = (why: string): Given => ({ ...unknown, valueless: why })

export function givenBy({ work, clauses }: FlowStep, env: FlowEnvironment): Given {
  switch (work.kind) {
    case "read": {
      const found = contractAt(work.from, "reads", env)
      if (found === null) return unknown
      const record = recordOf(found.shape)
      if (work.by === null) return { ...unknown, type: { kind: "list", of: record, min: 0, max: null } }
      return { type: record, maybe: clauses.every(clause => clause.kind !== "else"), valueless: null }
    }
    case "make": {
      const { what } = work
      const map = what.kind === "call" ? mapOf(what, env) : null
      return map === null ? unknown : { ...unknown, type: resultOf(map) }
    }
    case "send":
      return answered(work.to, env)
    case "ensure":
      return answered(work.in, env)
    case "load":
      return { ...unknown, type: countsOf(env) }
    case "reconcile":
      return nothing("reconcile only compares")
    case "publish":
      return nothing("an event that is published answers nothing")
    case "answer":
      return nothing("what called the flow is answered")
  }
}

function answered(path: Path, env: FlowEnvironment): Given {
  const found = contractAt(path, "writes", env)
  if (found === null) return unknown
  const { shape } = found
  if (shape.answers === null) return nothing(`${shape.name} does not say what its system answers`)
  return { ...unknown, type: recordOf(answerShape(shape, shape.answers, env)) }
}

/** The record of what a system answers, one a contract. */
export function answerShape(
  shape: BoundShape,
  answers: NonNullable<BoundShape["answers"]>,
  env: FlowEnvironment,
): BoundShape {
  const answer = madeShape(`${shape.id}.answers`, answers, shape.place, shape.system)
  keepShape(answer, env)
  return answer
}

/** What becomes of the records of a load. */
function countsOf(env: FlowEnvironment): Type {
  const counts = ["sent", "loaded", "ignored", "rejected"]
  const fields = counts.map(name => ({ name, type: intType, optional: false }))
  const shape = madeShape(`${env.flow.name}.load`, fields, placeOf(env, env.flow.node.name.span))
  keepShape(shape, env)
  return recordOf(shape)
}
