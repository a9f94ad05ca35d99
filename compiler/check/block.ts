// The body of a map, of an `each`, of a record literal: every field of the target exactly once (Law 1), values in the order
// they need each other. Flows in: statements and the record type they make. Flows out: a Plan block.

import {
  type AssignStatement,
  diagnostic,
  type KeyStatement,
  type Span,
  type Statement,
  suggest,
} from "@fmap/grammar"
import type { PlanBlock, PlanStep } from "../plan/index.ts"
import type { BoundField, BoundShape } from "../resolve/model.ts"
import type { RecordType } from "../types/type.ts"
import { aliasUnits } from "./aliases.ts"
import { assignField } from "./assign.ts"
import { checkChoices, type PlainStatement, spreadChoices } from "./choose.ts"
import {
  type BlockScope,
  type Context,
  childScope,
  place,
  type Scope,
  type ShareStep,
  withFacts,
} from "./context.ts"
import { dropsBeforeShares } from "./drops-before-shares.ts"
import { equalitiesOf } from "./equalities.ts"
import { isOptional } from "./expressions/member.ts"
import { memberPlan } from "./member-plan.ts"
import { nameHere, recordHere } from "./name-here.ts"
import { type Ordered, orderByNeed } from "./order.ts"
import { noteIgnored, noteLeft } from "./spoken.ts"
import { controlStep, letBinding, mapCheck } from "./steps.ts"
import { takeApart } from "./take-apart.ts"
import { targetFieldRules } from "./target-field-rules.ts"
import { rulesContext, targetRules } from "./target-rules.ts"
import { absolute } from "./units.ts"
import { valueType } from "./values.ts"

export interface CheckedBlock {
  readonly block: PlanBlock
  readonly scope: BlockScope
  readonly inner: Context
  readonly key: { readonly field: string; readonly statement: KeyStatement } | null
}

export interface Item extends Ordered {
  readonly needs: Set<number>
  readonly step: PlanStep | null
}

