// The main job, shown: an order before and after, what was emitted, and orders that were refused with their reasons. Flows in: the
// samples of this folder. Flows out: text on standard output. Uses only what a user of fmap has.
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { compile } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { type Issue, isExactNumber, readJson, writeJson } from "@fmap/runtime"
import { netSuiteOrder } from "./service/order.ts"
import { readReferenceData } from "./service/reference-data.ts"

const folder = fileURLToPath(new URL(".", import.meta.url))
const reference = (await readReferenceData(`${folder}crosswalks`)).current()

heading("1. Before: a won opportunity and its account, as Salesforce sends them")
const request = sample("pass.json")
print(compact(withoutLinks(request)))

heading("2. After: the order, as NetSuite's REST API takes it")
const result = netSuiteOrder(request, reference)
if (result.status !== "done") throw new Error(`The sample was ${result.status}: ${writeJson(result.issues)}`)
print(`PUT /services/rest/record/v1/salesOrder/eid:${result.key}`)
print(compact(result.value))

heading("3. Emitted from the .fmap files")
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter(path => path.endsWith(".fmap"))
  .sort()
const emit = { typescript: { sourceRoot: "../" }, jsonSchema: true, plan: true }
const compiled = compile(nodeHost(folder), sources, { emit })
if (compiled.plan === null)
  throw new Error(compiled.diagnostics.map(one => `${one.code} ${one.message}`).join("\n"))
print(`${sources.length} files of .fmap, no error; ${compiled.files.length} files emitted:`)
for (const [stem, endings] of byStem(compiled.files.map(file => file.path)))
  print(`  emitted/${stem.padEnd(46)} ${endings.join(" ")}`)
const drifted = compiled.files.filter(file => file.text !== committed(file.path))
print(
  drifted.length === 0
    ? "The committed files are exactly these."
    : `Differ from the committed: ${drifted.map(file => file.path).join(", ")}`,
)

heading("4. Refused: the record is wrong at its source")
refused("rejected.json")

heading("5. Held: reference data is missing; it runs again when somebody has added it")
refused("held.json")

function refused(name: string): void {
  const given = netSuiteOrder(sample(name), reference)
  if (given.status === "done") throw new Error(`${name} was expected to be refused.`)
  print(`samples/${name}: ${given.status}`)
  for (const issue of given.issues) print(described(issue))
}

function described({ code, severity, root, pointer, message, value, at }: Issue): string {
  const found = value === undefined ? "" : `\n            found ${writeJson(value)}`
  return `  ${severity.padEnd(6)}  ${code}  ${root}${pointer}\n            ${message}${found}\n            ${at}`
}

/** `maps/book-order` → `.d.ts .js .js.map .ts`. */
function byStem(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const stems = new Map<string, string[]>()
  for (const path of [...paths].sort()) {
    const [, stem = path, ending = ""] = /^(.*?)(\.[.\w]*)$/.exec(path) ?? []
    stems.set(stem, [...(stems.get(stem) ?? []), ending])
  }
  return stems
}

function sample(name: string): unknown {
  const read = readJson(readFileSync(`${folder}samples/${name}`, "utf8"))
  if ("refused" in read) throw new Error(read.refused.message)
  return read.ok
}

function committed(path: string): string | undefined {
  try {
    return readFileSync(`${folder}emitted/${path}`, "utf8")
  } catch {
    return undefined
  }
}

/** JSON with whole objects on one line where they fit; without the links that Salesforce adds to every record. */
function compact(value: unknown, indent = ""): string {
  const line = writeJson(value)
  if (line.length + indent.length <= 190 || typeof value !== "object" || value === null) return line
  const inner = `${indent}  `
  if (Array.isArray(value))
    return `[\n${value.map(one => inner + compact(one, inner)).join(",\n")}\n${indent}]`
  const members = Object.entries(value).map(
    ([name, one]) => `${inner}${JSON.stringify(name)}: ${compact(one, inner)}`,
  )
  return `{\n${members.join(",\n")}\n${indent}}`
}

function withoutLinks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLinks)
  if (typeof value !== "object" || value === null || isExactNumber(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      name === "attributes" ? [] : [[name, withoutLinks(one)]],
    ),
  )
}

function heading(text: string): void {
  print(`\n${text}\n${"-".repeat(text.length)}`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
