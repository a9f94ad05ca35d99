// The workload compiled by fmap. Flows in: how amounts stand; flows out: the emitted map and validator, imported, and the folder
// they stand in. The folder is below node_modules, so that the emitted modules find @fmap/runtime as in a user's project.
import { mkdirSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { compile, memoryHost } from "@fmap/compiler"
import type { Result } from "@fmap/runtime"
import type { Amounts } from "./order-text.ts"
import { put } from "./put.ts"

export interface EmittedOrder {
  readonly folder: string
  readonly transform: (input: { readonly o: unknown }) => Result<unknown>
  /** The fast path alone: undefined when the slow one must look. */
  readonly fast: (input: { readonly o: unknown }) => Result<unknown> | undefined
  readonly validate: (payload: unknown) => Result<unknown>
}

const here = import.meta.dirname

export async function emittedOrder(amounts: Amounts): Promise<EmittedOrder> {
  const folder = join(here, "../../node_modules/.cache/fmap-bench", amounts)
  mkdirSync(folder, { recursive: true })
  put(join(folder, "package.json"), '{ "type": "module" }\n')
  const { files, diagnostics } = compile(memoryHost(orderProject(amounts)), ["order.fmap"], {
    // the bench wants to know that the fast path is the one that runs
    emit: { typescript: { sourceRoot: "", expose: true } },
  })
  if (diagnostics.length > 0)
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"))
  for (const { path, text } of files) put(join(folder, path), text)
  const module = async (file: string) =>
    (await import(pathToFileURL(join(folder, file)).href)) as Record<string, never>
  const { orderToNetSuite, fastOrderToNetSuite } = await module("order.js")
  const { validateOrder } = await module("salesforce.js")
  if (!orderToNetSuite || !fastOrderToNetSuite || !validateOrder)
    throw new Error("A function was not emitted.")
  return { folder, transform: orderToNetSuite, fast: fastOrderToNetSuite, validate: validateOrder }
}

/** The sources of this folder, with amounts as wanted on both sides. */
export function orderProject(amounts: Amounts): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(here)
      .filter(file => file.endsWith(".fmap"))
      .map(file => [
        file,
        readFileSync(join(here, file), "utf8").replace("decimal: text", `decimal: ${amounts}`),
      ]),
  )
}
