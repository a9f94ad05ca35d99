// Recorded inputs of maps: what a folder holds, and what the tests of a project name. Flows in: the folder, the release as it stands. Flows out: inputs by map, or plain sentences.
// `<Map>.json`, `<Map>.ndjson` and files below `<Map>/` are inputs of that map: a record of its only source, or all inputs by name. A map that was only renamed has those of its old name, too.
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative, resolve, sep } from "node:path"
import {
  assumedReference,
  type Host,
  memoryHost,
  type Plan,
  type PlanMap,
  type RecordedInput,
  sampleInput,
} from "@fmap/compiler"
import { readSample } from "../project/read-sample.ts"
import { type Problem, problem, problemsOf } from "../terminal/problem.ts"

export type Recorded =
  | { readonly kind: "inputs"; readonly inputs: readonly RecordedInput[] }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

/** `renamed`: the old name of a map by the new one. */
export function recordedInputs(
  folder: string | undefined,
  plan: Plan,
  host: Host | null,
  cwd: string,
  renamed: ReadonlyMap<string, string> = new Map(),
): Recorded {
  const problems: string[] = []
  const inputs: RecordedInput[] = []
  if (folder !== undefined) {
    const root = resolve(cwd, folder)
    if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true)
      return {
        kind: "problems",
        problems: [problem("FM8306", `--payloads: there is no folder "${folder}".`)],
      }
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:json|ndjson|jsonl)$/iu.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      const name = relative(root, path).split(sep).join("/")
      const [first = ""] = name.replace(/\.[a-z]+$/iu, "").split("/")
      const map = plan.maps.find(one => [one.name, renamed.get(one.name)].includes(first))
      if (map === undefined) {
        problems.push(`--payloads: ${name} is of no map; call it after one, or put it in a folder called so.`)
        continue
      }
      const values = valuesOf(path, name)
      if (typeof values === "string") problems.push(`--payloads: ${name}: ${values}.`)
      else
        for (const [i, value] of values.entries()) {
          const input = inputOf(value, map)
          if (typeof input === "string") problems.push(`--payloads: ${name}: ${input}`)
          else inputs.push({ map: map.name, name: values.length === 1 ? name : `${name}:${i + 1}`, input })
        }
    }
  }
  return problems.length > 0
    ? { kind: "problems", problems: problemsOf("FM8306", problems) }
    : { kind: "inputs", inputs: [...inputs, ...(host === null ? [] : testInputs(plan, host))] }
}

/** A list of records in JSON, or one a line; text: what is wrong. */
function valuesOf(path: string, name: string): readonly unknown[] | string {
  try {
    const read = readSample(memoryHost(new Map([[name, new Uint8Array(readFileSync(path))]])), name)
    return Array.isArray(read) ? read : [read]
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function inputOf(value: unknown, map: PlanMap): Readonly<Record<string, unknown>> | string {
  const wanted = [
    ...map.sources.map(({ name }) => name),
    ...(map.set?.sets ?? []).map(({ name }) => name),
    ...map.givens.filter(({ optional }) => !optional).map(({ name }) => name),
  ]
  if (typeof value === "object" && value !== null && wanted.every(name => Object.hasOwn(value, name)))
    return Object.fromEntries(Object.entries(value))
  const [only] = wanted
  return only !== undefined && wanted.length === 1 && map.set === null
    ? { [only]: value }
    : `${map.name} wants ${wanted.join(", ")}, each by its name.`
}

/** What the tests give their maps, with the rows they assume. One that cannot be read is a failing test, and no input. */
function testInputs(plan: Plan, host: Host): readonly RecordedInput[] {
  return plan.tests.flatMap(test => {
    const map = plan.maps.find(({ name }) => name === test.map)
    if (map === undefined) return []
    const input = new Map<string, unknown>()
    for (const { name, value } of test.givens) {
      if ("json" in value) input.set(name, value.json)
      else {
        const read = sampleOf(plan, map, name, value.file, host)
        if (read === undefined) return []
        input.set(name, read.value)
      }
    }
    return [
      {
        map: map.name,
        name: `test "${test.title}"`,
        input: Object.fromEntries(input),
        assumed: assumedReference(test.assumes),
      },
    ]
  })
}

function sampleOf(
  plan: Plan,
  map: PlanMap,
  name: string,
  file: string,
  host: Host,
): { readonly value: unknown } | undefined {
  try {
    const read = sampleInput(plan, map, name, readSample(host, file))
    return "problem" in read ? undefined : read
  } catch {
    return undefined
  }
}
