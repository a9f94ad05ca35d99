// Runs what the emitter wrote: the modules of a Plan in a folder of their own, imported by Node itself.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Crosswalk, Result } from "@fmap/runtime"
import { typescriptEmitter } from "../../../../compiler/emit/index.ts"
import type { Plan } from "../../../../compiler/plan/index.ts"

const runtime = pathToFileURL(join(import.meta.dirname, "../../../../runtime/index.ts")).href

export type Transformer = (
  input: unknown,
  reference?: { readonly [name: string]: Crosswalk },
) => Result<unknown>
export interface EmittedModule {
  readonly [name: string]: unknown
}

export function emitted(plan: Plan, expose = true): ReadonlyMap<string, string> {
  return new Map(
    typescriptEmitter.emit(plan, { sourceRoot: "../", expose }).map(({ path, text }) => [path, text]),
  )
}

export async function importEmitted(plan: Plan, path = "order.js", expose = true): Promise<EmittedModule> {
  const folder = mkdtempSync(join(tmpdir(), "fmap-emitted-"))
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }')
  for (const [name, text] of emitted(plan, expose)) {
    if (!name.endsWith(".js")) continue
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(
      file,
      text
        .replaceAll('from "@fmap/runtime"', `from ${JSON.stringify(runtime)}`)
        .replace(/\/\/# sourceMappingURL=.*/, ""),
    )
  }
  return import(/* @vite-ignore */ pathToFileURL(join(folder, path)).href) as Promise<EmittedModule>
}

/** The exported, fast and slow functions of a map; `fast` is null where the map has none. */
export async function transformers(
  plan: Plan,
  name = "m",
): Promise<{ readonly run: Transformer; readonly fast: Transformer | null; readonly slow: Transformer }> {
  const module = await importEmitted(plan)
  const capital = name.charAt(0).toUpperCase() + name.slice(1)
  const fast = module[`fast${capital}`]
  return {
    run: module[name] as Transformer,
    fast: fast === undefined ? null : (fast as Transformer),
    slow: module[`slow${capital}`] as Transformer,
  }
}
