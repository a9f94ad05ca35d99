// What a service takes on board: the emitted map with the part of the runtime it uses, bundled and minified, and its first call.
// Flows out: Markdown and ratios.
import { spawnSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { median } from "../harness/statistics.ts"
import { figure, table } from "../harness/table.ts"
import { emittedOrder } from "../order/emitted.ts"
import { orderText } from "../order/order-text.ts"
import { cache } from "./compiler-speed.ts"
import type { Part } from "./part.ts"

export async function moduleSizePart(): Promise<Part> {
  const { folder } = await emittedOrder("text")
  const result = await build({
    absWorkingDir: folder,
    stdin: { contents: 'export { orderToNetSuite } from "./order.js"', resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    conditions: ["fmap-source"],
    write: false,
    metafile: true,
    outfile: "bundle.js",
  })
  const text = result.outputFiles[0]?.contents ?? new Uint8Array()
  const parts = Object.values(result.metafile.outputs)[0]?.inputs ?? {}
  const size = (own: (path: string) => boolean) =>
    Object.entries(parts).reduce((sum, [path, { bytesInOutput }]) => sum + (own(path) ? bytesInOutput : 0), 0)
  const emitted = (path: string) => !path.includes("runtime/")
  const first = firstCall(text)
  const kilobytes = (bytes: number) => figure(bytes / 1024)
  return {
    markdown: [
      "### The emitted module of the order workload, bundled and minified",
      table(
        ["", ""],
        [
          ["emitted code, KB", kilobytes(size(emitted))],
          ["runtime it uses, KB", kilobytes(size(path => !emitted(path)))],
          ["together, KB", kilobytes(text.length)],
          ["together, gzip, KB", kilobytes(gzipSync(text).length)],
          ["load, ms", figure(first.load)],
          ["first call, ms", figure(first.call)],
        ],
      ),
    ].join("\n\n"),
    ratios: new Map([
      ["C5 size", text.length / 1024],
      ["C5 first call", first.call],
    ]),
  }
}

/** In processes of their own: medians of eleven. */
function firstCall(bundle: Uint8Array): { readonly load: number; readonly call: number } {
  const folder = join(cache, "first-call")
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "bundle.mjs"), bundle)
  writeFileSync(join(folder, "order.json"), orderText(1, "text"))
  writeFileSync(
    join(folder, "run.mjs"),
    `import { readFileSync } from "node:fs"
const o = JSON.parse(readFileSync(new URL("order.json", import.meta.url), "utf8"))
const start = performance.now()
const { orderToNetSuite } = await import("./bundle.mjs")
const loaded = performance.now()
const { status } = orderToNetSuite({ o })
const end = performance.now()
if (status !== "done") throw new Error(status)
console.log(JSON.stringify({ load: loaded - start, call: end - loaded }))
`,
  )
  const times = Array.from({ length: 11 }, () => {
    const { stdout } = spawnSync(process.execPath, [join(folder, "run.mjs")], { encoding: "utf8" })
    return JSON.parse(stdout) as { readonly load: number; readonly call: number }
  })
  return { load: median(times.map(({ load }) => load)), call: median(times.map(({ call }) => call)) }
}
