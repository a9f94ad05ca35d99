// What chooses a value: match over literals, match over conditions, `else`, and the ways out.
import type { PlanExpression } from "../../plan/index.ts"
import { evaluate, evaluateValue, scaledLiteral } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  integer,
  type Operand,
  present,
  widened,
} from "./flow.ts"
import {
  binary,
  cast,
  constant as constantOf,
  name,
  named,
  no,
  nothing,
  run,
  string,
  union,
  when,
  yes,
} from "./javascript/build.ts"
import type { Js, JsCase, JsStatement } from "./javascript/nodes.ts"
import { ratioElse } from "./numbers.ts"
import { declareSlot, fillSlot, openSlot, slotOperand } from "./slot.ts"
import { messageOf } from "./text.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

export function exit(flow: Flow, node: Of<"exit">): Operand {
  if (flow.mode === "fast") {
    emit(flow, giveUp)
    return { kind: "never" }
  }
  emit(flow, leaveWith(flow, node.verb, node, node.at))
  emit(flow, ...(node.verb === "skip" && flow.skip !== null ? flow.skip() : flow.poison()))
  return { kind: "never" }
}

/** Reports a way out at the flow's place (slow only). */
export function leaveWith(
  flow: Flow,
  verb: "reject" | "hold" | "warn" | "skip",
  exitOf: { readonly code: string; readonly message: PlanExpression | null },
  at: Of<"exit">["at"],
): JsStatement {
  const { root, pointer } = flow.place
  const message = messageOf(flow, exitOf)
  return run(
    flow.module.call(
      "exitWith",
      name("report"),
      string(verb),
      string(exitOf.code),
      string(root),
      pointer,
      message,
      flow.module.position(at),
      ...(flow.missed === undefined ? [] : [flow.missed]),
    ),
    at,
  )
}

export function orElse(flow: Flow, node: Of<"else">, hint: string): Operand {
  if (node.value.type.kind === "number" && node.value.type.rational) return ratioElse(flow, node)
  const tells = flow.mode === "slow" && node.fallback.kind === "exit" && node.value.kind === "lookup"
  const asks: Flow["asks"] = { node: node.value, row: null }
  const value = evaluate(tells ? { ...flow, asks } : flow, node.value, hint)
  if (value.kind === "never") return value
  if (value.kind !== "value" && value.kind !== "record") return value
  if (value.kind === "value" && value.js.kind === "word" && value.js.word === "undefined")
    return atScaleOf(flow, evaluate(flow, node.fallback, hint), node)
  const subject = value.kind === "value" ? atom(flow, value.js, hint) : (value.container ?? nothing)
  // Present after all (a part of a total in the fast way), at its own scale: the `else` promises that of both sides.
  if (!value.missing) return atScaleOf(flow, value, node)
  let fallback: Operand = { kind: "never" }
  const slot = openSlot(flow, node, hint)
  const otherwise = branch(flow, inner => {
    fallback = evaluate(asks.row === null ? inner : { ...inner, missed: asks.row }, node.fallback, hint)
    fillSlot(inner, slot, fallback)
  })
  if (ends(fallback)) {
    emit(flow, when(binary("===", subject, nothing), otherwise))
    if (value.kind === "value")
      return { ...value, js: cast(subject, insideType(flow, value.type)), missing: false }
    return { ...value, missing: false }
  }
  const then = branch(flow, inner => {
    const js: Js = cast(subject, insideType(flow, node.value.type))
    fillSlot(
      inner,
      slot,
      value.kind === "value" ? { ...value, js, missing: false } : { ...value, missing: false },
    )
  })
  declareSlot(flow, slot)
  emit(flow, when(binary("===", subject, nothing), otherwise, then, node.at))
  return present(flow, slotOperand(slot), node)
}

