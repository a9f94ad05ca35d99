// One map, whole: header, body, key, reads, codes, report. Flows in: a bound map. Flows out: a PlanMap, or null with errors reported.

import { diagnostic, type Span, type Statement } from "@fmap/grammar"
import { type Child, childrenOf, childrenOfBlock } from "../plan/children.ts"
import type {
  PlanBinding,
  PlanCode,
  PlanExpression,
  PlanMap,
  PlanSetControl,
  VariableId,
} from "../plan/index.ts"
import { sourceType } from "../resolve/bind-map.ts"
import type { BoundMap, BoundShape } from "../resolve/model.ts"
import type { RecordType, Unit } from "../types/type.ts"
import { checkBlock } from "./block.ts"
import { type Context, emptyContext, place, type State, withFacts } from "./context.ts"
import { contractCodes } from "./contract-codes.ts"
import { equalitiesOfShape } from "./equalities.ts"
import { checkGroupKey, checkKey } from "./key.ts"
import { nameHere } from "./name-here.ts"
import { patchBlock } from "./patch.ts"
import { payloadCodes, type RecordRead, wireCodes } from "./payload-codes.ts"
import { bindingOf, collectReads, type ReadNode, type ShapeRules } from "./reads.ts"
import { reasonText } from "./reason-text.ts"
import { rootOf } from "./rows.ts"
import { checkCollect } from "./sets/collect.ts"
import { collectCodes } from "./sets/collect-codes.ts"
import { checkTotals, newFigures, totalAmounts } from "./sets/figures.ts"
import { checkSetControl } from "./sets/set-controls.ts"
import { unitExpression } from "./units.ts"
import { unreadFields, type Walked } from "./unread.ts"
import { valueType } from "./values.ts"

export interface MapEnvironment {
  readonly state: State
  readonly names: Context["names"]
  readonly fileIndex: number
  readonly rulesOf: (shape: BoundShape) => ShapeRules
  /** Is anything the map depends on already wrong? Then nothing is said about what is unused. */
  readonly shaky: boolean
  readonly errors: () => number
  /** Of a question of a flow: gives the members of its one source names of their own. */
  readonly question?: (ctx: Context, scope: VariableId) => Context
}

