// What may stand in fmap.json, said once: this schema validates the file and, as JSON Schema, helps every editor. Flows out:
// the schema and the type it gives. Configuration is data, never code.
import * as z from "zod/mini"

const text = (description: string) => z.string().check(z.minLength(1), z.describe(description))
const globs = (description: string) =>
  z.array(z.string().check(z.minLength(1))).check(z.describe(description))
/** Neither absolute nor an address, and no part of it is `..`: nothing beside the project is even listed. */
const globsInside = (description: string) =>
  z
    .array(
      z
        .string()
        .check(
          z.minLength(1),
          z.regex(
            /^(?![/\\]|[A-Za-z]+:|(?:.*[/\\{,(|])?\.\.(?:[/\\},)|]|$))/u,
            "a glob stays inside the project: neither an absolute path nor a way up (..) is one",
          ),
        ),
    )
    .check(z.describe(description))
const flag = (description: string) => z.boolean().check(z.describe(description))

/** The shape of `fmap.json`. Every member has a default, so `{}` is a complete file. */
export const configSchema = z
  .strictObject({
    $schema: z.optional(text("Where the JSON Schema of this file is; for editors only.")),
    include: z._default(globsInside("Globs of the .fmap files of the project, relative to this file."), [
      "**/*.fmap",
    ]),
    exclude: z._default(
      globs("Globs of files to leave out. node_modules, hidden folders and the output folder always are."),
      [],
    ),
    out: z._default(text("Folder the emitted files are written to, relative to this file."), "generated"),
    emit: z._default(
      z
        .strictObject({
          typescript: z._default(flag("One module per .fmap file: .ts, .js, .d.ts and .js.map."), true),
          jsonSchema: z._default(
            z
              .union([
                z.boolean(),
                z.strictObject({
                  baseUrl: z.optional(
                    text(
                      "Where the schemas will be published, the start of every $id: https://schemas.example.com/finance",
                    ),
                  ),
                }),
              ])
              .check(z.describe("One JSON Schema (2020-12) per contract; false for none.")),
            true,
          ),
          plan: z._default(flag("The Plan, fmap.plan.json: everything the compiler knows, as data."), true),
          asyncapi: z._default(
            z
              .union([
                z.boolean(),
                z.strictObject({
                  title: z.optional(text("What the document is called.")),
                  version: z.optional(text("The version of the document; its messages have their own.")),
                }),
              ])
              .check(z.describe("asyncapi.json, AsyncAPI 3.0: the contracts that are events.")),
            false,
          ),
          odcs: z._default(
            z
              .union([
                z.boolean(),
                z.strictObject({
                  domain: z.optional(text("The business domain all contracts belong to: finance.")),
                }),
              ])
              .check(
                z.describe("One data contract (Open Data Contract Standard 3.1) per contract, .odcs.json."),
              ),
            false,
          ),
        })
        .check(z.describe("What `fmap compile` writes.")),
      { typescript: true, jsonSchema: true, plan: true, asyncapi: false, odcs: false },
    ),
    releases: z._default(
      text(
        "Folder of what was released, relative to this file: fmap.lock.json, approvals.json and a manifest for each release.",
      ),
      "releases",
    ),
    types: z._default(
      globs(
        "JSON Schemas from outside, relative to this file. `fmap compile` writes TypeScript types (.d.ts) for each, at the same path in the output folder.",
      ),
      [],
    ),
    maxWarnings: z.optional(
      z
        .int()
        .check(
          z.minimum(0),
          z.describe("`fmap check` fails above this number of warnings. Without it, warnings never fail."),
        ),
    ),
  })
  .check(z.describe("Configuration of fmap. Every member may be left out."))

export type Config = z.output<typeof configSchema>

/** `configSchema` as the JSON Schema published in specs/schemas/fmap.schema.json. */
export function configJsonSchema(): object {
  return {
    ...z.toJSONSchema(configSchema, { io: "input" }),
    $id: "https://fmap.dev/schemas/fmap.schema.json",
    title: "fmap.json",
  }
}
