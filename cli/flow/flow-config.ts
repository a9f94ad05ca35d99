// What flows run on: `fmap.flows.json` beside fmap.json. Flows in: the project's folder. Flows out: store, systems and flows, or one plain sentence per problem. It holds
// references of secrets, never a secret.
import { existsSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import * as z from "zod/mini"
import { lineageSection } from "../observe/lineage-config.ts"
import { logsSection, metricsSection, tracesSection } from "../observe/machines-config.ts"
import { alertsSection, watchSection } from "../observe/watch-config.ts"
import { type Problem, problem, problemsOf } from "../terminal/problem.ts"
import { httpSchema } from "./http-config.ts"
import { natsSection } from "./nats/nats-config.ts"
import { encryptionSection } from "./open-vault.ts"
import { regionSection } from "./region-section.ts"

const systemSection = z.looseObject({
  kind: z.string().check(z.describe("What is there: salesforce, netsuite, folder …")),
  region: z.optional(
    regionSection.check(
      z.describe("Where it is, where the project does not say it as `residency` of the system."),
    ),
  ),
})

const schema = z
  .strictObject({
    $schema: z.optional(
      z.string().check(z.describe("Where the JSON Schema of this file is; for editors only.")),
    ),
    store: z._default(
      z
        .string()
        .check(
          z.minLength(1),
          z.describe("The ledger: sqlite: and a path relative to this file, or postgres://…"),
        ),
      "sqlite:./fmap.db",
    ),
    region: z.optional(
      regionSection.check(
        z.describe(
          "Where the ledger is: events that a policy or their sender keeps elsewhere are refused. It is written into the ledger, and stays.",
        ),
      ),
    ),
    lanes: z._default(z.int().check(z.minimum(1), z.describe("Events in flight at most.")), 16),
    systems: z._default(
      z
        .record(z.string(), systemSection)
        .check(
          z.describe(
            "How each system is reached, by its name in the project: a kind and the options of its connector. Credentials are references, env:NAME or file:/path, never secrets.",
          ),
        ),
      {},
    ),
    flows: z._default(
      z
        .record(
          z.string(),
          z.strictObject({
            begin: z.optional(
              z
                .enum(["now", "beginning"])
                .check(
                  z.describe(
                    "now: what is there at the first start makes no events. beginning: every record is new.",
                  ),
                ),
            ),
            everySeconds: z.optional(
              z.int().check(z.minimum(1), z.describe("Between two looks for changes.")),
            ),
          }),
        )
        .check(z.describe("What is not as usual, by the name of the flow.")),
      {},
    ),
    encryption: encryptionSection,
    watch: watchSection,
    alerts: alertsSection,
    http: z.optional(
      httpSchema.check(
        z.describe("API and console: `fmap flow start --http` and `fmap flow serve` listen there."),
      ),
    ),
    logs: logsSection,
    metrics: metricsSection,
    traces: tracesSection,
    lineage: lineageSection,
    nats: natsSection,
  })
  .check(z.describe("What the flows of a project run on. Every member may be left out."))

/** The schema of `fmap.flows.json`, published in specs/schemas/fmap.flows.schema.json. */
export function flowConfigJsonSchema(): object {
  return {
    ...z.toJSONSchema(schema, { io: "input" }),
    $id: "https://fmap.dev/schemas/fmap.flows.schema.json",
    title: "fmap.flows.json",
  }
}

export type FlowConfig = z.output<typeof schema> & {
  /** Absolute: paths in the file are relative to it. */
  readonly folder: string
  /** The file, as people see it. */
  readonly shown: string
}

export type FoundConfig =
  | { readonly kind: "config"; readonly config: FlowConfig }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

/** `wanted`: a file relative to `cwd`. Without the file everything is as usual, and no system is known. */
export function readFlowConfig(folder: string, cwd: string, wanted: string | undefined): FoundConfig {
  const file = wanted === undefined ? join(folder, "fmap.flows.json") : resolve(cwd, wanted)
  const shown = relative(cwd, file) || file
  if (wanted === undefined && !existsSync(file)) return parsed("{}", shown, folder)
  try {
    return parsed(readFileSync(file, "utf8"), shown, dirname(file))
  } catch (error) {
    return {
      kind: "problems",
      problems: [problem("FM8102", `${shown} cannot be read: ${messageOf(error)}.`)],
    }
  }
}

function parsed(text: string, shown: string, folder: string): FoundConfig {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { kind: "problems", problems: [problem("FM8107", `${shown} is not JSON: ${messageOf(error)}.`)] }
  }
  const read = schema.safeParse(data)
  const proto = protoSystem(data)
  if (read.success && proto?.success !== false) {
    const added = proto === undefined ? [] : [["__proto__", proto.data] as const]
    const systems = Object.fromEntries([...Object.entries(read.data.systems), ...added])
    return { kind: "config", config: { ...read.data, systems, folder, shown } }
  }
  const inProto = (proto?.error?.issues ?? []).map(issue => ({
    ...issue,
    path: ["systems", "__proto__", ...issue.path],
  }))
  const problems = [...(read.error?.issues ?? []), ...inProto].map(issue => {
    const where = issue.path.length === 0 ? shown : `${shown}, "${issue.path.map(String).join(".")}"`
    return issue.code === "unrecognized_keys"
      ? `${where}: there is no option ${issue.keys.map(key => `"${key}"`).join(", ")}.`
      : `${where}: ${issue.message}.`
  })
  return { kind: "problems", problems: problemsOf("FM8107", problems) }
}

/** To the library this name is none, and it leaves the system out; to fmap it is a name like any other. */
function protoSystem(data: unknown) {
  const systems = memberOf(data, "systems")
  const proto = memberOf(systems, "__proto__")
  return proto === undefined ? undefined : systemSection.safeParse(proto)
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/u, "")
}
