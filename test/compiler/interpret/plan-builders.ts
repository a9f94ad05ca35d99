// Short names for hand-built Plans in tests: what the tests of interpreter, emitters and test runner stand on.
import type {
  At,
  Plan,
  PlanBinding,
  PlanBlock,
  PlanExpression,
  PlanField,
  PlanMap,
  PlanShape,
  PlanStep,
  ValueType,
  VariableId,
  WireType,
} from "../../../compiler/plan/index.ts"

export const here: At = [0, 1, 1, 1, 2]
export const at = (line: number, column = 1): At => [0, line, column, line, column + 1]

// ── Types ──────────────────────────────────────────────────────────────────
type Of<K extends WireType["kind"]> = Extract<WireType, { kind: K }>
export type Decimal = Extract<WireType, { precision: number | null }>

export const wireText = (max: number | null = null, more: Partial<Of<"text">> = {}): Of<"text"> => ({
  kind: "text",
  min: 0,
  max,
  measure: "points",
  pattern: null,
  wire: "plain",
  ...more,
})
export const wireBool: WireType = { kind: "bool", wire: "json" }
export const wireInt = (
  min: string | null = null,
  max: string | null = null,
  wire: "number" | "text" = "number",
): WireType => ({
  kind: "int",
  min,
  max,
  wire,
})
export const wireDecimal = (
  precision: number | null,
  scale: number,
  more: Partial<Decimal> = {},
): Decimal => ({
  kind: "decimal",
  precision,
  scale,
  low: null,
  high: null,
  unit: null,
  fitsMinor: false,
  wire: "text",
  fraction: false,
  ...more,
})
export const wireMoney = (currency: string | readonly string[], more: Partial<Decimal> = {}): Decimal =>
  wireDecimal(18, 2, {
    kind: "money",
    unit:
      typeof currency === "string" ? { kind: "constant", code: currency } : { kind: "field", path: currency },
    ...more,
  })
export const wireCurrency: WireType = { kind: "currency", wire: "plain" }
export const wireDate: WireType = { kind: "date", wire: "iso" }
export const wireInstant: WireType = { kind: "instant", wire: "iso" }
export const wireEnum = (members: readonly string[], open = false): WireType => ({
  kind: "enum",
  name: null,
  open,
  members: members.map(value => ({ value, docs: "" })),
})
export const wirePeriod = (calendar: string, wire: Of<"period">["wire"] = "plain"): Of<"period"> => ({
  kind: "period",
  calendar,
  wire,
})
export const wireRecord = (shapeId: string): WireType => ({ kind: "record", shape: shapeId, arguments: [] })
export const wireList = (of: WireType, more: Partial<Of<"list">> = {}): Of<"list"> => ({
  kind: "list",
  of,
  min: 0,
  max: null,
  wire: "array",
  ...more,
})

export const text: ValueType = { kind: "text" }
export const bool: ValueType = { kind: "bool" }
export const date: ValueType = { kind: "date" }
export const numeric = (scale: number, rational = false): ValueType => ({
  kind: "number",
  digits: null,
  scale,
  rational,
})
export const recordOf = (shapeId: string): ValueType => ({ kind: "record", shape: shapeId })
export const listOf = (of: ValueType): ValueType => ({ kind: "list", of })

export function valueType(type: WireType): ValueType {
  switch (type.kind) {
    case "text":
    case "enum":
    case "currency":
    case "country":
    case "language":
      return text
    case "bool":
      return bool
    case "int":
      return numeric(0)
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
      return numeric(type.scale + 2)
    case "date":
    case "datetime":
    case "instant":
      return { kind: type.kind }
    case "record":
      return recordOf(type.shape)
    case "list":
      return listOf(valueType(type.of))
    case "period":
      return { kind: "period", calendar: type.calendar }
    case "dictionary":
      return { kind: "dictionary", of: valueType(type.of) }
    case "json":
      return { kind: "json" }
  }
}

