// An expression of a flow becomes a question: a map of its own from the binders it reads to one value. Flows in: the expression, what it may
// name and the type that is wanted. Flows out: the question; its map stands in the Plan beside the flow. So everything that knows maps
// (interpreter, emitters, lineage, codes) knows flows.
import {
  type ControlStatement,
  diagnostic,
  type Expression,
  type MapDeclaration,
  type Span,
  type Statement,
} from "@fmap/grammar"
import type { Question } from "@fmap/runtime/flow"
import type { BoundMap, BoundShape, BoundSystem } from "../../resolve/model.ts"
import type { RecordType } from "../../types/type.ts"
import { bothFacts } from "../checked.ts"
import { type Context, withFacts } from "../context.ts"
import { equalitiesOfShape } from "../equalities.ts"
import { checkMap } from "../map.ts"
import { valueType } from "../values.ts"
import { type Binder, type FlowEnvironment, looksUp, placeOf, type Visible } from "./environment.ts"
import { keepShape, type MadeField, madeShape } from "./made-shape.ts"
import { namesIn } from "./names-in.ts"

export interface Asking {
  /** Names it in the flow: `when`, `account.by`, `accepted.tranId`. */
  readonly part: string
  readonly value: Expression
  /** Asked for its own way out: the value is true then. */
  readonly control?: ControlStatement
  readonly wanted: Omit<MadeField, "name">
  /** Whose wire forms the value has; absent: the language's own. */
  readonly system?: BoundSystem | null
  readonly visible: Visible
  /** Completes "… cannot be held or rejected"; null: it may. */
  readonly noExit: string | null
  /** People read it: personal data is masked. */
  readonly message?: true
}

export function ask(given: Asking, env: FlowEnvironment): Question | null {
  const { flow, made } = env
  const asking = { ...given, value: givenRows(given) }
  const { span } = asking.control ?? asking.value
  const place = placeOf(env, span)
  const name = questionName(`${flow.name}.${asking.part}`, env)
  const label = labelOf(asking)
  const statements = statementsOf(asking, label, span)
  const binders = bindersIn(statements, label, asking.visible, env)
  if (binders === null) return null
  const scope = madeShape(
    `${name}.scope`,
    binders.map(binder => ({ name: binder.name, type: binder.type, optional: binder.maybe })),
    place,
  )
  const target = madeShape(
    `${name}.value`,
    [{ ...asking.wanted, name: label, wireName: "value" }],
    place,
    asking.system ?? null,
  )
  const map: BoundMap = {
    kind: "map",
    node: mapNode(name, statements, span, env),
    name,
    file: flow.file,
    place,
    broken: false,
    sources: [{ name: "scope", shape: scope, arguments: [], role: null, place }],
    givens: [],
    target: { name: "answer", shape: target, place },
    patch: false,
  }
  const state = env.newState(name)
  const before = env.errors()
  const plan = checkMap(map, {
    state,
    names: env.names,
    fileIndex: env.fileIndex,
    rulesOf: env.rulesOf,
    shaky: flow.broken,
    errors: env.errors,
    question: (ctx, variable) => opened(ctx, variable, scope, binders, asking, env),
  })
  if (plan === null || env.errors() > before) return null
  made.questions.push(plan)
  looksUp(asking.part, plan.crosswalks, env)
  keepShape(scope, env)
  keepShape(target, env)
  for (const { shape } of state.inferred) keepShape(shape, env)
  for (const { code, verb, origin } of plan.codes)
    if (verb === "hold" || verb === "reject")
      made.codes.push({ code, verb, origin, from: `"${asking.part}"`, place })
  const reads = new Set(plan.sources[0]?.binding.reads.map(read => read.field))
  return { map: name, reads: binders.map(binder => binder.name).filter(binder => reads.has(binder)) }
}

/** The same part may be asked several things. */
function questionName(name: string, { made }: FlowEnvironment): string {
  const taken = new Set(made.questions.map(question => question.name))
  let free = name
  for (let i = 2; taken.has(free); i++) free = `${name}.${i}`
  return free
}

/** What is wanted, as messages call it: the parameter of a map, the field that is read by. Where the expression has a row of that name, it means the row. */
function labelOf({ part, visible, value }: Asking): string {
  const last = part.split(".").at(-1) ?? "value"
  const rows = rowsIn([value, ...[...visible.lets.values()].map(({ node }) => node.value)])
  return visible.lets.has(last) || visible.binders.has(last) || rows.has(last) ? "value" : last
}

