// The expressions of the Plan as zod schemas; see wire-type-schema.ts.
import * as z from "zod"
import type { PlanBinding, PlanBlock, PlanExpression } from "../../plan/index.ts"
import { valueType, wireType } from "./wire-type-schema.ts"

const whole = z.int().nonnegative()
/** File, line and column of the start, line and column of the end. */
export const at = z.tuple([whole, whole, whole, whole, whole]).meta({ id: "At" })
const node = { type: valueType, maybe: z.boolean(), at }

const expression: z.ZodType<PlanExpression> = z.lazy(() => planExpression)
const orNone = expression.nullable()
/** What an arm gives; written short because an object with a `then` looks like a promise to the linter. */
const then = expression
const binding: z.ZodType<PlanBinding> = z.lazy(() => planBinding)
const block: z.ZodType<PlanBlock> = z.lazy(() => planBlock)

const comparison = z.enum(["==", "!=", "<", "<=", ">", ">="])
const generator = z.strictObject({
  variable: whole,
  source: expression,
  element: binding.nullable(),
  rows: whole.exactOptional(),
  tree: z.strictObject({ parent: whole, children: whole, descendants: whole, depth: whole }).exactOptional(),
  join: z
    .strictObject({
      keys: z.array(z.strictObject({ outer: expression, inner: expression })),
      matches: z.enum(["one", "optional", "many"]),
      conflict: z.union([z.enum(["first", "last"]), expression]).nullable(),
      otherwise: orNone,
    })
    .exactOptional(),
})
const fitCheck = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("minor"), currency: expression }),
  z.strictObject({ kind: z.enum(["digits", "scale", "bounds", "length", "pattern", "items", "form"]) }),
])
const roundingScale = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("digits"), digits: whole }),
  z.strictObject({ kind: z.literal("minor"), currency: expression }),
])

export const expressions = [
  z.strictObject({ kind: z.literal("literal"), value: z.union([z.string(), z.boolean()]), ...node }),
  z.strictObject({ kind: z.literal("missing"), ...node }),
  z.strictObject({ kind: z.literal("clear"), ...node }),
  z.strictObject({
    kind: z.literal("exit"),
    verb: z.enum(["reject", "hold", "skip"]),
    code: z.string(),
    message: orNone,
    ...node,
  }),
  z.strictObject({ kind: z.literal("variable"), variable: whole, ...node }),
  z.strictObject({
    kind: z.literal("field"),
    of: expression,
    field: z.string(),
    narrowed: z.boolean(),
    ...node,
  }),
  z.strictObject({ kind: z.literal("entry"), of: expression, key: expression, ...node }),
  z.strictObject({
    kind: z.literal("arithmetic"),
    operator: z.enum(["+", "-", "*", "/"]),
    left: expression,
    right: expression,
    ...node,
  }),
  z.strictObject({ kind: z.literal("negate"), of: expression, ...node }),
  z.strictObject({
    kind: z.literal("round"),
    of: expression,
    scale: roundingScale,
    mode: z.enum(["half_even", "half_up", "half_down", "up", "down", "ceiling", "floor", "exact"]),
    ...node,
  }),
  z.strictObject({
    kind: z.literal("compare"),
    operator: comparison,
    left: expression,
    right: expression,
    ...node,
  }),
  z.strictObject({
    kind: z.literal("between"),
    of: expression,
    low: expression,
    high: expression,
    negated: z.boolean(),
    ...node,
  }),
  z.strictObject({
    kind: z.literal("anyOf"),
    of: expression,
    options: z.array(expression),
    negated: z.boolean(),
    ...node,
  }),
  z.strictObject({
    kind: z.literal("logic"),
    operator: z.enum(["and", "or"]),
    left: expression,
    right: expression,
    ...node,
  }),
  z.strictObject({ kind: z.literal("not"), of: expression, ...node }),
  z.strictObject({ kind: z.literal("present"), of: expression, negated: z.boolean(), ...node }),
  z.strictObject({
    kind: z.literal("switch"),
    subject: expression,
    arms: z.array(z.strictObject({ values: z.array(z.union([z.string(), z.boolean()])), then, at })),
    missing: orNone,
    otherwise: orNone,
    ...node,
  }),
  z.strictObject({
    kind: z.literal("conditional"),
    bind: z.strictObject({ variable: whole, value: expression }).nullable(),
    arms: z.array(z.strictObject({ when: expression, then, at })),
    otherwise: expression,
    ...node,
  }),
  z.strictObject({ kind: z.literal("else"), value: expression, fallback: expression, ...node }),
  z.strictObject({ kind: z.literal("call"), function: z.string(), arguments: z.array(expression), ...node }),
  z.strictObject({
    kind: z.literal("lookup"),
    crosswalk: z.string(),
    keys: z.array(expression),
    asOf: expression.nullable(),
    inverse: z.boolean(),
    ...node,
  }),
  z.strictObject({
    kind: z.literal("interpolation"),
    parts: z.array(
      z.union([
        z.string(),
        z.strictObject({ value: expression, format: z.string().nullable(), masked: z.boolean() }),
      ]),
    ),
    ...node,
  }),
  z.strictObject({ kind: z.literal("record"), shape: z.string(), block, ...node }),
  z.strictObject({
    kind: z.literal("list"),
    elements: z.array(z.strictObject({ when: orNone, value: expression, spread: z.boolean() })),
    ...node,
  }),
  z.strictObject({
    kind: z.literal("each"),
    generators: z.array(generator),
    where: orNone,
    sort: z.array(z.strictObject({ key: expression, descending: z.boolean() })),
    position: whole.nullable(),
    body: expression,
    carries: z.array(z.strictObject({ variable: whole, start: orNone, value: expression })).exactOptional(),
    ...node,
  }),
  z.strictObject({
    kind: z.literal("aggregate"),
    operation: z.enum(["sum", "count", "min", "max", "average", "any", "all", "first", "last", "distinct"]),
    generators: z.array(generator),
    where: orNone,
    value: orNone,
    ...node,
  }),
  z.strictObject({
    kind: z.literal("fit"),
    of: expression,
    to: wireType,
    field: z.string(),
    checks: z.array(fitCheck),
    emptyIsMissing: z.boolean(),
    ...node,
  }),
  z.strictObject({
    kind: z.literal("grouping"),
    generators: z.array(generator),
    where: orNone,
    keys: z.array(z.strictObject({ field: z.string(), value: expression })),
    members: z.array(z.string()).nullable(),
    ...node,
  }),
  z.strictObject({
    kind: z.literal("spread"),
    calendar: z.string(),
    total: expression,
    from: expression,
    to: expression,
    inclusive: z.boolean(),
    by: z.enum(["days", "months", "thirty_360"]),
    rule: z.enum(["largest_fraction", "largest_share", "first", "last"]),
    coin: orNone,
    ...node,
  }),
  z.strictObject({
    kind: z.literal("zoned"),
    gives: z.enum(["date", "datetime", "instant"]),
    zone: z.string(),
    policy: z.enum(["refuse", "earlier", "later"]),
    of: expression,
    ...node,
  }),
  z.strictObject({
    kind: z.literal("calendar"),
    calendar: z.string(),
    operation: z.enum([
      "period_of",
      "open_period_of",
      "next_open_period_of",
      "start_of",
      "end_of",
      "year_of",
      "number_of",
      "regular",
      "is_adjustment",
      "is_open",
      "add_periods",
      "periods_between",
      "period_at",
      "format_period",
      "is_business_day",
      "next_business_day",
      "previous_business_day",
      "add_business_days",
      "business_days_between",
    ]),
    arguments: z.array(expression),
    ...node,
  }),
  z.strictObject({
    kind: z.literal("nesting"),
    generators: z.array(generator),
    where: orNone,
    parent: expression,
    key: expression,
    ...node,
  }),
] as const

