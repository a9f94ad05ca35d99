// The compiler on one screen, up to the Plan. Flows in: a host and entry files. Flows out: diagnostics of every phase, and without an
// error among them the Plan. Each phase takes data and gives data; nothing here reads a disk or a clock, or knows an emitter.
import type { Diagnostic } from "@fmap/grammar"
import { checkProject } from "./check/index.ts"
import { type Host, packageRootOf } from "./host/index.ts"
import { lower } from "./lower/lower.ts"
import { testCodes } from "./lower/test-codes.ts"
import { lowerTests } from "./lower/tests.ts"
import type { Plan } from "./plan/index.ts"
import { loadProject } from "./project/load-project.ts"
import { readSource } from "./project/read-source.ts"
import { settle } from "./project/settle.ts"
import { resolve } from "./resolve/resolve.ts"

export interface Analysis {
  /** Sorted by file (in dependency order) and place. */
  readonly diagnostics: readonly Diagnostic[]
  /** Paths of the source files read, in dependency order. */
  readonly sources: readonly string[]
  /** Null when there is an error. */
  readonly plan: Plan | null
}

/** `entries`: project-relative paths; what they import is analysed with them. Bad input gives diagnostics; a throw is a bug. */
export function analyse(host: Host, entries: readonly string[]): Analysis {
  const loaded = loadProject(host, entries, readSource)
  const resolved = resolve(loaded.files, host)
  const checked = checkProject(resolved.bound)
  const tested = lowerTests(resolved.bound, host)
  const sources = loaded.files.map(file => file.path)
  const found = [loaded, resolved, checked, tested]
    .flatMap(phase => phase.diagnostics)
    .filter(diagnostic => isError(diagnostic) || !isOfPackage(diagnostic))
  // The codes of a map are complete only where nothing is wrong.
  const codes = found.some(isError) ? [] : testCodes(resolved.bound, checked.maps)
  const diagnostics = inOrder(settle([...found, ...codes]), sources)
  if (diagnostics.some(isError)) return { diagnostics, sources, plan: null }

  const plan: Plan = { ...lower(resolved.bound, loaded.packages, checked), tests: tested.tests }
  return { diagnostics, sources, plan }
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === "error"
}

/** Who uses a package cannot act on its warnings. */
function isOfPackage(diagnostic: Diagnostic): boolean {
  return packageRootOf(diagnostic.labels[0].place.file) !== null
}

/** Files in dependency order, those that were not read last; places from top to bottom. */
function inOrder(diagnostics: readonly Diagnostic[], sources: readonly string[]): readonly Diagnostic[] {
  const rank = new Map(sources.map((path, index) => [path, index]))
  const rankOf = (diagnostic: Diagnostic) => rank.get(diagnostic.labels[0].place.file) ?? sources.length
  return diagnostics.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || a.labels[0].place.span.start - b.labels[0].place.span.start,
  )
}
