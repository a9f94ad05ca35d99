// The section `lineage` of fmap.flows.json: where run events of OpenLineage go. Flows in: JSON. Flows out: checked data.
import * as z from "zod/mini"

export const lineageSection = z.optional(
  z
    .strictObject({
      to: z
        .string()
        .check(
          z.minLength(1),
          z.describe(
            "A file relative to this one, to whose end a line each is added; or where they are posted to: https://lineage.example.com/api/v1/lineage.",
          ),
        ),
      namespace: z.string().check(z.minLength(1), z.describe("Of the jobs: which installation this is.")),
      token: z.optional(
        z
          .string()
          .check(
            z.regex(/^(?:env|file|exec):/u, "name a secret: env:NAME, file:/path or exec:/path"),
            z.describe(
              "Of who takes them, sent as a bearer: env:NAME, file:/path or exec:/path, never the secret.",
            ),
          ),
      ),
      reach: z._default(
        z.enum(["public", "loopback", "private"]).check(z.describe("Which networks its address may be of.")),
        "public",
      ),
    })
    .check(
      z.describe(
        "What flows read and wrote, as run events of OpenLineage: no payloads, names of contracts and fields only.",
      ),
    ),
)

export type LineageSettings = NonNullable<z.output<typeof lineageSection>>