export const planExpression: z.ZodType<PlanExpression> = z
  .discriminatedUnion("kind", expressions)
  .meta({ id: "Expression" })

export const bindingObject = z.strictObject({
  shape: z.string(),
  reads: z.array(z.strictObject({ field: z.string(), members: binding.nullable(), elements: z.boolean() })),
  rules: z.array(whole),
  arguments: z.array(expression),
})
export const planBinding: z.ZodType<PlanBinding> = bindingObject.meta({ id: "Binding" })

const checkExit = z.strictObject({
  verb: z.enum(["reject", "hold", "warn"]),
  code: z.string(),
  message: orNone,
  field: z.string().nullable(),
})

export const steps = [
  z.strictObject({ kind: z.literal("let"), variable: whole, value: expression, at }),
  z.strictObject({ kind: z.literal("field"), field: z.string(), variable: whole, value: expression, at }),
  z.strictObject({ kind: z.literal("derive"), field: z.string(), variable: whole, value: expression, at }),
  z.strictObject({ kind: z.literal("check"), condition: expression, exit: checkExit, at }),
  z.strictObject({
    kind: z.literal("control"),
    title: z.string(),
    left: expression,
    operator: comparison,
    right: expression,
    within: z.strictObject({ amount: expression, relative: z.boolean(), minorOf: orNone }).nullable(),
    when: orNone,
    groups: z
      .strictObject({
        keys: z.array(
          z.strictObject({ name: z.string(), variable: whole, type: valueType, masked: z.boolean() }),
        ),
        rows: z.array(
          z.strictObject({ generators: z.array(generator), where: orNone, keys: z.array(expression) }),
        ),
      })
      .nullable(),
    masked: z.boolean(),
    exit: checkExit,
    at,
  }),
  z.strictObject({
    kind: z.literal("share"),
    variable: whole,
    total: expression,
    weight: expression,
    within: whole,
    rule: z.enum(["largest_fraction", "largest_share", "first", "last"]),
    equally: z.boolean(),
    scale: whole,
    coin: z.strictObject({ digits: whole, currency: orNone }),
    at,
  }),
] as const

export const blockObject = z.strictObject({
  steps: z.array(z.discriminatedUnion("kind", steps)),
  fields: z.array(z.strictObject({ field: z.string(), variable: whole })),
})
export const planBlock: z.ZodType<PlanBlock> = blockObject.meta({ id: "Block" })
