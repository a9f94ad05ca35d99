// Lookups in a list of a run, side by side: `node --conditions=fmap-source --expose-gc bench/sets/lookups.ts [rows] [periods]`. The same map
// twice; in one the condition begins with the key, and the emitted code finds the row by an index, in the other it begins with something else,
// and every row of the list is looked at. Prints rows a second of both, their ratio, and the heap while the index stands.
import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { compile, memoryHost } from "@fmap/compiler"
import type { SetRun } from "@fmap/runtime"
import { put } from "../order/put.ts"

const count = Number(process.argv[2] ?? 200_000)
const periods = Number(process.argv[3] ?? 1000)
const folder = join(import.meta.dirname, "../../node_modules/.cache/fmap-bench/lookups")
const text = readFileSync(join(import.meta.dirname, "lookups.fmap"), "utf8")

const { files } = compile(memoryHost(new Map([["lookups.fmap", text]])), ["lookups.fmap"], {
  emit: { typescript: { sourceRoot: "" } },
})
mkdirSync(folder, { recursive: true })
put(join(folder, "package.json"), '{ "type": "module" }\n')
for (const { path, text: written } of files) put(join(folder, path), written)
const module = (await import(pathToFileURL(join(folder, "lookups.js")).href)) as Record<
  string,
  (input: object) => SetRun<unknown>
>

const p = Array.from({ length: periods }, (_, i) => ({ id: String(i), name: `P${i}`, closed: false }))
const megabytes = (): number => {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 1e5) / 10
}

function perSecond(begin: ((input: object) => SetRun<unknown>) | undefined, rows: number): number {
  if (begin === undefined) throw new Error("A function was not emitted.")
  const run = begin({ p })
  const started = performance.now()
  for (let i = 0; i < rows; i++) run.row({ period: String((i * 7) % periods), amount: `${i % 997}.25` })
  const seconds = (performance.now() - started) / 1000
  if (run.end().counts.out !== rows) throw new Error("A row did not come out.")
  return rows / seconds
}

const rounds = 5
const ratios: number[] = []
let best = { indexed: 0, looked: 0 }
for (let round = 0; round < rounds; round++) {
  const indexed = perSecond(module.createByKey, count)
  const looked = perSecond(module.createByLooking, Math.max(1000, Math.trunc(count / 10)))
  ratios.push(indexed / looked)
  best = { indexed: Math.max(best.indexed, indexed), looked: Math.max(best.looked, looked) }
}
ratios.sort((a, b) => a - b)
console.log(
  `${periods} rows in the list: by key ${Math.round(best.indexed)} rows/s, by looking ${Math.round(best.looked)} rows/s, ` +
    `ratio ${ratios[Math.trunc(rounds / 2)]?.toFixed(1)} (median of ${rounds}); heap ${megabytes()} MB`,
)
