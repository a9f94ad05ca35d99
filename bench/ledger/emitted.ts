// The ledger's map compiled by fmap and imported. Flows in: nothing; flows out: the function and its fast way. Stands below node_modules, so
// that the emitted module finds @fmap/runtime as in a user's project.
import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { compile, memoryHost } from "@fmap/compiler"
import type { Result } from "@fmap/runtime"
import { put } from "../order/put.ts"

type Run = (input: { readonly ledger: unknown }) => Result<unknown>

export interface EmittedLedger {
  readonly transform: Run
  /** The fast path alone: undefined when the slow one must look. */
  readonly fast: (input: { readonly ledger: unknown }) => Result<unknown> | undefined
}

export async function emittedLedger(): Promise<EmittedLedger> {
  const folder = join(import.meta.dirname, "../../node_modules/.cache/fmap-bench/ledger")
  mkdirSync(folder, { recursive: true })
  put(join(folder, "package.json"), '{ "type": "module" }\n')
  const source = readFileSync(join(import.meta.dirname, "ledger.fmap"), "utf8")
  const { files, diagnostics } = compile(memoryHost(new Map([["ledger.fmap", source]])), ["ledger.fmap"], {
    emit: { typescript: { sourceRoot: "", expose: true } },
  })
  if (diagnostics.length > 0)
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"))
  for (const { path, text } of files) put(join(folder, path), text)
  const module = (await import(pathToFileURL(join(folder, "ledger.js")).href)) as Record<string, never>
  const { actuals, fastActuals } = module
  if (!actuals || !fastActuals) throw new Error("A function was not emitted.")
  return { transform: actuals, fast: fastActuals }
}
