// Writes down what happened while one record was run. Flows in: the interpreter's events. Flows out: every expression that was evaluated,
// as a tree, with its value, what each variable stood for and which row of reference data answered. Judges and shows nothing.
import type { Outcome, RunPlace, Trace, TraceEvent } from "../interpret/internals.ts"
import { MISSING } from "../interpret/internals.ts"
import type { PlanExpression, PlanStep, VariableId } from "../plan/index.ts"

export type Sharing = Extract<TraceEvent, { kind: "share" }>
export type Answer = Extract<TraceEvent, { kind: "lookup" }>

export interface Traced {
  readonly expression: PlanExpression
  /** Where its value belongs. */
  readonly place: RunPlace
  readonly value: Outcome
  readonly children: readonly Traced[]
  /** Of a variable: what it stood for just then; null for sources, givens and what nobody computed. */
  readonly stands: Standing | null
  readonly answer: Answer | null
  /** Steps of the record it is, by field or name. */
  readonly members: ReadonlyMap<string, Step>
}
export interface Step {
  readonly step: Extract<PlanStep, { readonly value: PlanExpression }>
  readonly traced: Traced
}
export type Standing =
  | ({ readonly kind: "step" } & Step)
  | { readonly kind: "bound"; readonly traced: Traced }
  | { readonly kind: "row"; readonly source: Traced; readonly index: number }
  /** What was divided, and what this row weighs. */
  | {
      readonly kind: "share"
      readonly sharing: Sharing
      readonly total: Traced | null
      readonly weight: Traced | null
    }

type Frame = ReadonlyMap<VariableId, Outcome>

/** Filled while the record runs. */
interface Open {
  readonly expression: PlanExpression
  readonly place: RunPlace
  readonly frame: Frame
  value: Outcome
  readonly children: Open[]
  stands: Standing | null
  answer: Answer | null
  readonly members: Map<string, Step>
}

export interface Recording {
  readonly trace: Trace
  /** What was evaluated at the top, in order: rules of contracts first, then the steps of the map. */
  readonly roots: readonly Traced[]
  /** Steps of the map itself. */
  readonly members: ReadonlyMap<string, Step>
}

export function recordTrace(): Recording {
  const roots: Open[] = []
  const stack: Open[] = []
  const members = new Map<string, Step>()
  // Variables are numbered per map and per contract; each run of either has its own table, which tells them apart.
  const frames = new WeakMap<Frame, Map<VariableId, Standing>>()
  const standings = (frame: Frame): Map<VariableId, Standing> => {
    const known = frames.get(frame) ?? inherited(frame, stack.at(-1)?.frame, frames)
    frames.set(frame, known)
    return known
  }
  const siblings = (): Open[] => stack.at(-1)?.children ?? roots
  const lastOf = (expression: PlanExpression): Open | undefined =>
    siblings().findLast(candidate => candidate.expression === expression)

  const trace: Trace = event => {
    switch (event.kind) {
      case "enter": {
        const { expression, scope } = event
        const open: Open = {
          expression,
          place: scope.place,
          frame: scope.variables,
          value: MISSING,
          children: [],
          stands:
            expression.kind === "variable"
              ? (standings(scope.variables).get(expression.variable) ?? null)
              : null,
          answer: null,
          members: new Map(),
        }
        siblings().push(open)
        stack.push(open)
        break
      }
      case "leave": {
        const open = stack.pop()
        if (open === undefined) break
        open.value = event.value
        const above = stack.at(-1)?.expression
        if (above?.kind === "conditional" && above.bind?.value === event.expression)
          standings(open.frame).set(above.bind.variable, { kind: "bound", traced: open })
        break
      }
      case "step": {
        const { step, scope } = event
        const traced = lastOf(step.value)
        if (traced === undefined) break
        standings(scope.variables).set(step.variable, { kind: "step", step, traced })
        const owner = rowBelow(stack.at(-1), traced, scope.variables)?.members ?? members
        owner.set(step.kind === "let" ? scope.nameOf(step.variable) : step.field, { step, traced })
        break
      }
      case "row": {
        const source = lastOf(event.generator.source)
        if (source !== undefined)
          standings(event.scope.variables).set(event.generator.variable, {
            kind: "row",
            source,
            index: event.index,
          })
        break
      }
      case "share": {
        const frame = event.scope.variables
        const weight = siblings().findLast(one => one.expression === event.step.weight && one.frame === frame)
        const total = lastOf(event.step.total) ?? null
        standings(frame).set(event.step.variable, {
          kind: "share",
          sharing: event,
          total,
          weight: weight ?? null,
        })
        break
      }
      case "lookup": {
        const open = stack.at(-1)
        if (open !== undefined) open.answer = event
        break
      }
    }
  }
  return { trace, roots, members }
}

/** Rows that share a total run piece by piece, each with a copy of the variables around it: what is still the same stands for the same. */
function inherited(
  frame: Frame,
  outer: Frame | undefined,
  frames: WeakMap<Frame, Map<VariableId, Standing>>,
): Map<VariableId, Standing> {
  const known = outer === undefined ? undefined : frames.get(outer)
  const same = [...(known ?? [])].filter(([id]) => frame.get(id) === outer?.get(id))
  return new Map(same)
}

/** The record a step belongs to: the one being made; or, where rows run piece by piece, the row, which is put together here. */
function rowBelow(owner: Open | undefined, traced: Open, frame: Frame): Open | undefined {
  if (owner?.expression.kind !== "each") return owner
  const { body } = owner.expression
  owner.children.splice(owner.children.lastIndexOf(traced), 1)
  let row = owner.children.find(child => child.expression === body && child.frame === frame)
  if (row === undefined) {
    const { pointer } = traced.place
    row = {
      expression: body,
      place: { ...traced.place, pointer: pointer.slice(0, pointer.lastIndexOf("/")), masked: false },
      frame,
      value: { kind: "record", member: () => MISSING },
      children: [],
      stands: null,
      answer: null,
      members: new Map(),
    }
    owner.children.push(row)
  }
  row.children.push(traced)
  return row
}
