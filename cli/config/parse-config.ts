// fmap.json from text to a Config. Flows in: the text and the path to name. Flows out: the configuration with defaults filled
// in, or one plain sentence per problem. Knows no file system.
import { suggest } from "@fmap/grammar"
import type { Config } from "./schema.ts"
import { configSchema } from "./schema.ts"

export type ParsedConfig =
  | { readonly kind: "config"; readonly config: Config }
  | { readonly kind: "problems"; readonly problems: readonly string[] }

export function parseConfig(text: string, path: string): ParsedConfig {
  let data: unknown
  try {
    data = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text)
  } catch (error) {
    return { kind: "problems", problems: [`${path} is not JSON: ${messageOf(error)}.`] }
  }
  const parsed = configSchema.safeParse(data)
  if (parsed.success) return { kind: "config", config: parsed.data }
  return { kind: "problems", problems: parsed.error.issues.flatMap(issue => describe(issue, path)) }
}

type ZodIssue = NonNullable<ReturnType<typeof configSchema.safeParse>["error"]>["issues"][number]

function describe(issue: ZodIssue, path: string): string[] {
  const member = issue.path.map(String).join(".")
  const where = member === "" ? path : `${path}, "${member}"`
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map(key => {
        const known = knownKeys(issue.path)
        const meant = suggest(key, known)
        const help = meant === undefined ? `Known are: ${known.join(", ")}.` : `Did you mean "${meant}"?`
        return `${where}: there is no option "${key}". ${help}`
      })
    case "invalid_type":
      return [`${where}: ${wanted(issue.expected)} is wanted here.`]
    case "invalid_union":
      return [`${where}: true, false or an object of options is wanted here.`]
    case "too_small":
      return [
        `${where}: ${issue.origin === "string" ? "it must not be empty" : `at least ${issue.minimum} is wanted`}.`,
      ]
    default:
      return [`${where}: ${issue.message}.`]
  }
}

function wanted(type: string): string {
  const names: Record<string, string> = {
    string: "a text",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    int: "a whole number",
  }
  return Object.hasOwn(names, type) ? (names[type] ?? type) : `a value of type ${type}`
}

function knownKeys(path: readonly PropertyKey[]): string[] {
  const fields = configSchema.def.shape
  if (path.length === 0) return Object.keys(fields)
  if (path[0] === "emit" && path.length === 1) return Object.keys(fields.emit.def.innerType.def.shape)
  return ["baseUrl"]
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/u, "")
}
