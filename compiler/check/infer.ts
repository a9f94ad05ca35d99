// The record type of a literal nobody declared: a `let` of a record or of an `each`. Flows in: the literal. Flows out: a
// record type whose fields are what the literal assigns, in order.
import { diagnostic, type FieldDeclaration, type RecordExpression, type Span } from "@fmap/grammar"
import { declaredId } from "../plan/declared-id.ts"
import type { BoundField, BoundShape } from "../resolve/model.ts"
import type { RecordType, Type } from "../types/type.ts"
import { spreadChoices } from "./choose.ts"
import { type BlockScope, type Context, childScope, place, type Scope, type State } from "./context.ts"
import { checkExpression } from "./expression.ts"
import { shareOf } from "./expressions/share.ts"
import { takeApart } from "./take-apart.ts"
import { namesUnit, normalize, unitKey } from "./units.ts"
import { widened } from "./values.ts"

export function inferShape(node: RecordExpression, ctx: Context): RecordType | null {
  const trial: State = {
    ...ctx.state,
    report: () => undefined,
    variables: [...ctx.state.variables],
    codes: [],
    skips: [],
    rounded: [],
    truncated: [],
    left: [],
    ignored: [],
    claims: [],
    fieldRules: [],
    deferred: [],
    tracker: { reads: new Set() },
    inferred: [],
    payloads: new Map(ctx.state.payloads),
    carries: [],
    groups: new Map(ctx.state.groups),
    origins: new Map(ctx.state.origins),
    roots: new Map(ctx.state.roots),
  }
  const name = `${ctx.field?.name ?? "record"}@${node.span.start}${calledIn(ctx)}`
  const block: BlockScope = {
    root: --trial.counters.root,
    rootName: "record",
    shape: emptyShape(name, node.span, ctx),
    system: null,
    fields: new Map(),
    left: new Set(),
  }
  const inner = childScope({ ...ctx, state: trial }, block)
  const fields: BoundField[] = []
  const currencies = new Map<string, string>()
  for (const statement of spreadChoices(takeApart(node.statements, inner))) {
    if (statement.kind === "let") {
      const value = checkExpression(statement.value, inner, null)
      const variable =
        trial.variables.push({ name: statement.name.text, type: value.plan.type, maybe: value.maybe }) - 1
      inner.scope.names.set(statement.name.text, {
        kind: "value",
        name: statement.name.text,
        variable,
        type: widened(value.type),
        maybe: value.maybe,
        place: place(ctx, statement.name.span),
        used: true,
        isLet: true,
      })
    }
    if (statement.kind !== "assign") continue
    const share = shareOf(statement.value)
    const site = share === null ? undefined : { ...share, target: null, put: () => undefined }
    const value = checkExpression(share?.value ?? statement.value, { ...inner, share: site }, null)
    if (value.type.kind === "never" || value.type.kind === "error") {
      // The second pass gives the error itself; here only say so when there is none.
      if (value.type.kind === "never") {
        ctx.state.report(
          diagnostic("FM3128", {}, place(ctx, statement.value.span), { label: "never a value" }),
        )
      }
    }
    const type = widened(value.type)
    const variable =
      trial.variables.push({ name: statement.target.text, type: value.plan.type, maybe: value.maybe }) - 1
    block.fields.set(statement.target.text, {
      field: statement.target.text,
      variable,
      type,
      maybe: value.maybe,
    })
    if (namesUnit(type) && value.stable !== null)
      currencies.set(unitKey(normalize({ kind: "path", ...value.stable }, trial)), statement.target.text)
    fields.push(inferredField(statement.target.text, statement.target.span, type, value.maybe, ctx))
  }
  const shape: BoundShape = {
    ...emptyShape(name, node.span, ctx),
    fields: fields.map(f => carried(f, currencies, ctx)),
  }
  const id = `${name}#${ctx.state.inferred.length}`
  ctx.state.inferred.push({ id, shape })
  return { kind: "record", shape, arguments: [], system: null }
}

/** What is called is written out for each call, with types of its own. */
function calledIn(ctx: Context): string {
  return ctx.call === undefined ? "" : `@${ctx.call}`
}

/** A record type nobody wrote: the keys of a group, the rows of several generators. */
export function madeUp(
  name: string,
  members: readonly {
    readonly name: string
    readonly span: Span
    readonly type: Type
    readonly optional: boolean
  }[],
  span: Span,
  ctx: Context,
): RecordType {
  const shape: BoundShape = {
    ...emptyShape(`${name}@${span.start}${calledIn(ctx)}`, span, ctx),
    fields: members.map(member => inferredField(member.name, member.span, member.type, member.optional, ctx)),
  }
  ctx.state.inferred.push({ id: shape.id, shape })
  return { kind: "record", shape, arguments: [], system: null }
}

/** Was the type made up here? Such a shape has fields and no declaration. */
export function isInferred(type: RecordType): boolean {
  return type.shape.node.members.length === 0 && type.shape.fields.length > 0
}

/** An amount in a row's currency stays one when the record carries that currency in a field of its own. */
function carried(field: BoundField, currencies: ReadonlyMap<string, string>, ctx: Context): BoundField {
  const { type } = field
  if (type.kind !== "number" || type.unit?.kind !== "path" || !isRow(type.unit.root, ctx)) return field
  const name = currencies.get(unitKey(normalize(type.unit, ctx.state)))
  return name === undefined ? field : { ...field, type: { ...type, unit: { kind: "field", path: [name] } } }
}

function isRow(root: number, ctx: Context): boolean {
  for (let scope: Scope | null = ctx.scope; scope !== null; scope = scope.parent) {
    for (const binding of scope.names.values()) {
      if (binding.kind === "value" && binding.variable === root)
        return !binding.isLet && scope.parent !== null
    }
  }
  return false
}

function emptyShape(name: string, span: Span, ctx: Context): BoundShape {
  const here = place(ctx, span)
  return {
    kind: "shape",
    // Two files may have such a record at the same offset.
    id: declaredId(name, ctx.file, false),
    name,
    file: ctx.file,
    place: here,
    broken: false,
    isContract: false,
    system: null,
    direction: "both",
    events: null,
    parameters: [],
    fields: [],
    derives: [],
    checks: [],
    fieldRules: [],
    profiles: [],
    answers: null,
    node: {
      kind: "record",
      docs: [],
      name: { text: name, span, quoted: true },
      parameters: [],
      members: [],
      span,
    },
  }
}

function inferredField(
  name: string,
  span: { start: number; end: number },
  type: BoundField["type"],
  optional: boolean,
  ctx: Context,
): BoundField {
  const node: FieldDeclaration = {
    kind: "field",
    docs: [],
    name: { text: name, span, quoted: false },
    optional,
    type: { kind: "errorType", span },
    modifiers: [],
    span,
  }
  return {
    name,
    node,
    place: place(ctx, span),
    type,
    optional,
    key: false,
    pii: false,
    confidential: false,
    clearable: false,
    computed: false,
    createOnly: false,
    writeOnly: false,
    default: null,
  }
}
