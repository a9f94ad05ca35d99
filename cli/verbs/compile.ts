// `fmap compile`: writes transformers, schemas and the Plan. Flows in: paths and options. Flows out: the files, all or none of
// them; the build report on standard output when asked for; diagnostics as commentary. With errors nothing is written.
import { readFileSync } from "node:fs"
import { join, relative, resolve, sep } from "node:path"
import {
  type BuildReport,
  buildReport,
  type EmitOptions,
  emitFiles,
  formatChanges,
  formatReport,
  readPlan,
  reportChanges,
} from "@fmap/compiler"
import type { Project } from "../config/find-project.ts"
import { nodeFileSystem } from "../files/file-system.ts"
import { type OutputPlan, planOutput } from "../files/output-folder.ts"
import { tellDrift, writeOutput } from "../files/write-output.ts"
import { analyseProject } from "../project/analyse-project.ts"
import { openProject } from "../project/open-project.ts"
import { outsideTypes } from "../project/outside-types.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { isFileError } from "../run/file-error.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

interface CompileOptions {
  readonly project?: string
  readonly out?: string
  readonly check?: boolean
  readonly report?: boolean
  readonly reportFormat?: "text" | "json"
  readonly force?: boolean
  readonly watch?: boolean
}

export async function compile(
  paths: readonly string[],
  options: CompileOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.watch === true) {
    const { watch } = await import("../watch/watch.ts")
    return watch(paths, options.project, terminal, () => compileOnce(paths, options, terminal))
  }
  return compileOnce(paths, options, terminal)
}

async function compileOnce(
  paths: readonly string[],
  options: CompileOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const opening = openProject(terminal.cwd, options.project, paths)
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const { opened } = opening
  const { project } = opened

  const folder =
    options.out === undefined
      ? resolve(project.folder, project.config.out)
      : resolve(terminal.cwd, options.out)
  const compiled = analyseProject(opened)
  tellDiagnostics(compiled, project.folder, terminal)
  if (compiled.plan === null) {
    terminal.comment("Nothing was written.\n")
    return exitCodes.findings
  }

  const outside = await outsideTypes(project)
  if ("problems" in outside) return cannotStart(terminal, outside.problems)
  const files = [...emitFiles(compiled.plan, emitOptions(project, folder)), ...outside.files]
  let plan: OutputPlan
  try {
    plan = planOutput(nodeFileSystem, folder, files, paths.length === 0)
  } catch (error) {
    // Only the disk may refuse; anything else is a bug of ours and is told as one.
    if (!isFileError(error)) throw error
    return cannotStart(terminal, [problem("FM8102", `${folder} cannot be read: ${error.message}.`)])
  }
  // Before it is written over.
  const last = options.report === true ? lastReport(folder) : null
  const code =
    options.check === true
      ? tellDrift(plan, folder, "compile", terminal)
      : await writeOutput(plan, folder, foreignHelp, options.force === true, terminal)
  if (options.report === true && code !== exitCodes.cannotStart) {
    const built = buildReport(compiled.plan, compiled.textOf)
    // The last build has no text any more: both are told in words of their Plans.
    const changes = last === null ? null : reportChanges(last, buildReport(compiled.plan))
    await terminal.out(
      options.reportFormat === "json"
        ? `${JSON.stringify({ ...built, changes }, null, 2)}\n`
        : `${formatReport(built)}${changes === null ? "" : `\n${formatChanges(changes)}`}`,
    )
  }
  return code
}

/** Null: there was no build, or one that this program does not understand. */
function lastReport(folder: string): BuildReport | null {
  let text: string
  try {
    text = readFileSync(join(folder, "fmap.plan.json"), "utf8")
  } catch (error) {
    if (!isFileError(error)) throw error
    return null
  }
  const read = readPlan(text)
  return "plan" in read ? buildReport(read.plan) : null
}

const foreignHelp = "Choose another `out` in fmap.json, or overwrite with --force."

function emitOptions({ folder, config }: Project, out: string): EmitOptions {
  // The way from the output folder back to the sources, for source maps.
  const way = relative(out, folder).split(sep).join("/")
  return { ...config.emit, typescript: config.emit.typescript && { sourceRoot: way === "" ? "" : `${way}/` } }
}
