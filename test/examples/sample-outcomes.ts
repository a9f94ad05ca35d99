// What becomes of every sample of the example, with the reference data it comes with: each opportunity beside its account, and the order
// that comes out on its way to the ERP. Flows in: the Plan and the files. Flows out: outcomes as text, one a sample, with what a payload
// breaks of its contract.
import { crosswalkSpec, interpreter, type Plan, validatePayload } from "@fmap/compiler"
import {
  type Crosswalk,
  type Issue,
  loadCrosswalk,
  type Result,
  readJsonBytes,
  writeJson,
} from "@fmap/runtime"
import { readCsv } from "@fmap/runtime/formats"

type Files = ReadonlyMap<string, Uint8Array>

export function sampleOutcomes(
  plan: Plan,
  files: Files,
): readonly (readonly [title: string, outcome: string])[] {
  const reference = referenceOf(plan, files)
  if (typeof reference === "string") return [["reference data", reference]]
  const run = interpreter(plan)
  const samples = (folder: string) =>
    [...files]
      .filter(([path]) => path.startsWith(`samples/${folder}/`) && path.endsWith(".json"))
      .map(([path, bytes]) => [path, readJsonBytes(bytes)] as const)
      .flatMap(([path, read]) => ("ok" in read ? [[path, read.ok] as const] : []))
      .sort(([a], [b]) => (a < b ? -1 : 1))
  const accounts = samples("accounts")
  const orders = samples("orders").map(([path, order]) => {
    const outcome = outcomeOf(run("OrderToNetSuite", { order }, reference))
    return [path, [...validity(plan, "OrderToNetSuite", "order", order), outcome].join(" ")] as const
  })
  const deals = samples("opportunities").map(([path, opp]) => {
    const [, account] =
      accounts.find(([, one]) => idOf(one, "Id") === idOf(opp, "AccountId")) ?? accounts[0] ?? []
    const order = run("BookOrder", { opp, account, asOf: "2026-03-31" }, reference)
    const sent = order.status === "done" ? [run("OrderToNetSuite", { order: order.value }, reference)] : []
    const outcomes = [order, ...sent].map(outcomeOf)
    const valid = [
      ...validity(plan, "BookOrder", "opp", opp),
      ...validity(plan, "BookOrder", "account", account),
    ]
    return [path, [...valid, ...outcomes].join(" ")] as const
  })
  return [...deals, ...orders]
}

/** What the whole payload breaks of its contract, read or not. */
function validity(plan: Plan, map: string, source: string, payload: unknown): readonly string[] {
  const sources = plan.maps.find(({ name }) => name === map)?.sources ?? []
  const shape = sources.find(({ name }) => name === source)?.binding.shape
  if (shape === undefined) return [`${source} is gone`]
  const result = validatePayload(plan, shape, payload)
  return result.status === "done" ? [] : [`${source} ${writeJson(result.issues.map(shown))}`]
}

function idOf(record: unknown, name: string): unknown {
  return typeof record === "object" && record !== null ? (record as Record<string, unknown>)[name] : undefined
}

function outcomeOf(result: Result<unknown>): string {
  return result.status === "done"
    ? writeJson([result.value, result.notes.map(shown)])
    : writeJson([result.status, result.issues.map(shown)])
}

function shown({ code, severity, root, pointer }: Issue): string {
  return `${severity} ${code} ${root} ${pointer}`
}

function referenceOf(plan: Plan, files: Files): Readonly<Record<string, Crosswalk>> | string {
  const loaded: Record<string, Crosswalk> = {}
  for (const crosswalk of plan.crosswalks) {
    if (crosswalk.external === null) continue
    const table = readCsv(new TextDecoder().decode(files.get(crosswalk.external.path)))
    const result = "ok" in table ? loadCrosswalk(crosswalkSpec(plan, crosswalk), table.ok) : null
    if (result === null || "problems" in result) return `${crosswalk.id} cannot be loaded`
    loaded[crosswalk.id] = result.ok
  }
  return loaded
}
