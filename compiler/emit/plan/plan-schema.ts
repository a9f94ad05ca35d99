// The whole Plan as a zod schema and as the JSON Schema that is published. Flows in: nothing. Flows out: what a `fmap.plan.json`
// of format version 1 may hold; unknown members are refused, so that a newer format is never half understood.
import * as z from "zod"
import type { Plan, PlanJson } from "../../plan/index.ts"
import { consumers } from "./consumer-schema.ts"
import { at, planBinding, planBlock, planExpression } from "./expression-schema.ts"
import { flows } from "./flow-schema.ts"
import { allows, label, policies } from "./policy-schema.ts"
import { valueType, wireType } from "./wire-type-schema.ts"

const whole = z.int().nonnegative()
const text = z.string()
const orNone = text.nullable()
const declared = { name: text, file: whole, docs: text, at }
const variables = z.array(z.strictObject({ name: text, type: valueType, maybe: z.boolean() }))
const comparison = z.enum(["==", "!=", "<", "<=", ">", ">="])

/** Any JSON: what the reader gave is some. Nothing is rebuilt, so that a member `__proto__` stays one. */
const planJson = z.custom<PlanJson>(value => value !== undefined).meta({ id: "Json" })

const system = z.strictObject({
  ...declared,
  kind: orNone,
  owner: orNone,
  residency: orNone,
  limits: z.array(z.strictObject({ count: whole, per: text })),
  cleared: z.array(label).exactOptional(),
  platform: text.exactOptional(),
  allows,
})

const enumeration = z.strictObject({
  ...declared,
  open: z.boolean(),
  members: z.array(z.strictObject({ value: text, docs: text })),
})

const field = z.strictObject({
  name: text,
  wireName: text,
  type: wireType,
  optional: z.boolean(),
  key: z.boolean(),
  pii: z.boolean(),
  confidential: z.boolean(),
  clearable: z.boolean(),
  default: z.union([text, z.boolean()]).nullable(),
  computed: z.boolean(),
  createOnly: z.boolean(),
  writeOnly: z.boolean(),
  deprecated: z.strictObject({ use: orNone, sunset: orNone }).nullable(),
  since: orNone,
  docs: text,
  at,
})

const reads = z.array(z.array(text))
const rule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("derive"), name: text, type: wireType, reads, value: planExpression, at }),
  z.strictObject({
    kind: z.literal("check"),
    reads,
    condition: planExpression,
    exit: z.strictObject({
      verb: z.enum(["reject", "hold", "warn"]),
      code: text,
      message: planExpression.nullable(),
    }),
    field: orNone,
    says: z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.enum(["exactlyOne", "atMostOne", "allOrNone"]), fields: z.array(text) }),
        z.strictObject({ kind: z.literal("required"), field: text, when: planExpression }),
      ])
      .nullable(),
    at,
  }),
])

const transport = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["odata2", "odata4", "netsuite", "ndjson"]) }),
  z.strictObject({
    kind: z.literal("csv"),
    delimiter: text,
    quote: orNone,
    header: z.boolean(),
    encoding: z.enum(["utf-8", "utf-16", "latin1", "windows-1252"]),
    decimal: z.enum(["point", "comma"]),
    grouping: orNone,
  }),
  z.strictObject({
    kind: z.literal("xml"),
    root: text,
    list: orNone,
    namespaces: z.array(z.strictObject({ prefix: text, uri: text })),
  }),
])

const shape = z.strictObject({
  ...declared,
  allows,
  id: text,
  kind: z.enum(["record", "contract", "inferred"]),
  contract: z
    .strictObject({
      system: orNone,
      version: text,
      transport: transport.nullable(),
      direction: z.enum(["reads", "writes", "both"]),
      answers: z.array(z.strictObject({ name: text, type: wireType, optional: z.boolean() })).nullable(),
      events: z.strictObject({ lists: z.enum(["cleared", "changed"]), path: z.array(text) }).nullable(),
      closed: z.boolean(),
      owner: orNone,
      lifecycle: orNone,
      compatible: orNone,
      sunset: text.exactOptional(),
      retention: z.strictObject({ count: whole, unit: z.enum(["days", "months", "years"]) }).exactOptional(),
      slo: z.strictObject({ share: text, within: text }).exactOptional(),
    })
    .nullable(),
  union: z
    .strictObject({
      by: z.discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("value"),
          path: z.array(text),
          slice: z.strictObject({ from: whole, length: whole }).nullable(),
        }),
        z.strictObject({ kind: z.enum(["presence", "shape"]) }),
      ]),
      arms: z.array(z.strictObject({ values: z.array(text), field: text })),
    })
    .nullable(),
  parameters: z.array(text),
  fields: z.array(field),
  rules: z.array(rule),
  variables,
})

