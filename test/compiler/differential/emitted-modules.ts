// Runs emitted modules natively, many at once: the runtime is bundled once, each module becomes CommonJS beside it. Flows in: Plans.
// Flows out: their exports.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { Result } from "@fmap/runtime"
import { buildSync, transformSync } from "esbuild"
import { typescriptEmitter } from "../../../compiler/emit/typescript/index.ts"
import type { Plan } from "../../../compiler/plan/index.ts"

export type EmittedFunction = (...given: readonly unknown[]) => Result<unknown> | undefined
export interface EmittedModules {
  /** The exports of the first file's module. */
  readonly load: (plan: Plan, name: string) => ReadonlyMap<string, EmittedFunction>
  readonly remove: () => void
}

export function emittedModules(): EmittedModules {
  const folder = mkdtempSync(join(tmpdir(), "fmap-differential-"))
  const runtime = join(folder, "runtime.cjs")
  buildSync({
    entryPoints: [join(import.meta.dirname, "../../../runtime/index.ts")],
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node22",
    outfile: runtime,
  })
  const load = createRequire(join(folder, "index.cjs"))
  return {
    load: (plan, name) => {
      for (const { path, text } of typescriptEmitter.emit(plan, { sourceRoot: "../", expose: true })) {
        if (!path.endsWith(".js")) continue
        const file = join(folder, name, path)
        mkdirSync(dirname(file), { recursive: true })
        const { code } = transformSync(text.replaceAll('"@fmap/runtime"', JSON.stringify(runtime)), {
          format: "cjs",
          loader: "js",
        })
        writeFileSync(file.replace(/\.js$/, ".cjs"), code)
      }
      const module = (plan.files[0]?.path ?? "").replace(/\.fmap$/, ".cjs")
      return new Map(Object.entries(load(join(folder, name, module)) as object)) as ReadonlyMap<
        string,
        EmittedFunction
      >
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