// ── Declarations ───────────────────────────────────────────────────────────
export const field = (name: string, type: WireType, more: Partial<PlanField> = {}): PlanField => ({
  name,
  wireName: name,
  type,
  optional: false,
  key: false,
  pii: false,
  confidential: false,
  clearable: false,
  default: null,
  computed: false,
  createOnly: false,
  writeOnly: false,
  deprecated: null,
  since: null,
  docs: "",
  at: here,
  ...more,
})
export const shape = (
  id: string,
  fields: readonly PlanField[],
  more: Partial<PlanShape> = {},
): PlanShape => ({
  id,
  name: id,
  file: 0,
  docs: "",
  at: here,
  kind: "record",
  contract: null,
  union: null,
  parameters: [],
  fields,
  rules: [],
  variables: [{ name: "self", type: recordOf(id), maybe: false }],
  ...more,
})
export const contract = (
  id: string,
  fields: readonly PlanField[],
  clauses: Partial<NonNullable<PlanShape["contract"]>> = {},
  more: Partial<PlanShape> = {},
): PlanShape =>
  shape(id, fields, {
    kind: "contract",
    contract: {
      system: null,
      version: "1.0.0",
      transport: null,
      direction: "both",
      events: null,
      answers: null,
      closed: false,
      owner: null,
      lifecycle: null,
      compatible: null,
      ...clauses,
    },
    ...more,
  })

export const plan = (more: Partial<Plan>): Plan => ({
  format: "fmap.plan",
  formatVersion: 1,
  packages: [],
  files: [{ path: "order.fmap", sha256: "0" }],
  systems: [],
  enums: [],
  shapes: [],
  crosswalks: [],
  maps: [],
  calendars: [],
  tests: [],
  ...more,
})

/** Reads every field whole. */
export const readAll = (read: PlanShape, more: Partial<PlanBinding> = {}): PlanBinding => ({
  shape: read.id,
  reads: read.fields.map(one => ({ field: one.name, members: null, elements: false })),
  rules: read.rules.map((_, i) => i),
  arguments: [],
  ...more,
})

/** One source `src` (variable 0) of the first shape; fields of the target are variables from 10 on. */
export function mapOf(
  source: PlanShape,
  target: PlanShape,
  assigned: { readonly [field: string]: PlanExpression },
  more: Partial<PlanMap> & {
    readonly before?: readonly PlanStep[]
    readonly after?: readonly PlanStep[]
  } = {},
): PlanMap {
  const { before = [], after = [], ...rest } = more
  return {
    name: "M",
    file: 0,
    docs: "",
    at: here,
    version: "1.0.0",
    owner: null,
    patch: false,
    per: null,
    set: null,
    sources: [{ name: "src", variable: 0, binding: readAll(source), at: here }],
    givens: [],
    target: { name: "out", shape: target.id, at: here },
    crosswalks: [],
    calls: [],
    calendars: [],
    variables: [],
    body: blockOf(assigned, 10, before, after),
    key: null,
    codes: [],
    report: {
      left: [],
      ignored: [],
      unread: [],
      rounded: [],
      claimed: [],
      truncated: [],
      skips: [],
      fieldRules: [],
    },
    ...rest,
  }
}

export function blockOf(
  assigned: { readonly [field: string]: PlanExpression },
  first: VariableId,
  before: readonly PlanStep[] = [],
  after: readonly PlanStep[] = [],
): PlanBlock {
  const names = Object.keys(assigned)
  return {
    steps: [
      ...before,
      ...names.map(
        (name, i): PlanStep => ({
          kind: "field",
          field: name,
          variable: first + i,
          value: assigned[name]!,
          at: here,
        }),
      ),
      ...after,
    ],
    fields: names.map((name, i) => ({ field: name, variable: first + i })),
  }
}

// ── Expressions ────────────────────────────────────────────────────────────
const node = (type: ValueType, maybe = false): { type: ValueType; maybe: boolean; at: At } => ({
  type,
  maybe,
  at: here,
})