const dataFile = z.strictObject({
  format: z.literal("csv"),
  path: text,
  columns: z.array(z.strictObject({ name: text, column: text })),
  where: z.array(
    z.strictObject({ column: text, operator: z.enum(["==", "!="]), value: z.union([text, z.boolean()]) }),
  ),
})

const crosswalk = z.strictObject({
  ...declared,
  allows,
  id: text,
  version: text,
  owner: orNone,
  parameters: z.array(z.strictObject({ name: text, type: wireType })),
  result: wireType,
  keyForm: z.enum(["exact", "folded", "trimmed"]),
  unmapped: planExpression.nullable(),
  bothWays: z.boolean(),
  dated: z.boolean(),
  rows: z
    .array(z.strictObject({ keys: z.array(text.nullable()), from: text, until: text, value: planJson, at }))
    .nullable(),
  hierarchy: z.strictObject({ levels: z.array(text) }).exactOptional(),
  external: z
    .strictObject({
      ...dataFile.shape,
      format: z.enum(["csv", "json"]),
      days: z.strictObject({ from: orNone, until: orNone, next: z.boolean() }).nullable(),
      wildcard: orNone,
    })
    .nullable(),
  links: z.strictObject({ from: text, to: text }).exactOptional(),
})

const namedBy = z.enum(["start", "end"])
const years = { namedBy, adjustments: whole, from: whole, until: whole }
const calendar = z.strictObject({
  ...declared,
  id: text,
  owner: orNone,
  rules: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("months"), month: whole, day: whole, ...years }),
      z.strictObject({
        kind: z.literal("weeks"),
        ends: z.enum(["last", "nearest"]),
        weekday: whole,
        month: whole,
        lengths: z.array(whole),
        longPeriod: whole,
        ...years,
      }),
      z.strictObject({ kind: z.literal("file"), month: whole, day: whole, namedBy }),
    ])
    .nullable(),
  weekend: z.array(whole).nullable(),
  periods: dataFile.nullable(),
  status: dataFile.nullable(),
  holidays: dataFile.nullable(),
})

