// A patch writes only what an event changes. Flows in: the checked body of a map over events. Flows out: the same body, in which each
// field is written only where something it reads has changed. A field of a full record counts as changed where the event's field of
// the same name is, so that a value of several fields can be made again from all of them.
import { diagnostic, type Expression, type Name, type Span } from "@fmap/grammar"
import { childrenOf } from "../plan/children.ts"
import type { PlanBlock, PlanExpression, PlanStep, VariableId } from "../plan/index.ts"
import { wireNameOf } from "../resolve/bind-field.ts"
import type { BoundField, BoundShape } from "../resolve/model.ts"
import { type Context, place } from "./context.ts"
import { checkCondition } from "./expressions/logic.ts"
import { chainOf } from "./reads.ts"
import { isError } from "./values.ts"

export interface PatchSource {
  readonly name: string
  readonly variable: VariableId
  readonly shape: BoundShape
}

type PlanJudgement = PlanStep & { readonly kind: "check" | "control" }

/** Null: an error was given. `spanOf`: where a field is assigned; null: the map. */
export function patchBlock(
  block: PlanBlock,
  sources: readonly PatchSource[],
  target: BoundShape,
  spanOf: (field: string | null) => Span,
  ctx: Context,
): PlanBlock | null {
  const event = sources.find(source => source.shape.events !== null)
  if (event === undefined) return null
  const known = new Map<VariableId, Changes>()
  /** Values of the body that are only there where the fields they are made of have changed. */
  const awaited = new Map<VariableId, Changes>()
  let failed = false
  /** Null: an error was given. */
  const changed = (paths: Iterable<Path>, span: Span): PlanExpression | null => {
    const when = [...paths].map(path => changedCondition(path, event, span)).reduce(either)
    const condition = checkCondition(when, ctx, "in a condition")
    if (!isError(condition)) return condition.plan
    failed = true
    return null
  }
  const waiting = <S extends PlanStep & { variable: VariableId; value: PlanExpression }>(
    step: S,
    when: PlanExpression,
  ): S => {
    const variable = ctx.state.variables[step.variable]
    if (variable !== undefined) ctx.state.variables[step.variable] = { ...variable, maybe: true }
    return { ...step, value: onlyWhen(when, step.value) }
  }
  const steps = block.steps.map((step): PlanStep => {
    if (step.kind === "check" || step.kind === "control") {
      const paths = awaitedBy(step, awaited)
      const when = paths.size === 0 ? null : changed(paths.values(), spanOf(null))
      return when === null ? step : judgedOnlyWhen(when, step)
    }
    if (!("value" in step)) return step
    const changes = changesOf(step.value, event, sources, known)
    known.set(step.variable, changes)
    const all = new Map([...changes.direct, ...changes.full])
    if (step.kind === "derive") return step
    if (step.kind === "let") {
      // What is made of one field that may be unchanged is wanted only where that one changed, and so are its ways out.
      if (all.size !== 1 || changes.direct.size !== 1) return step
      const when = changed(all.values(), spanOf(null))
      if (when === null) return step
      awaited.set(step.variable, changes)
      return waiting(step, when)
    }
    if (target.fields.some(field => field.name === step.field && field.key)) return step
    if (all.size === 0) return step
    const span = spanOf(step.field)
    const parts = [...all.values()].filter(path => path.at(-1)?.type.kind === "record")
    if ((all.size > 1 && changes.direct.size > 0) || parts.length > 0) {
      failed = true
      const paths = [...all.keys()].map(path => `"${path}"`).join(" and ")
      ctx.state.report(
        diagnostic(
          "FM4187",
          { field: step.field, paths: parts.length > 0 ? `all of ${paths}` : paths },
          place(ctx, span),
          {
            label: "what did not change is not in the event",
            help: "Take the values from a second source, the full record: `from e: …, full: …`.",
          },
        ),
      )
      return step
    }
    const when = changed(all.values(), span)
    if (when === null) return step
    awaited.set(step.variable, changes)
    return waiting(step, when)
  })
  return failed ? null : { ...block, steps }
}

/** The value where the condition holds, else nothing. */
function onlyWhen(when: PlanExpression, value: PlanExpression): PlanExpression {
  const { at } = value
  return {
    kind: "conditional",
    bind: null,
    arms: [{ when, then: value, at }],
    otherwise: { kind: "missing", type: { kind: "never" }, maybe: true, at },
    type: value.type,
    maybe: true,
    at,
  }
}