/** `name`: how the target is called (`order`), for maps; null for records inside. Null: an error was given. */
export function checkBlock(
  written: readonly Statement[],
  type: RecordType,
  title: string,
  span: Span,
  ctx: Context,
  name: { readonly text: string; readonly span: Span } | null = null,
): CheckedBlock | null {
  const { state } = ctx
  const shape = type.shape
  const whole = takeApart(written, ctx)
  const statements = spreadChoices(whole)
  state.counters.root -= 1
  const scope: BlockScope = {
    root: state.counters.root,
    rootName: name?.text ?? shape.name,
    shape,
    system: shape.isContract ? shape.system : type.system,
    fields: new Map(),
    left: new Set(),
  }
  let inner = childScope(ctx, scope)
  if (name !== null && ctx.patch === 0) inner = { ...inner, patch: scope.root }
  if (name !== null)
    inner.scope.names.set(name.text, {
      kind: "target",
      name: name.text,
      block: scope,
      place: place(ctx, name.span),
    })
  // The names around the target of a map have been looked at where they are bound.
  if (name === null || ctx.scope.block !== null) hiddenFields(shape, ctx)
  const assigned = collectTargets(statements, scope, title, name?.span ?? headOf(span), ctx)
  const choices = checkChoices(written, shape, ctx)
  let failed = choices.failed || assigned.failed
  const environment = {
    path: { root: scope.root, rootName: scope.rootName, path: [] },
    shape,
    arguments: type.arguments,
    system: shape.isContract ? shape.system : type.system,
  }
  state.roots.set(scope.root, path => memberPlan(scope, path, environment.system, inner))
  const items: Item[] = []
  const outerReads = state.tracker.reads
  const track = <T>(run: () => T): { readonly value: T; readonly needs: Set<number> } => {
    const before = state.tracker.reads
    state.tracker.reads = new Set()
    const value = run()
    const needs = state.tracker.reads
    state.tracker.reads = before
    return { value, needs }
  }
  const open: string[] = []
  for (const statement of statements) {
    if (statement.kind !== "let") continue
    const { text } = statement.name
    const here = place(ctx, statement.name.span)
    const before = inner.scope.lazy.get(text)
    if (before !== undefined) {
      failed = true
      const related = [{ place: before.place, text: "already a name here" }]
      state.report(diagnostic("FM2504", { name: text }, here, { label: "again here", related }))
      continue
    }
    const variable = state.variables.push({ name: text, type: { kind: "never" }, maybe: false }) - 1
    const bind = () => {
      open.push(text)
      const again = () => cyclicLet(statement.name, variable, open, inner)
      inner.scope.lazy.set(text, { place: here, variable, bind: again })
      const { value, needs } = track(() => letBinding(statement, variable, inner))
      inner.scope.lazy.delete(text)
      open.pop()
      if (value === null) failed = true
      else items.push({ name: text, gives: [value.variable], needs, step: value.step })
    }
    inner.scope.lazy.set(text, { place: here, variable, bind })
    // Asked for its currency before it is made: it is made then.
    const early: NonNullable<ReturnType<typeof state.roots.get>> = (path, at) => {
      inner.scope.lazy.get(text)?.bind()
      const made = state.roots.get(variable)
      return made === undefined || made === early ? null : made(path, at)
    }
    state.roots.set(variable, early)
  }
  aliasUnits(statements, scope, inner)
  for (const field of shape.fields) {
    if (!assigned.fields.has(field.name)) continue
    const fieldType = absolute(field.type, environment, state)
    const variable =
      state.variables.push({
        name: field.name,
        type: valueType(fieldType, state),
        maybe: isOptional(field),
      }) - 1
    scope.fields.set(field.name, { field: field.name, variable, type: fieldType, maybe: isOptional(field) })
  }
  const rules = targetRules(scope, environment, inner)
  inner = withFacts(inner, equalitiesOf(statements, inner))
  for (const statement of statements) {
    switch (statement.kind) {
      case "let":
        inner.scope.lazy.get(statement.name.text)?.bind()
        break
      case "assign":
      case "key": {
        const field = shape.fields.find(f => f.name === statement.target.text)
        const slot = scope.fields.get(statement.target.text)
        if (field === undefined || slot === undefined || assigned.fields.get(field.name) !== statement) break
        if (choices.wrong.has(field.name)) break
        const shares: ShareStep[] = []
        const { value, needs } = track(() => assignField(statement, field, slot, inner, s => shares.push(s)))
        if (value === null) failed = true
        for (const share of shares)
          items.push({
            ...share,
            name: field.name,
            gives: [share.step.variable],
            needs: new Set(share.needs),
          })
        items.push({ name: field.name, gives: [slot.variable], needs, step: value })
        break
      }
      case "check": {
        const { value, needs } = track(() => mapCheck(statement, inner))
        if (value === null) failed = true
        items.push({ name: "check", gives: [], needs, step: value })
        break
      }
      case "control": {
        const { value, needs } = track(() => controlStep(statement, inner))
        if (value === null) failed = true
        items.push({ name: "control", gives: [], needs, step: value })
        break
      }
      case "emit":
        failed = true
        state.report(
          diagnostic("FM4175", {}, place(ctx, statement.type.span), {
            label: "inside of a record",
            help: "Write it among the statements of the map.",
          }),
        )
        break
      case "errorStatement":
        failed = true
        break
      case "leave":
        noteLeft(statement, inner)
        break
      case "ignore":
        noteIgnored(statement, inner)
        break
    }
  }
  if (!failed) {
    for (const rule of rules) {
      const { value, needs } = track(() => rule.make())
      if (value !== null) items.push({ name: rule.name, gives: rule.gives, needs, step: value })
    }
    const values = new Map(
      items.flatMap(({ step }) => (step?.kind === "field" ? [[step.field, step.value] as const] : [])),
    )
    const made = { scope, values, span: name?.span ?? headOf(span) }
    const { value, needs } = track(() => targetFieldRules(made, rulesContext(scope, inner), inner))
    if (value === null) failed = true
    else for (const step of value) items.push({ name: "rule", gives: [], needs, step })
  }
  unusedLets(statements, inner)
  const own = new Set(items.flatMap(item => item.gives))
  for (const item of items) for (const need of item.needs) if (!own.has(need)) outerReads.add(need)
  if (!dropsBeforeShares(items, span, inner)) return null
  const sorted = orderByNeed(items)
  if ("cycle" in sorted) {
    state.report(
      diagnostic(
        "FM4107",
        { cycle: sorted.cycle.join(" → ") },
        place(ctx, span.start === span.end ? span : firstSpan(statements, sorted.cycle[0] ?? "", span)),
        { label: "needs itself" },
      ),
    )
    return null
  }
  if (failed) return null
  const steps = sorted.order.map(index => items[index]?.step ?? null).filter(step => step !== null)
  const fields = shape.fields.flatMap(field => {
    const slot = scope.fields.get(field.name)
    return slot === undefined ? [] : [{ field: field.name, variable: slot.variable }]
  })
  return { block: { steps, fields }, scope, inner, key: keyOf(statements, ctx) }
}

