// What a run over a set of rows keeps: `node --conditions=fmap-source --expose-gc bench/sets/memory.ts [rows]`. Rows are made one by
// one and forgotten. Prints rows a second and the heap after a collection, at a tenth of the rows and at the end: without `collect`
// it does not grow; with it, it grows with the groups (400 here) and no further.
import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { compile, memoryHost } from "@fmap/compiler"
import type { SetRun } from "@fmap/runtime"
import { put } from "../order/put.ts"

const count = Number(process.argv[2] ?? 1_000_000)
const folder = join(import.meta.dirname, "../../node_modules/.cache/fmap-bench/sets")

type Begin = (input: object) => SetRun<unknown>

async function emitted(): Promise<Readonly<Record<string, Begin>>> {
  const text = readFileSync(join(import.meta.dirname, "actuals.fmap"), "utf8")
  const { files } = compile(memoryHost(new Map([["actuals.fmap", text]])), ["actuals.fmap"], {
    emit: { typescript: { sourceRoot: "" } },
  })
  mkdirSync(folder, { recursive: true })
  put(join(folder, "package.json"), '{ "type": "module" }\n')
  for (const { path, text: written } of files) put(join(folder, path), written)
  return (await import(pathToFileURL(join(folder, "actuals.js")).href)) as Record<string, Begin>
}

function rowOf(i: number): object {
  return {
    account: String(4000 + (i % 100)),
    entity: `DE${i % 10}`,
    period: `2026-${String(1 + (Math.trunc(i / 1000) % 4)).padStart(2, "0")}`,
    currency: "EUR",
    amount: `${i % 9973}.${String(i % 100).padStart(2, "0")}`,
  }
}

const megabytes = (): number => {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 1e5) / 10
}

const module = await emitted()
for (const [name, begin] of [
  ["row by row", module.createLines],
  ["collected", module.createFacts],
] as const) {
  const run = begin?.({})
  if (run === undefined) throw new Error("A function was not emitted.")
  const started = performance.now()
  let early = 0
  for (let i = 0; i < count; i++) {
    run.row(rowOf(i))
    if (i === Math.trunc(count / 10)) early = megabytes()
  }
  const seconds = (performance.now() - started) / 1000
  const heap = megabytes()
  const { counts, out, status } = run.end()
  console.log(
    `${name}: ${count} rows, ${Math.round(count / seconds)} rows/s, heap ${early} MB → ${heap} MB, ` +
      `rss ${Math.round(process.memoryUsage().rss / 1e6)} MB; ${status}, ${counts.out} out in ${out.length} records`,
  )
}