const places = z.array(z.strictObject({ field: text, at }))
const rowsOf = z.enum(["rows", "rejected", "held", "dropped"])
const negative = z.boolean()
const setTerm = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sum"), negative, of: rowsOf, figure: whole }),
  z.strictObject({ kind: z.literal("sumOut"), negative, field: text }),
  z.strictObject({
    kind: z.literal("count"),
    negative,
    of: z.enum(["rows", "rejected", "held", "dropped", "out"]),
  }),
  z.strictObject({ kind: z.literal("literal"), negative, value: text }),
  z.strictObject({ kind: z.literal("input"), negative, value: planExpression }),
])
const set = z.strictObject({
  each: text,
  sets: z.array(z.strictObject({ name: text, variable: whole, type: wireType, at })),
  figures: z.array(z.strictObject({ path: text, value: planExpression })),
  totals: z.array(z.strictObject({ path: text, figure: whole, currency: z.union([text, whole]).nullable() })),
  collect: z
    .strictObject({
      keys: z.array(text),
      folds: z.array(
        z.strictObject({ field: text, operation: z.enum(["sum", "min", "max", "first", "last"]) }),
      ),
      incomplete: z.enum(["hold", "reject", "drop", "keep"]),
      at,
    })
    .nullable(),
  controls: z.array(
    z.strictObject({
      title: text,
      keys: z.array(z.strictObject({ name: text, figure: whole.nullable(), field: orNone })),
      left: z.array(setTerm),
      operator: comparison,
      right: z.array(setTerm),
      within: z.strictObject({ amount: text, minor: z.boolean(), relative: z.boolean() }).nullable(),
      currency: z.union([text, whole]).nullable(),
      exit: z.strictObject({ verb: z.enum(["reject", "hold", "warn"]), code: text, message: orNone }),
      at,
    }),
  ),
})
const code = z.strictObject({
  code: text,
  verb: z.enum(["reject", "hold", "warn", "skip"]),
  origin: z.enum(["map", "contract", "crosswalk", "assignment", "payload"]),
  at: z.array(at),
})
const map = z.strictObject({
  ...declared,
  allows,
  version: text,
  patch: z.boolean(),
  owner: orNone,
  per: orNone,
  sources: z.array(z.strictObject({ name: text, variable: whole, binding: planBinding, at })),
  givens: z.array(z.strictObject({ name: text, variable: whole, type: wireType, optional: z.boolean(), at })),
  target: z.strictObject({ name: text, shape: text, at }),
  crosswalks: z.array(text),
  calls: z.array(z.strictObject({ map: text, version: text })),
  calendars: z.array(text),
  variables,
  body: planBlock,
  set: set.nullable(),
  key: z
    .strictObject({ field: text, onReplay: z.array(z.strictObject({ when: text, action: text })) })
    .nullable(),
  codes: z.array(code),
  report: z.strictObject({
    left: z.array(z.strictObject({ field: text, because: text, at })),
    ignored: z.array(z.strictObject({ path: text, because: text, at })),
    unread: z.array(z.strictObject({ source: text, field: text })),
    rounded: z.array(z.strictObject({ field: text, mode: text, at })),
    claimed: z.array(z.strictObject({ field: text, currency: text, at })),
    truncated: places,
    skips: z.array(z.strictObject({ code: text, at })),
    fieldRules: z.array(z.strictObject({ record: text, rule: text, how: z.enum(["proved", "checked"]), at })),
  }),
})

const path = z.array(z.union([text, whole]))
const expectation = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("value"),
    path,
    operator: comparison,
    value: planJson,
    type: wireType,
    at,
  }),
  z.strictObject({ kind: z.literal("presence"), path, present: z.boolean(), at }),
  z.strictObject({ kind: z.literal("dropped"), count: whole, at }),
  z.strictObject({ kind: z.literal("like"), file: text, ignoring: z.array(path), at }),
  z.strictObject({
    kind: z.literal("count"),
    of: z.enum(["out", "rejected", "held", "dropped"]),
    count: whole,
    at,
  }),
  z.strictObject({
    kind: z.literal("outcome"),
    verb: z.enum(["hold", "reject", "warn", "skip"]),
    code: text,
    path: path.nullable(),
    at,
  }),
])

const test = z.strictObject({
  title: text,
  map: text,
  file: whole,
  givens: z.array(
    z.strictObject({
      name: text,
      value: z.union([z.strictObject({ file: text }), z.strictObject({ json: planJson })]),
      at,
    }),
  ),
  assumes: z.array(
    // JSON has no undefined: an assumption of "no row" is one without a value.
    z
      .strictObject({
        crosswalk: text,
        keys: z.array(text),
        asOf: orNone,
        inverse: z.boolean(),
        value: planJson.optional(),
        at,
      })
      .transform(assume => ({ ...assume, value: assume.value })),
  ),
  expectations: z.array(expectation),
  variables,
  at,
})

export const planObject = z.strictObject({
  format: z.literal("fmap.plan"),
  formatVersion: z.literal(1),
  files: z.array(z.strictObject({ path: text, sha256: text })),
  packages: z.array(z.strictObject({ name: text, version: text, path: text })),
  systems: z.array(system),
  enums: z.array(enumeration),
  shapes: z.array(shape),
  crosswalks: z.array(crosswalk),
  maps: z.array(map),
  calendars: z.array(calendar),
  tests: z.array(test),
  policies,
  consumers,
  flows: flows(code),
  questions: z.array(map).exactOptional(),
})

export const planSchema: z.ZodType<Plan> = planObject

/** The published form: `specs/schemas/fmap.plan.schema.json`. */
export function planJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(planObject, { io: "input", unrepresentable: "any" })
  return {
    $schema,
    $id: "https://fmap.dev/schemas/fmap.plan.schema.json",
    title: "fmap plan",
    description:
      "What the fmap compiler knows of a project, format version 1. Emitters, interpreter, lineage and diff read nothing else.",
    ...rest,
  }
}
