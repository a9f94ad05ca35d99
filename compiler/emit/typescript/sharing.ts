// Rows that divide a total among themselves. A first loop runs every row up to its first share and keeps what was read and
// computed; then the parts are known, and a loop for each share goes on with the rows. Flows in: an `each` whose body holds
// shares. Flows out: its loops.
import { boundVariables } from "../../plan/bound-variables.ts"
import type { PlanExpression, PlanStep, VariableId } from "../../plan/index.ts"
import { type Captured, capture, nothingCaptured, store } from "./captured.ts"
import { BrokenPlan } from "./context.ts"
import { evaluate, evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  numberType,
  type Operand,
  poisonType,
  power,
  valueOf,
  widened,
} from "./flow.ts"
import {
  add,
  array,
  assign,
  binary,
  call,
  cast,
  comment,
  concat,
  conditional,
  constant,
  index,
  invoke,
  leave,
  list,
  member,
  name,
  named,
  no,
  nothing,
  number,
  object,
  run,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js, JsStatement, TsType } from "./javascript/nodes.ts"
import { recordForms, runSteps } from "./records.ts"
import { type Loops, loops, type Mark, type RowExit } from "./rows.ts"
import { sortedRows } from "./sorting.ts"
import { variablesIn } from "./variables-in.ts"

type Each = PlanExpression & { readonly kind: "each" }
type Body = PlanExpression & { readonly kind: "record" }
type Share = PlanStep & { readonly kind: "share" }

/** The list that is made. */
export interface Made {
  /** Rows that stand in it already: pointers count them, `position` does not (slow). */
  readonly count: Js
  /** What the pointers of its rows begin with. */
  readonly pointer: Js
  readonly push: (flow: Flow, row: Operand) => void
}

/** A loop that shares by itself, by its depth: the number of its current run. */
export type Counters = ReadonlyMap<number, string>

/** Null: the rows share nothing. */
export function sharingBody({ body }: Each): Body | null {
  return body.kind === "record" && body.block.steps.some(step => step.kind === "share") ? body : null
}

interface Sharing {
  readonly node: Each
  readonly body: Body
  readonly made: Made
  readonly counters: Counters
  /** The rows of the list before this `each`, in a constant (slow). */
  readonly before: string
  readonly state: { loops: Loops }
}

/** The rows that wait for one share. */
interface Stage {
  readonly share: Share
  readonly place: number
  readonly kept: string
  readonly captured: Captured
  readonly rebind: ((row: Flow, of: string) => void)[]
  /** Bounds the parts in the fast way. */
  readonly total: { bound: bigint }
}

export function sharingRows(flow: Flow, node: Each, body: Body, made: Made): Loops {
  const { steps } = body.block
  const counters = new Map<number, string>()
  for (const step of steps) {
    if (step.kind !== "share" || step.within === 0 || counters.has(step.within)) continue
    const id = flow.names.fresh("run")
    counters.set(step.within, id)
    emit(flow, variable(id, named("number"), number(0)))
  }
  const before = flow.names.fresh("before")
  if (flow.mode === "slow") emit(flow, constant(before, made.count))
  const state = { loops: { absent: null, poisoned: null } as Loops }
  const sharing: Sharing = { node, body, made, counters, before, state }
  const stages = steps.flatMap((step, place) => (step.kind === "share" ? [openStage(flow, step, place)] : []))
  stages.forEach((stage, turn) => {
    const write = (outer: Flow): void => {
      const earlier = stages[turn - 1]
      if (earlier === undefined) firstRows(outer, sharing, stage)
      else laterRows(outer, sharing, earlier, stage)
    }
    const statements = branch(flow, write)
    emit(flow, constant(stage.kept, array([]), null, list(keptType(stage), false)))
    emit(flow, ...statements)
  })
  const last = stages.at(-1)
  if (last !== undefined) laterRows(flow, sharing, last, null)
  return state.loops
}

function openStage(flow: Flow, share: Share, place: number): Stage {
  return {
    share,
    place,
    kept: flow.names.fresh("waiting"),
    captured: nothingCaptured(),
    rebind: [],
    total: { bound: 0n },
  }
}

function keptType({ captured }: Stage): TsType {
  return { kind: "shape", members: captured.types }
}

