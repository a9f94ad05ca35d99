// Emitted JavaScript as a service would load it: files on disk, imported by Node itself, `@fmap/runtime` found as a package.
// Flows in: emitted files. Flows out: the exports of one of them. The runtime is bundled once per run from its sources.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import type { EmittedFile } from "@fmap/compiler"
import { build } from "esbuild"

export interface EmittedModules {
  /** Writes the files of one project and imports `entry` (`main.js`). */
  readonly load: (
    name: string,
    files: readonly EmittedFile[],
    entry: string,
  ) => Promise<Readonly<Record<string, unknown>>>
  readonly remove: () => void
}

export async function emittedModules(): Promise<EmittedModules> {
  const root = mkdtempSync(join(tmpdir(), "fmap-conformance-"))
  const runtime = join(root, "node_modules/@fmap/runtime")
  await build({
    entryPoints: ["@fmap/runtime"],
    conditions: ["fmap-source"],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    outfile: join(runtime, "index.js"),
    logLevel: "error",
  })
  writeFileSync(
    join(runtime, "package.json"),
    JSON.stringify({ name: "@fmap/runtime", type: "module", exports: "./index.js" }),
  )
  writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module" }))
  return {
    load: async (name, files, entry) => {
      const folder = join(root, "cases", name)
      for (const file of files) {
        const path = join(folder, file.path)
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, file.text)
      }
      return (await import(/* @vite-ignore */ pathToFileURL(join(folder, entry)).href)) as Record<
        string,
        unknown
      >
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
