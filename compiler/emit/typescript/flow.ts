// One function under construction. Expressions become statements plus an operand (administrative normal form), in one of
// two modes: `fast` computes in scaled safe integers and gives the record up (`return undefined`) at whatever is
// unusual; `slow` computes in bigint and collects every issue. The generator is one; only these primitives differ.
import type {
  At,
  PlanExpression,
  PlanVariable,
  ShapeId,
  ValueType,
  VariableId,
  WireType,
} from "../../plan/index.ts"
import { BrokenPlan, type Module } from "./context.ts"
import {
  assign,
  bigint,
  binary,
  cast,
  concat,
  constant,
  give,
  name,
  named,
  not,
  nothing,
  number,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Names } from "./javascript/names.ts"
import type { Js, JsStatement, TsType } from "./javascript/nodes.ts"
import type { SetIndexes } from "./set-index.ts"
import { isMarked, type Used } from "./used-members.ts"

export type Mode = "fast" | "slow"

export interface ValueOperand {
  readonly kind: "value"
  readonly js: Js
  readonly type: ValueType
  /** May be undefined. */
  readonly missing: boolean
  /** May be poison (slow only): must go through `settled` before use. */
  readonly poison: boolean
  /** May be null: the field is to be cleared. */
  readonly clear: boolean
  /** Largest absolute value of a scaled integer; at most 2^53-1 in fast mode. */
  readonly bound: bigint
  /** The same record or list in its target's wire form, where it was made by a record expression. */
  readonly wire: Js | null
  /**
   * The payload's text of the same figure and how many digits after the point it may have (fast only): written as it stood where
   * nothing was computed. What changes the value or moves it out of the reach of the text drops it.
   */
  readonly written: { readonly text: Js; readonly digits: number; readonly scale: number } | null
}
/** numerator × 10^-scale / denominator. */
export interface RatioOperand {
  readonly kind: "ratio"
  readonly numerator: Js
  readonly denominator: Js
  readonly scale: number
}
/** A record of a payload whose members are locals. */
export interface RecordOperand {
  readonly kind: "record"
  readonly shape: ShapeId
  readonly members: (name: string) => Operand
  readonly names: readonly string[]
  /** The payload object: undefined when missing, poison when it is none. Null: certainly there. */
  readonly container: Js | null
  readonly missing: boolean
}
/** Rows of a payload, not yet read. */
export interface RowsOperand {
  readonly kind: "rows"
  readonly js: Js
  readonly missing: boolean
  readonly poison: boolean
  readonly type: Extract<WireType, { kind: "list" }>
  readonly place: Place
  readonly at: At
}
/** The rows of a group: objects of what was kept of each. */
export interface KeptOperand {
  readonly kind: "kept"
  readonly js: Js
  readonly rowType: TsType
  /** The row that a local holds. */
  readonly open: (of: string) => Operand
}
/** Groups, as the source of a generator. */
export interface GroupsOperand {
  readonly kind: "groups"
  readonly js: Js
  readonly missing: boolean
  readonly groupType: TsType
  /** The keys and the rows of the group that a local holds. */
  readonly keys: (of: string) => RecordOperand
  readonly rows: (of: string) => KeptOperand
}
/** The nodes of a tree, as the source of a generator. */
export interface NodesOperand {
  readonly kind: "nodes"
  readonly js: Js
  readonly missing: boolean
  readonly nodeType: TsType
  readonly row: { readonly type: TsType; readonly open: (of: string) => Operand }
}
export type Operand =
  | ValueOperand
  | RatioOperand
  | RecordOperand
  | RowsOperand
  | KeptOperand
  | GroupsOperand
  | NodesOperand
  | { readonly kind: "never" }

export interface Place {
  /** The rows of a list that stands here have this member between them and the list. */
  readonly under?: string | null
  readonly root: string
  /** A string expression. */
  readonly pointer: Js
  readonly masked: boolean
}

export interface Flow {
  readonly module: Module
  readonly mode: Mode
  readonly names: Names
  readonly variables: Map<VariableId, Operand>
  readonly declared: readonly PlanVariable[]
  readonly out: JsStatement[]
  readonly place: Place
  /** What to do when a value is poison (fast: always give up). */
  readonly poison: () => readonly JsStatement[]
  readonly skip: (() => readonly JsStatement[]) | null
  /** What to do when a declared failure makes the enclosing `round` missing. */
  readonly failure: (() => readonly JsStatement[]) | null
  /** Units of the record under construction or being read, by parameter name. */
  readonly units: ReadonlyMap<string, Operand>
  /** Is reference data at hand? In maps it is, in validators not. */
  readonly reference: boolean
  /** Members of shapes somebody reads from a value; "*" as field: all. */
  readonly used: Used
  /** A lookup whose way out will name the row that is not there (slow only): told here what that row is. */
  readonly asks?: { readonly node: PlanExpression; row: Js | null }
  /** While the way out of a lookup is written: the row that is not there. */
  readonly missed?: Js
  /** In the function of a row of a run: its lists by their keys. */
  readonly indexes?: SetIndexes
  /** Reasons why this function cannot be emitted in fast mode. */
  readonly unsupported: string[]
}

