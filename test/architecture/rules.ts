// The rules of the house as data and functions. Flows in: one source file. Flows out: sentences about what breaks a rule. The
// table says which top folder may import what; specs/adr/0001 and CONTRIBUTING.md tell why.
import { basename } from "node:path"
import { importedFrom, importsOf, type SourceText } from "./source-files.ts"

interface FolderRule {
  /** Packages by name. Own files are always allowed, files of other top folders never. */
  readonly packages: readonly string[]
  /** Optional peers, each only below its folders: the core depends on nothing. */
  readonly peers?: Readonly<Record<string, string | readonly string[]>>
  /** Node's own modules: everywhere, nowhere, or only below the given folders. */
  readonly node: "all" | readonly string[]
}

export const folders: Readonly<Record<string, FolderRule>> = {
  grammar: { packages: ["chevrotain"], node: [] },
  compiler: {
    packages: [
      "@eslint-community/regexpp",
      "@fmap/grammar",
      "@fmap/runtime",
      "csv-parse",
      "json-schema-to-typescript",
      "yaml",
      "zod",
    ],
    node: ["compiler/host/node/"],
  },
  runtime: {
    packages: [],
    peers: {
      croner: "runtime/flow/schedules/",
      "@hono/node-server": "runtime/http/",
      "@nats-io/jetstream": "runtime/brokers/nats/",
      "@nats-io/transport-node": "runtime/brokers/nats/",
      "@opentelemetry/api": "runtime/observe/traces/",
      "csv-parse": "runtime/formats/csv/",
      hono: "runtime/http/",
      jose: "runtime/http/auth/",
      "openid-client": "runtime/http/oidc/",
      pino: "runtime/observe/pino/",
      "prom-client": "runtime/observe/prometheus/",
      pg: ["runtime/flow/stores/postgres/", "runtime/connectors/postgres/"],
      "pg-boss": "runtime/flow/stores/postgres/",
      saxes: "runtime/formats/xml/",
      undici: "runtime/connectors/http/",
      zod: "runtime/http/",
    },
    node: [
      "runtime/formats/node/",
      "runtime/flow/",
      "runtime/connectors/",
      "runtime/http/",
      "runtime/simulators/",
      "runtime/observe/",
    ],
  },
  cli: {
    packages: [
      "@fmap/grammar",
      "@fmap/compiler",
      "@fmap/runtime",
      "@dagrejs/dagre",
      "ajv",
      "ajv-formats",
      "commander",
      "handlebars",
      "markdown-it",
      "tinyglobby",
      "zod",
    ],
    node: "all",
  },
  editor: { packages: ["@fmap/grammar", "@fmap/compiler"], node: [] },
}

const header = /^(?:#!.*\n)?(?:\/\/.*\n){1,6}/u
const clockOrChance = /\b(?:Date\.now|new Date\(\s*\)|Math\.random|performance\.now|crypto\.randomUUID)\b/u
const processUse = /(?<![.\w$"'`])process\.(?:env|argv|cwd|exit|stdout|stderr|stdin|on|platform)\b/u

export function importProblems(source: SourceText): string[] {
  const folder = topFolder(source.path)
  const rule = folders[folder]
  if (rule === undefined) return []
  return importsOf(source).flatMap(specifier => {
    const from = importedFrom(source.path, specifier)
    if (specifier.startsWith(".")) {
      if (topFolder(from) !== folder)
        return [`${source.path} reaches into ${from}; packages import each other by name`]
      if (!/\.(?:ts|json|cjs|mjs)$/u.test(specifier))
        return [`${source.path} imports ${specifier} without its extension`]
      return []
    }
    if (from.startsWith("node:")) {
      const allowed = rule.node === "all" || rule.node.some(below => source.path.startsWith(below))
      return allowed
        ? []
        : [`${source.path} imports ${from}; ${folder}/ sees the world only through its host`]
    }
    const peerFolders = Object.hasOwn(rule.peers ?? {}, from) ? [rule.peers?.[from] ?? []].flat() : []
    if (peerFolders.some(below => source.path.startsWith(below))) return []
    return rule.packages.includes(from) ? [] : [`${source.path} imports ${from}, which ${folder}/ may not`]
  })
}

/** Where the real clock, chance and processes may be asked. */
const rims: readonly string[] = ["compiler/host/node/", "runtime/flow/host/"]

/** Pure phases: no clock, no chance, no process. */
export function purityProblems(source: SourceText): string[] {
  const folder = topFolder(source.path)
  const pure =
    (folder === "grammar" || folder === "runtime" || folder === "compiler") &&
    !rims.some(rim => source.path.startsWith(rim))
  if (!pure) return []
  const code = withoutComments(source.text)
  return [
    ...(clockOrChance.test(code) ? [`${source.path} asks a clock or chance`] : []),
    ...(processUse.test(code) ? [`${source.path} knows the process`] : []),
  ]
}

export function formProblems(source: SourceText): string[] {
  const { path, text } = source
  const name = basename(path)
  const code = withoutComments(text)
  return [
    ...(/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*$/u.test(name) ? [] : [`${path} is not kebab-case`]),
    ...(/\butils?\b|\bhelpers?\b|\bmisc\b/u.test(path) ? [`${path}: a name that says nothing`] : []),
    ...(header.test(text) || isDoor(source) ? [] : [`${path} does not open with what flows in and out`]),
    ...(/\bexport default\b/u.test(code) ? [`${path} has a default export`] : []),
    ...(/^(?:export )?(?:let|var)\s/mu.test(code) ? [`${path} has module-level mutable state`] : []),
    ...(/^\s*(?:export\s+)?(?:const\s+)?(?:enum|namespace)\s+\w/mu.test(code)
      ? [`${path} uses syntax that cannot be erased`]
      : []),
  ]
}

/** What ends with exit code 2 is told by `cannotStart`, with a code; others only ask whether it was that. */
export function exitProblems({ path, text }: SourceText): string[] {
  if (!path.startsWith("cli/") || path === "cli/terminal/problems.ts") return []
  const code = withoutComments(text)
  return /(?<!(?:===|!==) )\bexitCodes\.cannotStart\b|\breturn 2\b/u.test(code)
    ? [`${path} ends with exit code 2 by itself; cannotStart does, with a code`]
    : []
}

export const longestFile = 600

export function lengthProblems({ path, text }: SourceText): string[] {
  const lines = text.split("\n").length
  return lines > longestFile ? [`${path} has ${lines} lines; at most ${longestFile}`] : []
}

/** An `index.ts` that only passes things on says all there is to say. */
function isDoor({ path, text }: SourceText): boolean {
  return (
    basename(path) === "index.ts" &&
    /^(?:\s*export (?:type )?(?:\*|\{[^}]*\}) from "[^"]+";?\s*)+$/u.test(text)
  )
}

function topFolder(path: string): string {
  return path.split("/")[0] ?? ""
}

/** Comments, strings and patterns confuse a search for code; blanking comments and template texts is enough for these rules. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//gu, "").replace(/(^|\s)\/\/.*$/gmu, "$1")
}