export function checkMap(map: BoundMap, environment: MapEnvironment): PlanMap | null {
  const { state } = environment
  const node = map.node
  const before = environment.errors()
  let ctx: Context = emptyContext(map.file, environment.names, state)
  const target = map.target
  // A header without an end has its own error already.
  if (target === null || map.sources.length === 0) return null
  const bound = map.sources.map(source => {
    const type = sourceType(source)
    const variable = bind(source.name, type, false, source.place.span, ctx, target, source.role === "set")
    rootOf(variable, type, ctx)
    if (source.role === "set") return { source, variable }
    state.payloads.set(variable, {
      shape: source.shape,
      system: source.shape.system,
      arguments: source.arguments,
    })
    ctx = withFacts(ctx, equalitiesOfShape(source.shape, variable))
    return { source, variable }
  })
  const sources = bound.filter(({ source }) => source.role !== "set")
  const sets = bound.filter(({ source }) => source.role === "set")
  const row = bound.find(({ source }) => source.role === "each") ?? null
  const givens = map.givens.map(given => {
    const variable = bind(given.name, given.type, false, given.place.span, ctx, target)
    rootOf(variable, given.type, ctx)
    return { given, variable }
  })
  const [asked] = bound
  if (environment.question !== undefined && asked !== undefined)
    ctx = environment.question(ctx, asked.variable)
  // A way out of the record of a row leaves the row: `skip row` has one.
  if (row !== null) ctx = { ...ctx, inRow: true }
  const type: RecordType = { kind: "record", shape: target.shape, arguments: [], system: target.shape.system }
  if (map.patch) ctx = { ...ctx, patch: 0 }
  const checkedBlock = checkBlock(
    node.statements,
    type,
    (target.shape.partOf ?? target.shape).name,
    node.headerSpan,
    ctx,
    {
      text: target.name,
      span: target.place.span,
    },
  )
  const block =
    checkedBlock !== null && map.patch
      ? patchBlock(
          checkedBlock.block,
          sources.map(({ source, variable }) => ({ name: source.name, variable, shape: source.shape })),
          target.shape,
          field => (field === null ? null : assignedAt(node.statements, field)) ?? node.headerSpan,
          checkedBlock.inner,
        )
      : (checkedBlock?.block ?? null)
  const result = checkedBlock === null || block === null ? null : { ...checkedBlock, block }
  const collect =
    result === null || node.collect === null || row === null
      ? null
      : checkCollect(node.collect, result, row.variable, ctx)
  const key =
    result?.key == null
      ? null
      : node.collect === null
        ? checkKey(
            result.key.statement,
            sources.map(s => s.variable),
            result.inner,
          )
        : checkGroupKey(result.key.statement, node.collect, target.name, result.inner)
  skipsNeedControl(node.statements, state, ctx)
  conflictingCodes(state)
  if (result === null) return null
  const parts = childrenOfBlock(result.block)
  const rowBindings = collectBindings(parts)
  const setRows = rowsOfSets(
    parts,
    sets.map(({ variable }) => variable),
  )
  const payloads = new Map([...state.payloads, ...setRows.map(({ variable }) => [variable, null] as const)])
  const expressions = parts.map(part => part.expression)
  const figures = newFigures()
  const controls: PlanSetControl[] = []
  if (row !== null) {
    const rowType = { ...sourceType({ ...row.source, role: null }) } as RecordType
    const read = collectReads(expressions, payloads, state.origins).get(row.variable)
    totalAmounts(rowType, row.variable, read, figures, ctx)
    checkTotals(node.totals, row.variable, figures, ctx)
    const parts = {
      row: row.variable,
      rowType,
      target: target.shape,
      made: result.inner.scope.block?.root ?? null,
      figures,
    }
    controls.push(...node.controls.flatMap(control => checkSetControl(control, parts, ctx) ?? []))
  }
  const reads = collectReads(
    [...expressions, ...figures.all().figures.map(figure => figure.value), ...controls.flatMap(inputsOf)],
    payloads,
    state.origins,
  )
  const unitPlan = (unit: Unit): PlanExpression =>
    unitExpression(unit, ctx, node.headerSpan) ?? {
      kind: "missing",
      type: { kind: "never" },
      maybe: true,
      at: state.at(map.place),
    }
  const bindings = new Map(
    sources.map(({ source, variable }) => [
      variable,
      bindingOf(
        { shape: source.shape, system: source.shape.system, arguments: source.arguments },
        marksOf(reads, variable),
        source.arguments.map(unitPlan),
        {
          state,
          rulesOf: environment.rulesOf,
          unitPlan,
          root: variable,
          path: [],
        },
      ),
    ]),
  )
  const records: RecordRead[] = sources.map(({ source: { shape }, variable }) => ({
    shape,
    system: shape.system,
    reads: bindings.get(variable)?.reads ?? null,
  }))
  for (const row of rowBindings) {
    const payload = state.payloads.get(row.variable)
    if (payload === undefined) continue
    const filled = bindingOf(payload, marksOf(reads, row.variable), row.arguments, {
      state,
      rulesOf: environment.rulesOf,
      unitPlan,
      root: row.variable,
      path: [],
    })
    row.fill(filled.reads, filled.rules)
    records.push({ shape: payload.shape, system: payload.system, reads: filled.reads })
  }
  // A question reads what it needs: what is left unread is no loss.
  const { unread, findings } =
    environment.question === undefined
      ? unreadFields(bound, [...setRows, ...rowBindings], reads, state, map.place)
      : { unread: [], findings: [] }
  if (!environment.shaky && environment.errors() === before)
    for (const d of [...state.deferred, ...findings]) state.report(d)
  const codes = lawFive(state, [
    ...contractCodes(
      bound.map(s => s.source.shape),
      state,
    ),
    ...(collect === null ? [] : collectCodes(collect, target.shape)),
    ...payloadCodes(
      records,
      [...sets.map(({ source }) => sourceType(source)), ...givens.map(({ given }) => given.type)],
      bound.map(({ source }) => state.at(source.place)),
      state,
    ),
    ...wireCodes(target.shape, state),
  ])
  return {
    name: map.name,
    file: environment.fileIndex,
    docs: node.docs.join("\n"),
    at: state.at(map.place),
    version: node.version?.text ?? "",
    patch: map.patch,
    owner: reasonText(node.owner),
    per: reasonText(node.per),
    sources: sources.map(({ source, variable }) => {
      const binding = bindings.get(variable)
      if (binding === undefined) throw new Error("a source without a binding")
      return { name: source.name, variable, binding, at: state.at(source.place) }
    }),
    givens: givens.map(({ given, variable }) => ({
      name: given.name,
      variable,
      type: state.wireType(given.type),
      optional: false,
      at: state.at(given.place),
    })),
    target: {
      name: target.name,
      shape: state.shapeId(target.shape, target.shape.system),
      at: state.at(target.place),
    },
    crosswalks: [...state.crosswalks].sort(),
    calls: [...state.calls.maps]
      .map(called => ({ map: called.name, version: called.node.version?.text ?? "" }))
      .sort((a, b) => (a.map < b.map ? -1 : 1)),
    // Known once every shape is lowered: see lower/map-calendars.ts.
    calendars: [],
    variables: state.variables,
    body: result.block,
    set:
      row === null
        ? null
        : {
            each: row.source.name,
            sets: sets.map(({ source, variable }) => ({
              name: source.name,
              variable,
              type: state.wireType(sourceType(source)),
              at: state.at(source.place),
            })),
            ...figures.all(),
            collect,
            controls,
          },
    key,
    codes,
    report: {
      left: state.left,
      ignored: state.ignored.map(i => ({ path: i.text, because: i.because, at: state.at(i.place) })),
      unread,
      rounded: state.rounded,
      claimed: state.claims,
      truncated: state.truncated,
      skips: state.skips.map(({ code, at }) => ({ code, at })),
      fieldRules: state.fieldRules,
    },
  }
}

