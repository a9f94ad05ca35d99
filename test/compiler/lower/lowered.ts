// Small projects, lowered without the checker: what resolve and lower make of declarations.
import { memoryHost } from "@fmap/compiler"
import { lower } from "../../../compiler/lower/lower.ts"
import { lowerTests } from "../../../compiler/lower/tests.ts"
import type { Plan } from "../../../compiler/plan/index.ts"
import { loadProject } from "../../../compiler/project/load-project.ts"
import { readSource } from "../../../compiler/project/read-source.ts"
import { resolve } from "../../../compiler/resolve/resolve.ts"

/** The text may be indented by four: declarations begin at column 1. Throws on any error: cases of lowering are right ones. */
export function lowered(text: string, files: Record<string, string> = {}): Plan {
  const host = memoryHost(new Map(Object.entries({ ...files, "main.fmap": text.replaceAll(/^ {4}/gm, "") })))
  const loaded = loadProject(host, ["main.fmap"], readSource)
  const { bound, diagnostics } = resolve(loaded.files, host)
  const tested = lowerTests(bound, host)
  const errors = [...loaded.diagnostics, ...diagnostics, ...tested.diagnostics].filter(
    d => d.severity === "error",
  )
  if (errors.length > 0) throw new Error(errors.map(d => `${d.code} ${d.message}`).join("\n"))
  const plan = lower(bound, loaded.packages, {
    maps: [],
    rulesOf: () => ({ rules: [], variables: [] }),
    inferred: [],
    flows: [],
    questions: [],
  })
  return { ...plan, tests: tested.tests }
}
