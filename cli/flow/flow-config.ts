// What flows run on: `fmap.flows.json` beside fmap.json. Flows in: the project's folder. Flows out: store, systems and flows, or one plain sentence per problem. It holds
// references of secrets, never a secret.
import { existsSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import * as z from "zod/mini"

const seconds = z.int().check(z.minimum(1))

const schema = z.strictObject({
  $schema: z.optional(z.string()),
  store: z._default(z.string().check(z.minLength(1)), "sqlite:./fmap.db"),
  lanes: z._default(z.int().check(z.minimum(1)), 16),
  systems: z._default(z.record(z.string(), z.looseObject({ kind: z.string() })), {}),
  flows: z._default(
    z.record(
      z.string(),
      z.strictObject({ begin: z.optional(z.enum(["now", "beginning"])), everySeconds: z.optional(seconds) }),
    ),
    {},
  ),
})

export type FlowConfig = z.output<typeof schema> & {
  /** Absolute: paths in the file are relative to it. */
  readonly folder: string
}

export type FoundConfig =
  | { readonly kind: "config"; readonly config: FlowConfig }
  | { readonly kind: "problems"; readonly problems: readonly string[] }

/** `wanted`: a file relative to `cwd`. Without the file everything is as usual, and no system is known. */
export function readFlowConfig(folder: string, cwd: string, wanted: string | undefined): FoundConfig {
  const file = wanted === undefined ? join(folder, "fmap.flows.json") : resolve(cwd, wanted)
  const shown = relative(cwd, file) || file
  if (wanted === undefined && !existsSync(file)) return parsed("{}", shown, folder)
  try {
    return parsed(readFileSync(file, "utf8"), shown, dirname(file))
  } catch (error) {
    return { kind: "problems", problems: [`${shown} cannot be read: ${messageOf(error)}.`] }
  }
}

function parsed(text: string, shown: string, folder: string): FoundConfig {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { kind: "problems", problems: [`${shown} is not JSON: ${messageOf(error)}.`] }
  }
  const read = schema.safeParse(data)
  if (read.success) return { kind: "config", config: { ...read.data, folder } }
  const problems = read.error.issues.map(issue => {
    const where = issue.path.length === 0 ? shown : `${shown}, "${issue.path.map(String).join(".")}"`
    return issue.code === "unrecognized_keys"
      ? `${where}: there is no option ${issue.keys.map(key => `"${key}"`).join(", ")}.`
      : `${where}: ${issue.message}.`
  })
  return { kind: "problems", problems }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/u, "")
}