function assignedAt(statements: readonly Statement[], field: string): Span | undefined {
  return statements.find(s => (s.kind === "assign" || s.kind === "key") && s.target.text === field)?.span
}

function bind(
  name: string,
  type: RecordType | BoundMap["givens"][number]["type"],
  maybe: boolean,
  span: { start: number; end: number },
  ctx: Context,
  target: NonNullable<BoundMap["target"]>,
  isSet = false,
): number {
  const here = place(ctx, span)
  const field = target.shape.fields.find(f => f.name === name)
  if (field !== undefined) {
    ctx.state.report(
      diagnostic("FM2503", { name, field: nameHere(target.shape, ctx) }, here, {
        label: "could mean the field",
        related: [{ place: field.place, text: "the field" }],
        help: "Choose another name.",
      }),
    )
  }
  const variable = ctx.state.variables.push({ name, type: valueType(type, ctx.state), maybe }) - 1
  ctx.scope.names.set(name, {
    kind: "value",
    name,
    variable,
    type,
    maybe,
    place: here,
    used: true,
    isLet: false,
    ...(isSet ? { isSet } : {}),
  })
  return variable
}

function marksOf(reads: ReadonlyMap<number, ReadNode>, variable: number): ReadNode | undefined {
  return reads.get(variable)
}

interface RowBinding extends Walked {
  readonly arguments: readonly PlanExpression[]
  readonly fill: (reads: PlanMap["sources"][number]["binding"]["reads"], rules: readonly number[]) => void
}