export const textLiteral = (value: string): PlanExpression => ({ kind: "literal", value, ...node(text) })
export const boolLiteral = (value: boolean): PlanExpression => ({ kind: "literal", value, ...node(bool) })
export const figure = (value: string): PlanExpression => ({
  kind: "literal",
  value,
  ...node(numeric(value.includes(".") ? value.length - value.indexOf(".") - 1 : 0)),
})
export const missing: PlanExpression = { kind: "missing", ...node({ kind: "never" }, true) }
export const clear: PlanExpression = { kind: "clear", ...node({ kind: "never" }) }
export const exit = (
  verb: "reject" | "hold" | "skip",
  code: string,
  message: PlanExpression | null = null,
  where: At = here,
): PlanExpression => ({
  kind: "exit",
  verb,
  code,
  message,
  type: { kind: "never" },
  maybe: false,
  at: where,
})
export const variable = (id: VariableId, type: ValueType, maybe = false): PlanExpression => ({
  kind: "variable",
  variable: id,
  ...node(type, maybe),
})
export const member = (of: PlanExpression, name: string, type: ValueType, maybe = false): PlanExpression => ({
  kind: "field",
  of,
  field: name,
  narrowed: false,
  ...node(type, maybe),
})
/** A field of source `src`. */
export const src = (name: string, type: ValueType, maybe = false): PlanExpression =>
  member(variable(0, { kind: "json" }), name, type, maybe)
export const arithmetic = (
  left: PlanExpression,
  operator: "+" | "-" | "*" | "/",
  right: PlanExpression,
  type: ValueType = numeric(4, operator === "/"),
): PlanExpression => ({
  kind: "arithmetic",
  operator,
  left,
  right,
  ...node(type, operator === "/"),
})
export const round = (
  of: PlanExpression,
  digits: number,
  mode: Extract<PlanExpression, { kind: "round" }>["mode"] = "half_even",
): PlanExpression => ({
  kind: "round",
  of,
  scale: { kind: "digits", digits },
  mode,
  ...node(numeric(digits), true),
})
export const compare = (
  left: PlanExpression,
  operator: "==" | "!=" | "<" | "<=" | ">" | ">=",
  right: PlanExpression,
): PlanExpression => ({
  kind: "compare",
  operator,
  left,
  right,
  ...node(bool),
})
export const orElse = (value: PlanExpression, fallback: PlanExpression): PlanExpression => ({
  kind: "else",
  value,
  fallback,
  ...node(value.type, fallback.maybe),
})
export const hole = (value: PlanExpression, format: string | null = null, masked = false) => ({
  value,
  format,
  masked,
})
export const interpolation = (...parts: readonly (string | ReturnType<typeof hole>)[]): PlanExpression => ({
  kind: "interpolation",
  parts,
  ...node(text),
})
export const fitTo = (
  of: PlanExpression,
  to: WireType,
  name: string,
  checks: Extract<PlanExpression, { kind: "fit" }>["checks"],
  emptyIsMissing = false,
): PlanExpression => ({
  kind: "fit",
  of,
  to,
  field: name,
  checks,
  emptyIsMissing,
  ...node(valueType(to), of.maybe || emptyIsMissing),
})
export const each = (
  variableId: VariableId,
  source: PlanExpression,
  body: PlanExpression,
  more: Partial<Extract<PlanExpression, { kind: "each" }>> & { readonly element?: PlanBinding | null } = {},
): PlanExpression => {
  const { element = null, ...rest } = more
  return {
    kind: "each",
    generators: [{ variable: variableId, source, element }],
    where: null,
    sort: [],
    position: null,
    body,
    ...node(listOf(body.type), source.maybe),
    ...rest,
  }
}
export const aggregate = (
  operation: Extract<PlanExpression, { kind: "aggregate" }>["operation"],
  variableId: VariableId,
  source: PlanExpression,
  value: PlanExpression | null,
  type: ValueType,
  more: Partial<Extract<PlanExpression, { kind: "aggregate" }>> & {
    readonly element?: PlanBinding | null
  } = {},
): PlanExpression => {
  const { element = null, ...rest } = more
  return {
    kind: "aggregate",
    operation,
    generators: [{ variable: variableId, source, element }],
    where: null,
    value,
    ...node(type, true),
    ...rest,
  }
}
export const record = (shapeId: string, block: PlanBlock): PlanExpression => ({
  kind: "record",
  shape: shapeId,
  block,
  ...node(recordOf(shapeId)),
})

// Shorthand `then`, because Biome fears objects that look like promises; an arm of a match is never awaited.
/** An arm of a match over values. */
export const valueArm = (values: readonly (string | boolean)[], then: PlanExpression) => ({
  values,
  then,
  at: here,
})
/** An arm of a match over conditions. */
export const whenArm = (when: PlanExpression, then: PlanExpression) => ({
  when,
  then,
  at: here,
})
