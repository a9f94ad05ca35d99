// A project that uses the canonical model as any other does: installed below node_modules and imported by its name. Flows in: the
// contracts to import and further files. Flows out: what the compiler says, and a map of each contract to itself.
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { type Compilation, compile } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import type { Plan } from "../../compiler/plan/index.ts"
import { root } from "../architecture/source-files.ts"
import { folderWith } from "../cli/folder.ts"

export const modelFolder = join(root, "specs/finance")

export interface Sample {
  /** The door of the package: `@fmap/finance/order`. */
  readonly from: string
  readonly contract: string
  readonly valid: unknown
  readonly refused: readonly {
    readonly why: string
    /** New values by JSON Pointer; null takes the member away. */
    readonly set: Readonly<Record<string, unknown>>
    readonly code: string
    /** The JSON Schema refuses it too: what it says is structure and not arithmetic. */
    readonly schema: boolean
  }[]
}

const samplesFolder = join(root, "test/finance/samples")
export const samples: readonly Sample[] = readdirSync(samplesFolder)
  .toSorted()
  .map(name => JSON.parse(readFileSync(join(samplesFolder, name), "utf8")))

export function compileWithModel(files: Readonly<Record<string, string>>): Compilation {
  const folder = folderWith(files)
  mkdirSync(join(folder, "node_modules/@fmap"), { recursive: true })
  symlinkSync(modelFolder, join(folder, "node_modules/@fmap/finance"))
  return compile(nodeHost(folder), Object.keys(files), { emit: {} })
}

/** `map CopyOrder … { total = a.total … }` for every contract: what is read is written again. */
export function copies(plan: Plan): string {
  const lines = samples.map(({ from, contract }) => `import { ${contract} } from "${from}"`)
  for (const { contract } of samples) {
    const shape = plan.shapes.find(one => one.name === contract)
    const fields = shape?.fields.map(
      ({ name, optional }) => `  ${name} = a.${name}${optional ? " else omit" : ""}`,
    )
    lines.push(
      "",
      `map Copy${contract} version 1.0.0`,
      `  from a: ${contract}`,
      `  to   b: ${contract}`,
      "{",
      ...(fields ?? []),
      "}",
    )
  }
  return `${lines.join("\n")}\n`
}

/** The valid record with some of its members changed. */
export function changed(valid: unknown, set: Readonly<Record<string, unknown>>): unknown {
  const copy = structuredClone(valid)
  for (const [pointer, value] of Object.entries(set)) {
    const path = pointer.slice(1).split("/")
    const last = path.pop() ?? ""
    // biome-ignore lint/suspicious/noExplicitAny: a sample of any form
    const holder = path.reduce<any>((inside, name) => inside[name], copy)
    if (value === null) delete holder[last]
    else holder[last] = value
  }
  return copy
}