/** The bindings of rows, found in the finished Plan; their reads are filled in here and nowhere else. */
function collectBindings(children: readonly Child[]): RowBinding[] {
  return children.flatMap(({ expression, generator }) => {
    const below = collectBindings(childrenOf(expression))
    if (generator === null || generator.element === null) return below
    const { variable, source } = generator
    const element: Filled = generator.element
    const fill: RowBinding["fill"] = (reads, rules) => {
      element.reads = reads
      element.rules = rules
    }
    return [{ variable, source, arguments: element.arguments, fill }, ...below]
  })
}

/** A binding whose reads are not known yet. */
type Filled = { -readonly [K in keyof PlanBinding]: PlanBinding[K] }

function inputsOf({ left, right }: PlanSetControl): readonly PlanExpression[] {
  return [...left, ...right].flatMap(term => (term.kind === "input" ? [term.value] : []))
}

/** The rows that generators take from whole lists: decoded already, and read like those of a payload for Law 4. */
function rowsOfSets(children: readonly Child[], sets: readonly number[]): Walked[] {
  return children.flatMap(({ expression, generator }) => {
    const below = rowsOfSets(childrenOf(expression), sets)
    if (generator === null || expression.kind !== "variable" || !sets.includes(expression.variable))
      return below
    return [{ variable: generator.variable, source: expression }, ...below]
  })
}

/** Dropping rows is only allowed where a control over what is left would notice (language: lists). */
function skipsNeedControl(statements: readonly Statement[], state: State, ctx: Context): void {
  // Rows of the set itself are counted and totalled by outcome: nothing more needs to be said.
  const skip = state.skips.find(each => each.ofList !== false && each.controlled !== true)
  if (skip === undefined || statements.some(s => s.kind === "control" && hasTotal(s.condition))) return
  const use = state.codes.find(c => c.verb === "skip")
  state.report(
    diagnostic("FM4118", { code: skip.code }, use?.place ?? place(ctx, { start: 0, end: 0 }), {
      label: "rows may go",
      help: 'Add `control "…" sum(rows.amount) == … else hold CODE`.',
    }),
  )
}

/** Is a sum or a count computed somewhere in it? */
function hasTotal(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(hasTotal)
  if (typeof node !== "object" || node === null) return false
  if ("kind" in node && node.kind === "call" && "callee" in node) {
    const { text } = node.callee as { readonly text: string }
    if (text === "sum" || text === "count") return true
  }
  return Object.values(node).some(hasTotal)
}

/** One code says one thing: a record is either wrong at its source or waits for somebody. */
function conflictingCodes(state: State): void {
  const seen = new Map<string, (typeof state.codes)[number]>()
  for (const use of state.codes) {
    const before = seen.get(use.code)
    if (before === undefined) seen.set(use.code, use)
    else if (
      before.verb !== use.verb &&
      (before.verb === "hold" || before.verb === "reject") &&
      (use.verb === "hold" || use.verb === "reject")
    ) {
      state.report(
        diagnostic("FM4121", { code: use.code }, use.place, {
          label: use.verb,
          related: [{ place: before.place, text: before.verb }],
        }),
      )
      return
    }
  }
}

function lawFive(state: State, more: readonly PlanCode[]): PlanCode[] {
  const codes = new Map<string, PlanCode>()
  const add = (code: PlanCode): void => {
    const id = `${code.code} ${code.verb} ${code.origin}`
    const before = codes.get(id)
    codes.set(
      id,
      before === undefined
        ? code
        : {
            ...before,
            at: [...before.at, ...code.at.filter(a => !before.at.some(b => b.join() === a.join()))],
          },
    )
  }
  for (const use of state.codes) add({ code: use.code, verb: use.verb, origin: use.origin, at: [use.at] })
  for (const code of more) add(code)
  return [...codes.values()].sort((a, b) =>
    a.code < b.code ? -1 : a.code > b.code ? 1 : a.verb < b.verb ? -1 : 1,
  )
}