function keyOf(statements: readonly PlainStatement[], ctx: Context): CheckedBlock["key"] {
  const statement = statements.find(s => s.kind === "key")
  const second = statements.findLast(s => s.kind === "key")
  if (statement !== undefined && second !== undefined && second !== statement) {
    ctx.state.report(
      diagnostic("FM4117", { reason: "a record has one key" }, place(ctx, second.target.span), {
        label: "a second key",
        related: [{ place: place(ctx, statement.target.span), text: "the first" }],
      }),
    )
  }
  return statement === undefined ? null : { field: statement.target.text, statement }
}

/** Inside a record a plain name is one of its fields: no name from around it may mean something else (decision 6). */
function hiddenFields(shape: BoundShape, ctx: Context): void {
  for (const field of shape.fields) {
    for (let scope: Scope | null = ctx.scope; scope !== null; scope = scope.parent) {
      const found = scope.lazy.get(field.name) ?? scope.names.get(field.name)
      // `position` is nobody's choice, and a field of that name is what the row is often counted for.
      if (found === undefined || field.name === "position") continue
      ctx.state.report(
        diagnostic("FM2503", { name: field.name, field: nameHere(shape, ctx) }, found.place, {
          label: "could mean the field",
          related: [{ place: field.place, text: "the field" }],
          help: "Choose another name.",
        }),
      )
      break
    }
  }
}

function firstSpan(statements: readonly PlainStatement[], name: string, fallback: Span): Span {
  for (const s of statements) {
    if ((s.kind === "assign" || s.kind === "key") && s.target.text === name) return s.span
    if (s.kind === "let" && s.name.text === name) return s.span
  }
  return fallback
}

/** A `let` that is asked for while it is being made; `open`: those being made, outermost first. */
function cyclicLet(
  name: { readonly text: string; readonly span: Span },
  variable: number,
  open: readonly string[],
  ctx: Context,
): void {
  const { text } = name
  const cycle = [...open.slice(open.indexOf(text)), text].join(" → ")
  const here = place(ctx, name.span)
  ctx.state.report(diagnostic("FM4107", { cycle }, here, { label: "needs itself" }))
  // Who asked gets a value about which nothing more is said.
  const unknown = { kind: "error" } as const
  ctx.scope.names.set(text, {
    kind: "value",
    name: text,
    variable,
    type: unknown,
    maybe: false,
    place: here,
    used: true,
    isLet: true,
  })
}

function unusedLets(statements: readonly PlainStatement[], ctx: Context): void {
  for (const statement of statements) {
    if (statement.kind !== "let") continue
    const binding = ctx.scope.names.get(statement.name.text)
    if (binding?.kind === "value" && !binding.used) {
      ctx.state.deferred.push(
        diagnostic("FM4108", { name: statement.name.text }, place(ctx, statement.name.span), {
          label: "never used",
          help: "Remove it.",
        }),
      )
    }
  }
}

interface Targets {
  readonly fields: Map<string, AssignStatement | KeyStatement>
  failed: boolean
}

