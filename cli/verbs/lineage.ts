// `fmap lineage`: where each field of a target comes from, or what hangs on a source field. Flows in: a map's name and what is asked
// for. Flows out: text, data or a picture on standard output. Runs no record.
import {
  flowLineageOf,
  formatLineage,
  lineageDocument,
  lineageDot,
  lineageMermaid,
  lineageOf,
  type MapLineage,
  openLineage,
  openLineageJobs,
  type Plan,
  selectLineage,
} from "@fmap/compiler"
import { analyseProject } from "../project/analyse-project.ts"
import { noSuchMap } from "../project/no-such-map.ts"
import { openProject } from "../project/open-project.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeText } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

interface LineageOptions {
  readonly project?: string
  readonly field?: string
  readonly from?: string
  readonly format?: "text" | "json" | "mermaid" | "dot" | "openlineage"
}

export async function lineage(
  mapName: string | undefined,
  options: LineageOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const opening = openProject(terminal.cwd, options.project, [])
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const compiled = analyseProject(opening.opened)
  const { plan } = compiled
  tellDiagnostics(compiled, opening.opened.project.folder, terminal)
  if (plan === null) return exitCodes.findings

  const named = [...plan.maps, ...(plan.flows ?? [])]
  if (mapName !== undefined && !named.some(({ name }) => name === mapName))
    return cannotStart(terminal, [problem("FM8108", noSuchMap(mapName, plan))])
  const all = lineagesFor(options.format, plan).filter(({ map }) => mapName === undefined || map === mapName)
  const isAsked = options.field !== undefined || options.from !== undefined
  const wanted = all
    .map(one => selectLineage(one, options))
    .filter(one => !isAsked || one.fields.length + one.stops.length > 0)
  if (isAsked && wanted.length === 0) return cannotStart(terminal, [problem("FM8108", nothingFound(options))])
  const job = openLineageJobs(plan).find(({ flow }) => flow === mapName)
  await terminal.out(
    options.format === "openlineage" && job !== undefined && !isAsked
      ? `${JSON.stringify(job.outputs, null, 2)}\n`
      : written(wanted, options.format ?? "text", plan),
  )
  return exitCodes.fine
}

/** OpenLineage knows data sets and jobs: of a flow that is named, what it writes; else each map is a job. */
function lineagesFor(format: LineageOptions["format"], plan: Plan): readonly MapLineage[] {
  return format === "openlineage" ? lineageOf(plan) : [...lineageOf(plan), ...flowLineageOf(plan)]
}

function written(lineages: readonly MapLineage[], format: LineageOptions["format"], plan: Plan): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(lineageDocument(lineages, plan), null, 2)}\n`
    case "openlineage":
      return `${JSON.stringify(openLineage(lineages, plan), null, 2)}\n`
    case "mermaid":
      return lineageMermaid(lineages)
    case "dot":
      return lineageDot(lineages)
    case "text":
    case undefined:
      return safeText(formatLineage(lineages, plan))
  }
}

function nothingFound({ field, from }: LineageOptions): string {
  if (from === undefined) return `No target has a field ${JSON.stringify(field)}.`
  const of = field === undefined ? "Nothing" : `No field at ${JSON.stringify(field)}`
  return `${of} comes from ${JSON.stringify(from)}. Name a source field (opp.Amount), a given or a crosswalk.`
}
