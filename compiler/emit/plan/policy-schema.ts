// Policies and allowances of a Plan as zod schemas. Flows in: nothing. Flows out: the parts that plan-schema.ts is made of.
import * as z from "zod"
import { at } from "./expression-schema.ts"

const text = z.string()
export const label = z.enum(["pii", "confidential"])

/** Absent: nothing is allowed. */
export const allows = z
  .array(
    z.strictObject({
      rule: text,
      path: text.nullable(),
      because: text,
      until: text,
      by: z.array(text),
      at,
    }),
  )
  .exactOptional()

const subject = z.strictObject({
  kind: z.enum(["contract", "map", "crosswalk", "system", "flow", "field"]),
  lifecycle: text.nullable(),
  relation: z
    .strictObject({ word: z.enum(["of", "to", "from"]), by: z.enum(["system", "kind"]), name: text })
    .nullable(),
})

const rule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("use"), of: z.enum(["language", "policy"]), bundle: text, at }),
  z.strictObject({ kind: z.literal("has"), subject, things: z.array(text), at }),
  z.strictObject({ kind: z.literal("named"), subject, pattern: text, at }),
  z.strictObject({ kind: z.literal("reaches"), label, at }),
  z.strictObject({ kind: z.literal("stays"), label, regions: z.array(text), at }),
  z.strictObject({
    kind: z.literal("severity"),
    rule: text,
    severity: z.enum(["error", "warning", "information"]),
    at,
  }),
])

/** Absent: there is none. */
export const policies = z
  .array(
    z.strictObject({
      id: text,
      name: text,
      file: z.int().nonnegative(),
      docs: text,
      version: text.nullable(),
      owner: text.nullable(),
      rules: z.array(rule),
      at,
    }),
  )
  .exactOptional()