/** Which statement assigns which field; what is unknown, doubled, computed, left without reason or forgotten. */
function collectTargets(
  statements: readonly PlainStatement[],
  scope: BlockScope,
  title: string,
  head: Span,
  ctx: Context,
): Targets {
  const { shape } = scope
  const targets: Targets = { fields: new Map(), failed: false }
  const report = (d: Parameters<typeof ctx.state.report>[0]): void => {
    targets.failed = true
    ctx.state.report(d)
  }
  const places = new Map<string, Span>()
  const known = (name: string, at: Span): BoundField | null => {
    const field = shape.fields.find(f => f.name === name)
    if (field !== undefined) return field
    if (shape.broken) {
      targets.failed = true
      return null
    }
    const close = suggest(
      name,
      shape.fields.map(f => f.name),
    )
    report(
      diagnostic("FM4103", { field: name, target: recordHere(shape, ctx) }, place(ctx, at), {
        label: "no such field",
        related: [{ place: shape.place, text: "its fields are declared here" }],
        ...(close === undefined
          ? {}
          : { help: `Did you mean "${close}"?`, edits: [{ place: place(ctx, at), text: close }] }),
      }),
    )
    return null
  }
  const once = (name: string, at: Span): boolean => {
    const before = places.get(name)
    if (before === undefined) {
      places.set(name, at)
      return true
    }
    report(
      diagnostic("FM4102", { field: name }, place(ctx, at), {
        label: "again here",
        related: [{ place: place(ctx, before), text: "already said here" }],
      }),
    )
    return false
  }
  for (const statement of statements) {
    if (statement.kind === "assign" || statement.kind === "key") {
      const field = known(statement.target.text, statement.target.span)
      if (field === null || !once(field.name, statement.target.span)) continue
      if (field.computed) {
        const code = field.createOnly ? "FM4189" : "FM4104"
        const mark = field.createOnly ? "create only" : "computed"
        report(
          diagnostic(code, { field: field.name }, place(ctx, statement.target.span), {
            label: "assigned here",
            related: [{ place: field.place, text: `marked \`${mark}\`` }],
          }),
        )
      }
      targets.fields.set(field.name, statement)
    } else if (statement.kind === "leave") {
      for (const name of statement.fields) {
        const field = known(name.text, name.span)
        if (field === null || !once(field.name, name.span)) continue
        scope.left.add(field.name)
        if (!field.optional && field.default === null && !field.computed) {
          report(
            diagnostic("FM4105", { field: field.name }, place(ctx, name.span), {
              label: "left here",
              related: [{ place: field.place, text: "declared without `?`" }],
            }),
          )
        }
      }
    }
  }
  const hole = statements.some(s => s.kind === "errorStatement")
  if (shape.union !== undefined) {
    if (!hole && !targets.failed) oneKind(targets, shape, title, head, ctx, report)
    return targets
  }
  for (const field of shape.fields) {
    if (field.computed || targets.fields.has(field.name) || scope.left.has(field.name) || hole) continue
    report(
      diagnostic("FM4101", { field: field.name, target: title }, place(ctx, head), {
        label: "makes this record",
        related: [{ place: field.place, text: field.optional ? "wanted or left" : "wanted" }],
        help: field.optional
          ? `Assign it, or \`leave ${field.name} because "…"\`.`
          : `Assign it: \`${field.name} = …\`.`,
      }),
    )
  }
  return targets
}

/** Of a union exactly one kind is made. */
function oneKind(
  targets: Targets,
  shape: BoundShape,
  title: string,
  head: Span,
  ctx: Context,
  report: (d: Parameters<typeof ctx.state.report>[0]) => void,
): void {
  const kinds = shape.fields.map(field => field.name)
  const [first, second] = [...targets.fields.values()]
  if (first === undefined)
    report(
      diagnostic("FM4101", { field: kinds.join('" or "'), target: title }, place(ctx, head), {
        label: "makes this record",
        related: [{ place: shape.place, text: "one of its kinds" }],
        help: `Assign one of them: \`${kinds[0] ?? ""} = …\`.`,
      }),
    )
  else if (second !== undefined)
    report(
      diagnostic(
        "FM4173",
        { union: nameHere(shape, ctx), kinds: kinds.join(" or ") },
        place(ctx, second.target.span),
        { label: "a second one", related: [{ place: place(ctx, first.target.span), text: "the first" }] },
      ),
    )
}

/** The first line's worth of a long body. */
function headOf(span: Span): Span {
  return { start: span.start, end: Math.min(span.end, span.start + 1) }
}
