// Runs the steps of a record under construction, in Plan order. Flows in: a block and the scope of its record. Flows out:
// the record with one member per field and derived value. A failed step is poison; the others go on, so that every
// independent issue is collected.
import type { PlanBlock, PlanStep, ShapeId } from "../plan/index.ts"
import { failedFigures } from "./controls.ts"
import { evaluate } from "./evaluate.ts"
import { leave } from "./evaluate-branches.ts"
import { atMember, type Scope, variable } from "./scope.ts"
import {
  asBoolean,
  BrokenPlan,
  isStopped,
  MISSING,
  type Outcome,
  type RecordValue,
  SKIPPED,
} from "./value.ts"

/** A record whose steps are run piece by piece: rows that share a total wait for each other. */
export interface RunningBlock {
  /** Runs the steps from `from` up to `to`; false: the row is skipped. */
  readonly run: (from: number, to: number) => boolean
  readonly record: () => RecordValue
}

export function runBlock(block: PlanBlock, shapeId: ShapeId, scope: Scope): RecordValue | typeof SKIPPED {
  const running = startBlock(block, shapeId, scope)
  return running.run(0, block.steps.length) ? running.record() : SKIPPED
}

export function startBlock(block: PlanBlock, shapeId: ShapeId, scope: Scope): RunningBlock {
  const shape = scope.run.index.shape(shapeId)
  const fields = new Map(shape.fields.map(field => [field.name, field]))
  const members = new Map<string, Outcome>()
  // A field's place is its wire name; a let or derived value counts as a member under its own name.
  const placed = (name: string): Scope => {
    // A record of a union stands where the union does.
    if (shape.union !== null) return scope
    const field = fields.get(name)
    if (field === undefined) return atMember(scope, name)
    const wire = field.type.kind === "list" ? field.type.wire : "array"
    const under = typeof wire === "object" && "under" in wire ? wire.under : null
    return atMember(scope, field.wireName, field.pii || field.confidential, under)
  }
  const run = (from: number, to: number): boolean => {
    for (const step of block.steps.slice(from, to)) {
      const outcome = runStep(step, scope, placed)
      if (outcome === SKIPPED) return false
      if (step.kind === "derive") members.set(step.field, outcome)
    }
    return true
  }
  const record = (): RecordValue => {
    for (const { field, variable: id } of block.fields) members.set(field, variable(scope, id))
    return {
      kind: "record",
      member: name => {
        const member = members.get(name)
        if (member !== undefined) return member
        if (fields.has(name)) return MISSING
        throw new BrokenPlan(`${shapeId} has no member ${JSON.stringify(name)}`)
      },
    }
  }
  return { run, record }
}

/** The value of a step that gives one; missing for checks and controls. */
function runStep(step: PlanStep, scope: Scope, placed: (name: string) => Scope): Outcome {
  switch (step.kind) {
    case "let":
    case "derive":
    case "field": {
      const inner = placed(step.kind === "let" ? scope.nameOf(step.variable) : step.field)
      const value = evaluate(step.value, inner)
      scope.variables.set(step.variable, value)
      scope.run.trace?.({ kind: "step", step, scope: inner, value })
      return value
    }
    case "check": {
      const condition = evaluate(step.condition, scope)
      if (isStopped(condition) || asBoolean(condition)) return MISSING
      leave(step.exit.verb, step.exit, step.at, step.exit.field === null ? scope : placed(step.exit.field))
      return MISSING
    }
    case "control": {
      const failed = failedFigures(step, scope)
      if (failed.length === 0) return MISSING
      const control = { title: step.title, operator: step.operator, failed }
      const place = step.exit.field === null ? scope : placed(step.exit.field)
      leave(step.exit.verb, step.exit, step.at, place, control)
      return MISSING
    }
    case "share":
      throw new BrokenPlan("a share stands outside of the rows of an `each`")
  }
}
