// Consumers of a Plan as zod schemas. Flows in: nothing. Flows out: the part that plan-schema.ts is made of.
import * as z from "zod"
import { at } from "./expression-schema.ts"

const text = z.string()

/** Absent: there is none. */
export const consumers = z
  .array(
    z.strictObject({
      name: text,
      file: z.int().nonnegative(),
      docs: text,
      owner: text.nullable(),
      contact: text.nullable(),
      reads: z.array(
        z.strictObject({
          of: z.discriminatedUnion("kind", [
            z.strictObject({ kind: z.literal("contract"), shape: text }),
            z.strictObject({ kind: z.literal("map"), map: text }),
          ]),
          fields: z.array(z.array(text)).nullable(),
          at,
        }),
      ),
      at,
    }),
  )
  .exactOptional()
