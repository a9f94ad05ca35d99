// TypeScript types of JSON Schemas that come from outside, as fmap.json names them under `types`. Flows in: the project. Flows
// out: one `.d.ts` for each schema, or plain sentences why there is none. The library that makes them is loaded only here.
import { resolvePath } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { readJsonBytes } from "@fmap/runtime"
import type { Project } from "../config/find-project.ts"
import { type Problem, problemsOf } from "../terminal/problem.ts"

interface TypesFile {
  readonly path: string
  readonly text: string
}

export type OutsideTypes =
  | { readonly files: readonly TypesFile[] }
  | { readonly problems: readonly Problem[] }

const limit = 16 * 1024 * 1024

export async function outsideTypes({ folder, config }: Project): Promise<OutsideTypes> {
  if (config.types.length === 0) return { files: [] }
  const { typesFromSchema } = await import("@fmap/compiler/types-from-schema")
  const host = nodeHost(folder)
  const files: TypesFile[] = []
  const problems: string[] = []
  for (const written of config.types) {
    const found = resolvePath("fmap.json", written)
    if (found.kind !== "path") {
      problems.push(`types: "${written}" does not lead to a file of the project.`)
      continue
    }
    const read = host.readFile(found.path, limit)
    if (read.kind !== "bytes") {
      problems.push(`types: "${written}" cannot be read.`)
      continue
    }
    const json = readJsonBytes(read.bytes)
    if ("refused" in json) {
      problems.push(`types: "${written}", line ${json.refused.line}: ${json.refused.message}`)
      continue
    }
    const types = await typesFromSchema(json.ok, typeName(found.path))
    if ("problem" in types) problems.push(`types: "${written}": ${types.problem}`)
    else {
      const header = `// Types of ${found.path}, made by fmap; do not edit.\n`
      files.push({ path: found.path.replace(/\.json$/u, "") + ".d.ts", text: header + types.types })
    }
  }
  return problems.length > 0 ? { problems: problemsOf("FM8110", problems) } : { files }
}

/** `schemas/sales-order.schema.json` → `SalesOrder`. */
function typeName(path: string): string {
  const base = (path.split("/").at(-1) ?? "").replace(/(?:\.schema)?\.json$/u, "")
  const words = base.split(/[^A-Za-z0-9]+/u).filter(word => word !== "")
  const name = words.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join("")
  return /^[A-Za-z]/u.test(name) ? name : `Schema${name}`
}
