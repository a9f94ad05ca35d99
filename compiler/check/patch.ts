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

/** Null: an error was given. `spanOf`: where a field is assigned. */
export function patchBlock(
  block: PlanBlock,
  sources: readonly PatchSource[],
  target: BoundShape,
  spanOf: (field: string) => Span,
  ctx: Context,
): PlanBlock | null {
  const event = sources.find(source => source.shape.events !== null)
  if (event === undefined) return null
  const known = new Map<VariableId, Changes>()
  let failed = false
  const steps = block.steps.map((step): PlanStep => {
    if (!("value" in step)) return step
    const changes = changesOf(step.value, event, sources, known)
    known.set(step.variable, changes)
    if (step.kind !== "field") return step
    if (target.fields.some(field => field.name === step.field && field.key)) return step
    const all = new Map([...changes.direct, ...changes.full])
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
    const when = [...all.values()].map(path => changedCondition(path, event, span)).reduce(either)
    const condition = checkCondition(when, ctx, "in a condition")
    if (isError(condition)) {
      failed = true
      return step
    }
    const { value } = step
    const variable = ctx.state.variables[step.variable]
    if (variable !== undefined) ctx.state.variables[step.variable] = { ...variable, maybe: true }
    const unchanged: PlanExpression = { kind: "missing", type: { kind: "never" }, maybe: true, at: step.at }
    return {
      ...step,
      value: {
        kind: "conditional",
        bind: null,
        arms: [{ when: condition.plan, then: value, at: step.at }],
        otherwise: unchanged,
        type: value.type,
        maybe: true,
        at: step.at,
      },
    }
  })
  return failed ? null : { ...block, steps }
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