export const LARGEST = 9007199254740991n
export const giveUp: JsStatement = give(nothing)

export function emit(flow: Flow, ...statements: readonly JsStatement[]): void {
  flow.out.push(...statements)
}

/** Runs the generator into a list of its own. */
export function branch(flow: Flow, write: (inner: Flow) => void): readonly JsStatement[] {
  const inner: Flow = { ...flow, out: [] }
  write(inner)
  return inner.out
}

export function unsupported(flow: Flow, reason: string): void {
  if (flow.mode === "fast") flow.unsupported.push(reason)
}

export function valueOf(js: Js, type: ValueType, more: Partial<ValueOperand> = {}): ValueOperand {
  return {
    kind: "value",
    js,
    type,
    missing: false,
    poison: false,
    clear: false,
    bound: boundOf(type),
    wire: null,
    written: null,
    ...more,
  }
}

export function boundOf(type: ValueType): bigint {
  if (type.kind !== "number" || type.digits === null) return LARGEST
  const bound = 10n ** BigInt(type.digits + type.scale) - 1n
  return bound < LARGEST ? bound : LARGEST
}

export function scaleOf(type: ValueType): number {
  return type.kind === "number" ? type.scale : 0
}

export function integer(flow: Flow, value: bigint): Js {
  if (flow.mode === "slow") return bigint(value)
  if (value > LARGEST || value < -LARGEST) unsupported(flow, "a number of more than 15 digits")
  return number(Number(value))
}

/** 10^exponent as a literal. */
export function power(flow: Flow, exponent: number): Js {
  return integer(flow, 10n ** BigInt(exponent))
}

/** A name for an expression, unless it is one. */
export function atom(flow: Flow, js: Js, hint: string): Js {
  if (
    js.kind === "name" ||
    js.kind === "string" ||
    js.kind === "number" ||
    js.kind === "bigint" ||
    js.kind === "word"
  )
    return js
  const id = flow.names.fresh(hint)
  emit(flow, constant(id, js))
  return name(id)
}

/** Stops here, in the way of the mode, when the value is poison. */
export function settled(flow: Flow, operand: Operand, hint = "value"): Operand {
  if (operand.kind === "value" || operand.kind === "rows") {
    if (!operand.poison) return operand
    const js = atom(flow, operand.js, hint)
    emit(flow, when(flow.module.call("isPoison", js), flow.poison()))
    return { ...operand, js, poison: false }
  }
  if (operand.kind === "record" && operand.container !== null && flow.mode === "slow") {
    emit(flow, when(flow.module.call("isPoison", operand.container), flow.poison()))
    return operand
  }
  return operand
}

/** A safe integer again, or the record leaves the fast path. */
export function guarded(
  flow: Flow,
  js: Js,
  bound: bigint,
  hint: string,
): { readonly js: Js; readonly bound: bigint } {
  if (flow.mode === "slow" || bound <= LARGEST) return { js, bound }
  if (js.kind === "number" && Number.isSafeInteger(js.value)) return { js, bound: LARGEST }
  const id = atom(flow, js, hint)
  emit(flow, when(outside(id, LARGEST), [giveUp]))
  return { js: id, bound: LARGEST }
}

/** `!(x <= limit && x >= -limit)`: true for NaN too. */
export function outside(js: Js, limit: bigint): Js {
  return not(binary("&&", binary("<=", js, number(Number(limit))), binary(">=", js, number(-Number(limit)))))
}

/** The same number at a scale that is not smaller. */
export function widened(flow: Flow, operand: ValueOperand, scale: number): ValueOperand {
  if (operand.type.kind !== "number" || operand.type.scale === scale) return operand
  const steps = scale - operand.type.scale
  if (steps < 0) throw new BrokenPlan("A number would lose digits without a round.")
  const type: ValueType = { ...operand.type, scale }
  if (operand.js.kind === "bigint")
    return {
      ...operand,
      type,
      js: bigint(operand.js.value * 10n ** BigInt(steps)),
      bound: operand.bound * 10n ** BigInt(steps),
    }
  if (operand.js.kind === "number" && flow.mode === "fast") {
    const value = BigInt(operand.js.value) * 10n ** BigInt(steps)
    return { ...operand, type, js: integer(flow, value), bound: value < 0n ? -value : value }
  }
  if (operand.missing) {
    const id = atom(flow, operand.js, "value")
    const slot = flow.names.fresh("scaled")
    emit(flow, variable(slot, union(numberType(flow), named("undefined"))))
    emit(
      flow,
      when(
        binary("!==", id, nothing),
        branch(flow, inner => {
          const present = widened(inner, { ...operand, js: id, missing: false }, scale)
          emit(inner, assign(name(slot), present.js))
        }),
      ),
    )
    return { ...operand, js: name(slot), type }
  }
  const js = binary("*", operand.js, power(flow, steps))
  return { ...operand, type, ...guarded(flow, js, operand.bound * 10n ** BigInt(steps), "scaled") }
}