/** One side alone prints with the digits that both have together. */
function atScaleOf(flow: Flow, operand: Operand, node: Of<"else">): Operand {
  return operand.kind === "value" && node.type.kind === "number" && operand.type.kind === "number"
    ? widened(flow, operand, Math.max(node.type.scale, operand.type.scale))
    : operand
}

function ends(operand: Operand): boolean {
  return operand.kind === "never"
}

export function chooseArm(flow: Flow, node: Of<"switch">, hint: string): Operand {
  const subject = evaluateValue(flow, node.subject, "subject")
  if (subject === null) return { kind: "never" }
  const slot = openSlot(flow, node, hint)
  const cases: JsCase[] = []
  let reached = false
  const arm = (tests: readonly Js[], then: PlanExpression): void => {
    const body = branch(flow, inner => {
      const operand = evaluate(inner, then, hint)
      if (operand.kind !== "never") reached = true
      fillSlot(inner, slot, operand)
    })
    cases.push({ tests, body })
  }
  const { type } = node.subject
  for (const { values, then } of node.arms)
    arm(
      values.map(value => testOf(flow, value, type)),
      then,
    )
  if (node.missing !== null && subject.missing) arm([nothing], node.missing)
  if (node.otherwise !== null) arm([], node.otherwise)
  else cases.push({ tests: [], body: impossible(flow) })
  declareSlot(flow, slot)
  emit(flow, {
    kind: "switch",
    subject: widestSubject(flow, subject.js, type, subject.missing),
    cases,
    at: node.at,
  })
  return reached ? present(flow, slotOperand(slot), node) : { kind: "never" }
}

/** The subject as its wide type: TypeScript would narrow the variable in each arm and call comparisons there a mistake. */
function widestSubject(flow: Flow, js: Js, type: PlanExpression["type"], missing: boolean): Js {
  const wide = insideType(flow, type)
  if (js.kind === "cast" && !missing) return js
  return cast(js, missing ? union(wide, named("undefined")) : wide)
}

/** Every value has an arm; this says so to TypeScript, and ends the record should a bug of ours come here. */
function impossible(flow: Flow): readonly JsStatement[] {
  return flow.poison()
}

function testOf(flow: Flow, value: string | boolean, type: PlanExpression["type"]): Js {
  if (typeof value === "boolean") return value ? yes : no
  return type.kind === "number" ? integer(flow, scaledLiteral(value, type.scale)) : string(value)
}

export function conditionalArms(flow: Flow, node: Of<"conditional">, hint: string): Operand {
  if (node.bind !== null) {
    const declared = flow.declared[node.bind.variable]
    const bound = evaluate(flow, node.bind.value, declared?.name ?? hint)
    if (bound.kind === "never") return bound
    if (bound.kind === "value") {
      const id = flow.names.fresh(declared?.name ?? hint)
      emit(flow, constantOf(id, bound.js))
      flow.variables.set(node.bind.variable, { ...bound, js: name(id) })
    } else flow.variables.set(node.bind.variable, bound)
  }
  if (node.arms.length === 0) return present(flow, evaluate(flow, node.otherwise, hint), node)
  const slot = openSlot(flow, node, hint)
  let reached = false
  const fill = (inner: Flow, then: PlanExpression): void => {
    const operand = evaluate(inner, then, hint)
    if (operand.kind !== "never") reached = true
    fillSlot(inner, slot, operand)
  }
  const build = (inner: Flow, position: number): void => {
    const arm = node.arms[position]
    if (arm === undefined) {
      fill(inner, node.otherwise)
      return
    }
    const test = evaluateValue(inner, arm.when, "condition")
    if (test === null) return
    const then = branch(inner, deeper => fill(deeper, arm.then))
    const otherwise = branch(inner, deeper => build(deeper, position + 1))
    emit(inner, when(test.js, then, otherwise, arm.at))
  }
  const body = branch(flow, inner => build(inner, 0))
  if (reached) declareSlot(flow, slot)
  emit(flow, ...body)
  return reached ? present(flow, slotOperand(slot), node) : { kind: "never" }
}