/** Where nothing changed there is nothing to judge. */
function judgedOnlyWhen(when: PlanExpression, step: PlanJudgement): PlanStep {
  const { at } = step
  const holds: PlanExpression = { kind: "literal", value: true, type: { kind: "bool" }, maybe: false, at }
  const judged = (then: PlanExpression, otherwise: PlanExpression): PlanExpression => ({
    kind: "conditional",
    bind: null,
    arms: [{ when, then, at }],
    otherwise,
    type: { kind: "bool" },
    maybe: false,
    at,
  })
  return step.kind === "check"
    ? { ...step, condition: judged(step.condition, holds) }
    : { ...step, when: judged(step.when ?? holds, { ...holds, value: false }) }
}

/** The fields of the event behind the values that a check or control reads and that may not be there. */
function awaitedBy(
  step: PlanJudgement,
  awaited: ReadonlyMap<VariableId, Changes>,
): ReadonlyMap<string, Path> {
  const paths = new Map<string, Path>()
  const visit = (plan: PlanExpression): void => {
    if (plan.kind === "variable")
      for (const [name, path] of [...(awaited.get(plan.variable)?.direct ?? [])]) paths.set(name, path)
    for (const { role, expression } of childrenOf(plan)) if (role !== "tells") visit(expression)
  }
  for (const plan of step.kind === "check"
    ? [step.condition]
    : [step.left, step.right, ...(step.when === null ? [] : [step.when])])
    visit(plan)
  return paths
}

type Path = readonly BoundField[]

/** Fields of the event by their paths: those whose own values are read, and those whose full record is. */
interface Changes {
  readonly direct: ReadonlyMap<string, Path>
  readonly full: ReadonlyMap<string, Path>
}

function changesOf(
  value: PlanExpression,
  event: PatchSource,
  sources: readonly PatchSource[],
  known: ReadonlyMap<VariableId, Changes>,
): Changes {
  const direct = new Map<string, Path>()
  const full = new Map<string, Path>()
  const visit = (plan: PlanExpression): void => {
    const chain = chainOf(plan)
    if (chain === null) {
      for (const { role, expression } of childrenOf(plan)) if (role !== "tells") visit(expression)
      return
    }
    const source = sources.find(one => one.variable === chain.variable)
    if (source === undefined) {
      const before = known.get(chain.variable)
      for (const [name, path] of before?.direct ?? []) direct.set(name, path)
      for (const [name, path] of before?.full ?? []) full.set(name, path)
      return
    }
    const path = pathIn(event.shape, chain.path)
    if (!path.some(field => field.optional)) return
    const into = source === event ? direct : full
    into.set(path.map(field => field.name).join("."), path)
  }
  visit(value)
  return { direct, full }
}

/** The fields of the event on a path, as far as it has them. */
function pathIn(shape: BoundShape, names: readonly string[]): Path {
  const path: BoundField[] = []
  let inside: BoundShape | null = shape
  for (const name of names) {
    const field: BoundField | undefined = inside?.fields.find(one => one.name === name)
    if (field === undefined) return []
    path.push(field)
    inside = field.type.kind === "record" ? field.type.shape : null
    if (inside === null) break
  }
  return path
}

/** `e.F is present or any(n in ["F"] for n in e.Header.nulledFields)`; a part of a field is listed by both names. */
function changedCondition(path: Path, event: PatchSource, span: Span): Expression {
  const { events } = event.shape
  const at = (names: readonly string[]): Expression => {
    const name = (text: string): Name => ({ text, span, quoted: true })
    return names.reduce<Expression>((object, text) => ({ kind: "member", object, name: name(text), span }), {
      kind: "name",
      name: name(event.name),
      span,
    })
  }
  const wire = path.map(field => wireNameOf(field.node))
  const listed = wire.map((_, i) => wire.slice(0, i + 1).join("."))
  const entry: Name = { text: "name of a field", span, quoted: true }
  const isListed: Expression = {
    kind: "membership",
    operand: { kind: "name", name: entry, span },
    negated: false,
    set: {
      kind: "list",
      list: {
        kind: "list",
        elements: listed.map(text => ({
          value: { kind: "text", parts: [{ kind: "chars", text, span }], span },
          when: null,
          span,
        })),
        span,
      },
    },
    span,
  }
  const any: Expression = {
    kind: "call",
    callee: { text: "any", span, quoted: false },
    arguments: [isListed],
    generator: { generators: [{ source: at(events?.path ?? []), binder: entry, span }], where: null },
    asOf: null,
    span,
  }
  if (events?.lists === "changed") return any
  const present: Expression = {
    kind: "presence",
    operand: at(path.map(field => field.name)),
    present: true,
    span,
  }
  return either(present, any)
}

function either(left: Expression, right: Expression): Expression {
  return { kind: "binary", operator: "or", operatorSpan: left.span, left, right, span: left.span }
}