/** Names that `each`, `group` and their like give rows. */
function rowsIn(node: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(node)) for (const each of node) rowsIn(each, found)
  if (typeof node !== "object" || node === null || Array.isArray(node)) return found
  if ("binder" in node && typeof node.binder === "object" && node.binder !== null && "text" in node.binder)
    found.add(String(node.binder.text))
  for (const below of Object.values(node)) rowsIn(below, found)
  return found
}

/** Records are made as they are wanted: those of a `let` as if they stood where its name stands. */
function givenRows({ value, wanted: { type }, visible }: Asking): Expression {
  const rows = type.kind === "list" ? type.of : type
  const passed = new Set<string>()
  let found = value
  while (rows.kind === "record" && found.kind === "name") {
    const { text } = found.name
    const named = visible.lets.get(text)
    // One that means itself is told of where it stands.
    if (named === undefined || passed.has(text)) break
    passed.add(text)
    named.used = true
    found = named.node.value
  }
  return found
}

/** The `let`s it needs, then the value. */
function statementsOf({ value, control, visible }: Asking, label: string, span: Span): readonly Statement[] {
  const needed = new Set<string>()
  const visit = (node: unknown): void => {
    for (const name of namesIn(node)) {
      const found = visible.lets.get(name)
      if (found === undefined || needed.has(name)) continue
      needed.add(name)
      found.used = true
      visit(found.node.value)
    }
  }
  visit(value)
  if (control !== undefined) visit(control)
  const lets = [...visible.lets].flatMap(([name, { node }]) => (needed.has(name) ? [node] : []))
  const target = { text: label, span, quoted: true }
  return [
    ...lets,
    ...(control === undefined ? [] : [control]),
    { kind: "assign", docs: [], target, value, because: null, span },
  ]
}

/** What the statements read of the flow; null where one of it has no value. */
function bindersIn(
  statements: readonly Statement[],
  label: string,
  { binders, lets }: Visible,
  env: FlowEnvironment,
): readonly Binder[] | null {
  const names = namesIn(statements.map(statement => ({ ...statement, name: null, target: null })))
  // The field of the answer is no name of the flow.
  if (names.has(label) && !binders.has(label) && !lets.has(label)) {
    const span = statements.at(-1)?.span ?? { start: 0, end: 0 }
    env.report(diagnostic("FM2501", { name: label }, placeOf(env, span), { label: "no name of this flow" }))
    return null
  }
  const read = [...binders.values()].filter(binder => names.has(binder.name))
  for (const binder of read) binder.use.seen = true
  const empty = read.find(binder => binder.valueless !== null)
  if (empty === undefined) return read
  env.report(
    diagnostic(
      "FM7114",
      { name: empty.name, why: empty.valueless ?? "" },
      placeOf(env, statements.at(-1)?.span ?? empty.place.span),
      { related: [{ place: empty.place, text: "named here" }] },
    ),
  )
  return null
}

function mapNode(
  name: string,
  statements: readonly Statement[],
  span: Span,
  { flow }: FlowEnvironment,
): MapDeclaration {
  return {
    kind: "map",
    docs: [],
    name: { text: name, span, quoted: true },
    patch: null,
    profile: null,
    version: flow.node.version,
    sources: [],
    givens: [],
    target: null,
    owner: null,
    per: null,
    statements,
    collect: null,
    totals: [],
    controls: [],
    headerSpan: span,
    span,
  }
}

/** The binders by their names, each a member of the one source. */
function opened(
  ctx: Context,
  variable: number,
  scope: BoundShape,
  binders: readonly Binder[],
  asking: Asking,
  env: FlowEnvironment,
): Context {
  const { state } = ctx
  const record: RecordType = { kind: "record", shape: scope, arguments: [], system: null }
  ctx.scope.names.clear()
  let inner: Context = {
    ...ctx,
    noExit: asking.noExit,
    ...(asking.message === true ? { message: true } : {}),
  }
  for (const binder of binders) {
    const { name, type, maybe, place } = binder
    const path = [name]
    ctx.scope.names.set(name, {
      kind: "value",
      name,
      instead: {
        plan: {
          kind: "field",
          of: {
            kind: "variable",
            variable,
            type: valueType(record, state),
            maybe: false,
            at: env.at(place),
          },
          field: name,
          narrowed: false,
          type: valueType(type, state),
          maybe,
          at: env.at(place),
        },
        stable: { root: variable, rootName: env.flow.name, path },
      },
      variable,
      type,
      maybe,
      place,
      used: true,
      isLet: false,
    })
    if (type.kind === "record")
      inner = withFacts(inner, bothFacts(inner.facts, equalitiesOfShape(type.shape, variable, path)))
  }
  return inner
}
