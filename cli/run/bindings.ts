// What the words of `fmap run` mean for a map. Flows in: the map and `name=value` words. Flows out: a file for every source, a wire
// value for every given, a file for every crosswalk overridden; or plain sentences about what does not fit the map.
import type { PlanMap, WireType } from "@fmap/compiler"
import { suggest } from "@fmap/grammar"
import { readJson } from "@fmap/runtime"

export interface RunWords {
  /** Positional file of the only source. */
  readonly input: string | undefined
  readonly source: readonly string[]
  readonly given: readonly string[]
  readonly crosswalk: readonly string[]
  readonly unmapped?: readonly string[]
}

export interface Bindings {
  /** Source name to its file; null: standard input. In the map's order. */
  readonly sources: ReadonlyMap<string, string | null>
  readonly givens: ReadonlyMap<string, unknown>
  readonly crosswalks: ReadonlyMap<string, string>
  /** Crosswalk to the file that its missing rows are written to. */
  readonly unmapped: ReadonlyMap<string, string>
}

export type Bound =
  | { readonly kind: "bindings"; readonly bindings: Bindings }
  | { readonly kind: "problems"; readonly problems: readonly string[] }

/** `external`: ids of the external crosswalks the map calls. */
export function bindWords(map: PlanMap, external: readonly string[], words: RunWords): Bound {
  const problems: string[] = []
  const sourceNames = [...map.sources, ...(map.set?.sets ?? [])].map(source => source.name)
  const files = pairs("--source", words.source, sourceNames, problems)
  const crosswalks = pairs("--crosswalk", words.crosswalk, external, problems)
  const unmapped = pairs("--unmapped", words.unmapped ?? [], map.crosswalks, problems)
  const texts = pairs(
    "--given",
    words.given,
    map.givens.map(given => given.name),
    problems,
  )

  const sources = new Map<string, string | null>()
  const [only] = sourceNames
  if (sourceNames.length === 1 && only !== undefined && !files.has(only))
    sources.set(only, fileOrInput(words.input))
  else {
    if (words.input !== undefined)
      problems.push(
        `Say which source "${words.input}" is: ${sourceNames.map(name => `--source ${name}=FILE`).join(" ")}.`,
      )
    for (const name of sourceNames) {
      const file = files.get(name)
      if (file === undefined) problems.push(`The source ${name} has no file: --source ${name}=FILE.`)
      else sources.set(name, fileOrInput(file))
    }
  }
  if ([...sources.values()].filter(file => file === null).length > 1)
    problems.push("Only one source can be read from standard input.")

  const givens = new Map<string, unknown>()
  for (const given of map.givens) {
    const text = texts.get(given.name)
    if (text === undefined) {
      if (!given.optional) problems.push(`The given ${given.name} has no value: --given ${given.name}=VALUE.`)
      continue
    }
    const value = wireValue(text, given.type)
    if ("problem" in value) problems.push(`--given ${given.name}: ${value.problem}.`)
    else givens.set(given.name, value.ok)
  }
  if (problems.length > 0) return { kind: "problems", problems }
  return { kind: "bindings", bindings: { sources, givens, crosswalks, unmapped } }
}

function fileOrInput(file: string | undefined): string | null {
  return file === undefined || file === "-" ? null : file
}

function pairs(
  option: string,
  words: readonly string[],
  known: readonly string[],
  problems: string[],
): Map<string, string> {
  const found = new Map<string, string>()
  for (const word of words) {
    // The id of a crosswalk may hold the path of a file, and that an `=`.
    const meant = known.find(name => word.startsWith(`${name}=`))
    const equals = meant === undefined ? word.indexOf("=") : meant.length
    const name = equals < 0 ? word : word.slice(0, equals)
    if (equals <= 0) problems.push(`${option} wants NAME=VALUE, not "${word}".`)
    else if (!known.includes(name))
      problems.push(
        `${option}: the map has no "${name}". ${known.length === 0 ? "It has none." : hint(name, known)}`,
      )
    else if (found.has(name)) problems.push(`${option}: "${name}" is given twice.`)
    else found.set(name, word.slice(equals + 1))
  }
  return found
}

function hint(name: string, known: readonly string[]): string {
  const meant = suggest(name, known)
  return meant === undefined ? `Known are: ${known.join(", ")}.` : `Did you mean "${meant}"?`
}

/** Types that stand as a JSON text on the wire take the word as it is; others are written as JSON. */
function wireValue(text: string, type: WireType): { readonly ok: unknown } | { readonly problem: string } {
  if (isText(type)) return { ok: text }
  const read = readJson(text)
  return "ok" in read ? read : { problem: `"${text}" is not JSON, as a ${type.kind} wants it` }
}

function isText(type: WireType): boolean {
  switch (type.kind) {
    case "text":
    case "enum":
    case "currency":
    case "country":
    case "language":
    case "period":
      return true
    case "date":
    case "datetime":
    case "instant":
      return !(typeof type.wire === "object" && "epoch" in type.wire)
    case "int":
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return type.wire === "text"
    case "bool":
      return type.wire !== "json"
    case "list":
      return typeof type.wire === "object" && "joined" in type.wire
    case "record":
    case "dictionary":
    case "json":
      return false
  }
}