/** Every kept row, up to its first share. */
function firstRows(flow: Flow, sharing: Sharing, stage: Stage): void {
  const { node, body, counters } = sharing
  const runRow = (row: Flow, mark: Mark, label: string): void => {
    const done = member(name(stage.kept), "length")
    if (node.position !== null) {
      const id = row.names.fresh("position")
      const position = binary("+", done, number(1))
      emit(row, constant(id, row.mode === "slow" ? call("BigInt", position) : position))
      const type = { kind: "number", digits: 9, scale: 0, rational: false } as const
      row.variables.set(node.position, valueOf(name(id), type, { bound: 999999999n }))
    }
    const inner = placed(row, sharing, done, mark, label)
    runSteps(inner, body.block, body.shape, 0, stage.place)
    keepRow(inner, sharing, stage)
  }
  // Rows whose join leaves by a way out have places of their own.
  const left =
    node.generators.some(({ join }) => join !== undefined) && flow.mode === "slow"
      ? flow.names.fresh("left")
      : null
  if (left !== null) emit(flow, variable(left, named("number"), number(0)))
  const leave: RowExit = (row, mark, label, exit) => {
    if (left === null) {
      emit(row, giveUp)
      return
    }
    const place = binary("+", member(name(stage.kept), "length"), name(left))
    const count = (): readonly JsStatement[] => [...mark(), add(name(left), number(1))]
    evaluate(placed(row, sharing, place, count, label), exit, "left")
  }
  sharing.state.loops =
    node.sort.length > 0
      ? sortedRows(flow, node, runRow, { leave, counters })
      : loops(flow, node.generators, node.where, runRow, { leave, counters })
}

/** The parts of one share, and every row from there to the next one or to its end. */
function laterRows(flow: Flow, sharing: Sharing, stage: Stage, next: Stage | null): void {
  const { body, made, counters } = sharing
  const { block, shape } = body
  emit(flow, comment(`share  ${flow.module.index.position(stage.share.at)}`))
  const parts = partsOf(flow, sharing, stage)
  const at = flow.names.fresh("i")
  const label = flow.names.fresh("sharedRow")
  const statements = branch(flow, row => {
    const id = row.names.fresh("row")
    emit(row, constant(id, cast(index(name(stage.kept), name(at)), keptType(stage))))
    for (const counter of counters.values())
      emit(row, assign(name(counter), member(name(id), `${counter}At`)))
    for (const bind of stage.rebind) bind(row, id)
    bindPart(row, stage, index(parts, name(at)))
    const inner = placed(row, sharing, name(at), () => [], label)
    runSteps(inner, block, shape, stage.place + 1, next?.place ?? block.steps.length)
    if (next === null) made.push(inner, recordForms(inner, block, shape, "row"))
    else keepRow(inner, sharing, next)
  })
  emit(flow, {
    kind: "loop",
    label,
    index: at,
    limit: member(name(stage.kept), "length"),
    body: statements,
    at: stage.share.at,
  })
}

/** A row that stands at `done` rows after those before. */
function placed(row: Flow, { made, before }: Sharing, done: Js, mark: Mark, label: string): Flow {
  if (row.mode === "fast") return row
  const pointer = row.names.fresh("rowPointer")
  const position: Js = binary("+", name(before), done)
  emit(row, constant(pointer, concat(concat(made.pointer, string("/")), position)))
  return {
    ...row,
    place: { ...row.place, pointer: name(pointer), under: null },
    poison: () => [...mark(), { kind: "continue", label }],
    skip: () => [{ kind: "continue", label }],
  }
}

/** Puts a row to those that wait for the share, with all that is asked of it later. */
function keepRow(flow: Flow, sharing: Sharing, stage: Stage): void {
  const { node, body, counters } = sharing
  const { share, captured } = stage
  const figures = flow.mode === "slow" ? union(named("bigint"), poisonType(flow)) : named("number")
  const weight = figureOf(flow, share.weight, scaleOf(share.weight), "weight")
  store(captured, "weight", weight.js, figures)
  if (share.within > 0) {
    const total = figureOf(flow, share.total, share.scale, "total", share.coin.currency)
    stage.total.bound = total.bound
    store(captured, "run", name(counters.get(share.within) ?? ""), named("number"))
    store(captured, "total", total.js, figures)
    store(captured, "coin", coinOf(flow, share), numberType(flow))
  }
  for (const counter of counters.values()) store(captured, `${counter}At`, name(counter), named("number"))
  for (const id of laterVariables(node, body, stage.place)) {
    const operand = flow.variables.get(id)
    if (operand === undefined) continue
    const back = capture(flow, captured, operand)
    stage.rebind.push((row, of) => row.variables.set(id, back(of)))
  }
  emit(flow, run(invoke(name(stage.kept), "push", object(captured.members, false))))
}