export function numberType(flow: Flow): TsType {
  return named(flow.mode === "fast" ? "number" : "bigint")
}

/** The TypeScript type of a value inside a function of this mode. */
export function insideType(flow: Flow, type: ValueType): TsType {
  switch (type.kind) {
    case "bool":
      return named("boolean")
    case "number":
      return numberType(flow)
    case "record": {
      const shape = flow.module.index.shape(type.shape)
      const members = shape.fields
        .filter(field => isUsed(flow, type.shape, field.name))
        .map(field => {
          const of: TsType[] = [insideType(flow, valueTypeOf(field.type))]
          if (field.optional) of.push(named("undefined"))
          if (field.clearable) of.push(named("null"))
          if (flow.mode === "slow") of.push(poisonType(flow))
          return { key: field.name, type: union(...of), optional: false, docs: "", at: null }
        })
      for (const rule of shape.rules) {
        if (rule.kind !== "derive" || !isUsed(flow, type.shape, rule.name)) continue
        const of: TsType[] = [insideType(flow, valueTypeOf(rule.type))]
        if (flow.mode === "slow") of.push(poisonType(flow))
        members.push({
          key: rule.name,
          type: union(...of, named("undefined")),
          optional: false,
          docs: "",
          at: null,
        })
      }
      return { kind: "shape", members }
    }
    case "list": {
      const of = insideType(flow, type.of)
      return { kind: "list", of: flow.mode === "slow" ? union(of, poisonType(flow)) : of, readonly: true }
    }
    case "dictionary":
      return {
        kind: "named",
        name: "ReadonlyMap",
        arguments: [
          named("string"),
          flow.mode === "slow"
            ? union(insideType(flow, type.of), poisonType(flow))
            : insideType(flow, type.of),
        ],
      }
    case "json":
      return named("unknown")
    case "never":
      return named("undefined")
    default:
      return named("string")
  }
}

export function isUsed(flow: Flow, shape: ShapeId, field: string): boolean {
  return isMarked(flow.used, shape, field)
}

export function poisonType(flow: Flow): TsType {
  return flow.module.runtimeType("Poison")
}

export function operandType(flow: Flow, operand: ValueOperand): TsType {
  const of: TsType[] = [insideType(flow, operand.type)]
  if (operand.missing) of.push(named("undefined"))
  if (operand.clear) of.push(named("null"))
  if (operand.poison) of.push(poisonType(flow))
  return union(...of)
}

/** What a wire type is inside a map. */
export function valueTypeOf(type: WireType): ValueType {
  switch (type.kind) {
    case "int":
      return { kind: "number", digits: null, scale: 0, rational: false }
    case "decimal":
    case "money":
    case "quantity":
      return {
        kind: "number",
        digits: type.precision === null ? null : type.precision - type.scale,
        scale: type.scale,
        rational: false,
      }
    case "percent":
      return {
        kind: "number",
        digits: type.precision === null ? null : Math.max(type.precision - type.scale - 2, 0),
        scale: type.scale + 2,
        rational: false,
      }
    case "bool":
      return { kind: "bool" }
    case "date":
    case "datetime":
    case "instant":
    case "json":
      return { kind: type.kind }
    case "record":
      return { kind: "record", shape: type.shape }
    case "list":
      return { kind: "list", of: valueTypeOf(type.of) }
    case "dictionary":
      return { kind: "dictionary", of: valueTypeOf(type.of) }
    case "period":
      return { kind: "period", calendar: type.calendar }
    default:
      return { kind: "text" }
  }
}

/** A value that the Plan proves present although its variable may hold undefined. */
export function present(flow: Flow, operand: Operand, node: { readonly maybe: boolean }): Operand {
  if (operand.kind !== "value" || node.maybe || !operand.missing) return operand
  return { ...operand, js: cast(operand.js, insideType(flow, operand.type)), missing: false }
}

export function pointerTo(pointer: Js, segment: string): Js {
  const plain = !segment.includes("~") && !segment.includes("/")
  return concat(
    pointer,
    string(plain ? `/${segment}` : `/${segment.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  )
}

export function hintOf(expression: PlanExpression, otherwise: string): string {
  switch (expression.kind) {
    case "field":
      return expression.field
    case "variable":
      return otherwise
    case "lookup":
      return expression.crosswalk.slice(expression.crosswalk.indexOf("#") + 1)
    default:
      return otherwise
  }
}
