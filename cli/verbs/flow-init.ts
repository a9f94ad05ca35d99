// `fmap flow init`: what the flows of a project run on, as a file to fill in. Flows in: a project whose flows are green. Flows out: fmap.flows.json with an entry for each system; of one that exists nothing is
// changed, and entries it lacks go to standard output.

import { existsSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { nodeFileSystem } from "../files/file-system.ts"
import { writeAll } from "../files/write-all.ts"
import { type FlowConfig, readFlowConfig } from "../flow/flow-config.ts"
import { nextSteps } from "../flow/init/next-steps.ts"
import { type PreparedSystem, prepareEntries } from "../flow/init/prepare-entries.ts"
import { usedSystems } from "../flow/init/used-systems.ts"
import { flowsIn } from "../flow/plan-flows.ts"
import { analyseProject } from "../project/analyse-project.ts"
import { openProject } from "../project/open-project.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { summary } from "../reporters/report.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowInitOptions {
  readonly project?: string
  readonly config?: string
  /** Systems whose platform can be simulated are reached on this machine. */
  readonly simulated?: boolean
}

export async function flowInit(options: FlowInitOptions, terminal: Terminal): Promise<ExitCode> {
  const opening = openProject(terminal.cwd, options.project, [])
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const { folder } = opening.opened.project
  const analysed = analyseProject(opening.opened)
  const { plan, diagnostics, sources } = analysed
  if (plan === null) {
    tellDiagnostics(analysed, folder, terminal)
    return exitCodes.findings
  }
  if (diagnostics.length > 0) terminal.comment(`${summary(diagnostics, sources)} fmap check shows them.\n`)
  if (flowsIn(plan).length === 0)
    return cannotStart(terminal, [
      problem(
        "FM8105",
        "The project has no flow, so there is nothing to run: fmap flow init is for what flows run on.",
      ),
    ])
  const file =
    options.config === undefined ? join(folder, "fmap.flows.json") : resolve(terminal.cwd, options.config)
  const isThere = existsSync(file)
  const read = isThere ? readFlowConfig(folder, terminal.cwd, file) : undefined
  if (read?.kind === "problems") return cannotStart(terminal, read.problems)
  const known = read?.config.systems ?? {}
  const used = usedSystems(plan)
  const entries = prepareEntries(
    used.filter(({ name }) => !Object.hasOwn(known, name)),
    options.simulated === true ? portsOf(known) : undefined,
  )
  const place = { file, folder, options, terminal }
  const described = used.flatMap(({ name }) =>
    Object.hasOwn(known, name) ? [[name, known[name]] as const] : [],
  )
  const code = await written(entries, isThere, place)
  if (code !== exitCodes.fine) return code
  terminal.comment(nextSteps(entries, described, { beside: shown(dirname(file), terminal), options }))
  return exitCodes.fine
}

interface Place {
  readonly file: string
  /** Of the project. */
  readonly folder: string
  readonly options: FlowInitOptions
  readonly terminal: Terminal
}

async function written(
  entries: readonly PreparedSystem[],
  isThere: boolean,
  { file, folder, terminal }: Place,
): Promise<ExitCode> {
  const systems = Object.fromEntries(entries.map(({ system, entry }) => [system.name, entry]))
  const config = { $schema: schemaFrom(dirname(file), folder), store: "sqlite:./fmap.db", systems }
  const begins = entries.flatMap(({ simulator }) => simulator?.begins ?? [])
  const wanted = new Map<string, string>([
    ...(isThere ? [] : [[file, jsonText(config)] as const]),
    ...begins.map(({ data, file: name }) => [join(dirname(file), name), jsonText(data)] as const),
  ])
  const kept = [...(isThere ? [file] : []), ...[...wanted.keys()].filter(path => existsSync(path))]
  const missing = new Map(
    [...wanted]
      .filter(([path]) => !kept.includes(path))
      .map(([path, text]) => [path, Buffer.from(text, "utf8")] as const),
  )
  const ended = await writeAll(nodeFileSystem, missing, terminal.interrupted)
  if (ended.kind === "failed")
    return cannotStart(terminal, [
      problem(
        "FM8103",
        `${shown(ended.path, terminal)} cannot be written: ${ended.reason}. Nothing was changed.`,
      ),
    ])
  if (ended.kind === "interrupted") return exitCodes.interrupted
  for (const path of ended.changed) terminal.comment(`  new   ${safeLine(shown(path, terminal))}\n`)
  for (const path of kept) terminal.comment(`  kept  ${safeLine(shown(path, terminal))}\n`)
  if (!isThere) return exitCodes.fine
  if (entries.length === 0) {
    terminal.comment("\nIt says of every system of the flows how it is reached.\n")
    return exitCodes.fine
  }
  const names = entries.map(({ system }) => safeLine(system.name)).join(", ")
  terminal.comment(`\nIt does not say how ${names} is reached: what is printed belongs into it.\n`)
  return (await terminal.out(jsonText({ systems }))) ? exitCodes.fine : exitCodes.interrupted
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** For editors; as `fmap init` writes it. */
function schemaFrom(at: string, project: string): string {
  const up = relative(at, project).replaceAll("\\", "/")
  return `${up === "" ? "." : up.startsWith(".") ? up : `./${up}`}/node_modules/fmap/dist/fmap.flows.schema.json`
}

/** Ports of this machine that somebody has. */
function portsOf(systems: FlowConfig["systems"]): ReadonlySet<number> {
  return new Set(
    Object.values(systems).flatMap(({ baseUrl }) =>
      typeof baseUrl === "string" && URL.canParse(baseUrl) ? [Number(new URL(baseUrl).port)] : [],
    ),
  )
}

function shown(path: string, terminal: Terminal): string {
  return relative(terminal.cwd, path) || "."
}