/** The variables of a row that are known at a step and read after it. */
function laterVariables(
  { generators, position }: Each,
  { block }: Body,
  place: number,
): readonly VariableId[] {
  const known = generators.flatMap(boundVariables)
  if (position !== null) known.push(position)
  for (const step of block.steps.slice(0, place)) if ("variable" in step) known.push(step.variable)
  const derived = block.steps.flatMap(step => (step.kind === "derive" ? [step.variable] : []))
  const later = variablesIn([block.steps.slice(place + 1), block.fields])
  return known.filter(id => later.has(id) || derived.includes(id))
}

/** A figure at a scale, in a name; slow: poison where it failed, or where the currency it is divided in did. */
function figureOf(
  flow: Flow,
  node: PlanExpression,
  scale: number,
  hint: string,
  currency: PlanExpression | null = null,
): { readonly js: Js; readonly bound: bigint } {
  const write = (inner: Flow): { readonly js: Js; readonly bound: bigint } => {
    const value = evaluateValue(inner, node, hint)
    if (value === null) throw new BrokenPlan("A share divides figures.")
    return widened(inner, value, scale)
  }
  if (flow.mode === "fast") {
    const value = write(flow)
    return { ...value, js: atom(flow, value.js, hint) }
  }
  const slot = flow.names.fresh(hint)
  const label = flow.names.fresh(`${hint}Step`)
  const type = union(named("bigint"), poisonType(flow))
  emit(flow, variable(slot, type, name(flow.module.runtime("poison"))))
  const body = branch({ ...flow, poison: () => [leave(label)] }, inner => {
    if (currency !== null) evaluateValue(inner, currency, "currency")
    emit(inner, assign(name(slot), write(inner).js))
  })
  emit(flow, { kind: "block", label, body, at: node.at })
  return { js: cast(name(slot), type), bound: 0n }
}

function scaleOf({ type }: PlanExpression): number {
  return type.kind === "number" ? type.scale : 0
}

/** How many units of the parts' scale the smallest part has. A currency that failed has poisoned the total (`figureOf`). */
function coinOf(flow: Flow, { coin, scale }: Share): Js {
  if (coin.currency === null) return power(flow, scale - coin.digits)
  const fast = flow.mode === "fast"
  const write = (inner: Flow): Js => {
    const currency = evaluateValue(inner, coin.currency as PlanExpression, "currency")
    if (currency === null) throw new BrokenPlan("A share has no currency.")
    return inner.module.call(fast ? "coinFast" : "coinOf", number(scale), number(coin.digits), currency.js)
  }
  if (fast) return write(flow)
  const slot = flow.names.fresh("coin")
  const label = flow.names.fresh("coinStep")
  emit(flow, variable(slot, named("bigint"), { kind: "bigint", value: 1n }))
  const body = branch({ ...flow, poison: () => [leave(label)] }, inner =>
    emit(inner, assign(name(slot), write(inner))),
  )
  emit(flow, { kind: "block", label, body, at: coin.currency.at })
  return name(slot)
}

function partsOf(flow: Flow, { state }: Sharing, stage: Stage): Js {
  const { share, kept } = stage
  const { rule, equally } = share
  const how = flow.module.constant({ rule, equally }, "sharing", "Sharing")
  const parts = flow.names.fresh("parts")
  const unknown = state.loops.poisoned ?? no
  const fast = flow.mode === "fast"
  if (share.within > 0) {
    const js = fast
      ? flow.module.call("shareRunsFast", name(kept), how)
      : flow.module.call("shareRuns", name(kept), unknown, how)
    emit(flow, constant(parts, js, share.at))
  } else {
    const total = figureOf(flow, share.total, share.scale, "total", share.coin.currency)
    stage.total.bound = total.bound
    const coin = coinOf(flow, share)
    const known =
      unknown.kind === "word" ? total.js : conditional(unknown, name(flow.module.runtime("poison")), total.js)
    emit(
      flow,
      constant(
        parts,
        flow.module.call(fast ? "shareRowsFast" : "shareRows", known, name(kept), coin, how),
        share.at,
      ),
    )
  }
  if (fast) emit(flow, when(binary("===", name(parts), nothing), [giveUp]))
  return name(parts)
}

function bindPart(row: Flow, { share, total }: Stage, part: Js): void {
  const declared = row.declared[share.variable]
  if (declared === undefined) throw new BrokenPlan("A share has no variable.")
  const id = row.names.fresh("part")
  const slow = row.mode === "slow"
  const types: TsType[] = [numberType(row)]
  if (slow) types.push(poisonType(row))
  if (slow && declared.maybe) types.push(named("undefined"))
  emit(row, constant(id, cast(part, union(...types))))
  row.variables.set(
    share.variable,
    valueOf(name(id), declared.type, {
      poison: slow,
      missing: slow && declared.maybe,
      ...(slow ? {} : { bound: total.bound }),
    }),
  )
}
