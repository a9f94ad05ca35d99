// The .fmap texts there are: the fences of the language page that are in scope now, and every file of the examples.
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "@fmap/grammar"

const root = join(import.meta.dirname, "../..")

export interface Sample {
  readonly name: string
  readonly text: string
}

/** Files of cases and examples that parse without errors. */
export function cleanSamples(): readonly Sample[] {
  const names = globSync(["examples/**/*.fmap", "test/grammar/cases/*.fmap"], {
    cwd: root,
    exclude: path => path.includes("node_modules"),
  })
  return names
    .sort()
    .map(name => ({ name, text: readFileSync(join(root, name), "utf8") }))
    .filter(sample => parse(sample.text, sample.name).diagnostics.every(d => d.severity !== "error"))
}
