// `fmap check`: proves a project. Flows in: paths and options. Flows out: findings on standard output in the form asked for, a
// summary as commentary, and with --fix the repaired files.
import { join } from "node:path"
import { nodeFileSystem } from "../files/file-system.ts"
import { writeAll } from "../files/write-all.ts"
import { type AnalysedProject, analyseProject } from "../project/analyse-project.ts"
import { applyFixes } from "../project/apply-fixes.ts"
import { type OpenedProject, openProject } from "../project/open-project.ts"
import { shownPath } from "../project/shown-path.ts"
import { plural, type ReporterName, report, summary } from "../reporters/report.ts"
import { wantsColor } from "../terminal/color.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

interface CheckOptions {
  readonly project?: string
  readonly reporter?: ReporterName
  readonly fix?: boolean
  readonly maxWarnings?: number
  readonly watch?: boolean
}

/** After that many rounds fixes that make each other necessary again are left alone. */
const fixRounds = 10

export async function check(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.watch === true) {
    const { watch } = await import("../watch/watch.ts")
    return watch(paths, options.project, terminal, () => checkOnce(paths, options, terminal))
  }
  return checkOnce(paths, options, terminal)
}

async function checkOnce(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const opening = openProject(terminal.cwd, options.project, paths)
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const { opened } = opening

  let compiled = analyseProject(opened)
  if (options.fix === true) {
    const fixed = await fix(opened, compiled, terminal)
    if (typeof fixed === "number") return fixed
    compiled = fixed
  }
  const { diagnostics, sources, textOf } = compiled
  await terminal.out(
    report(options.reporter ?? "text", diagnostics, {
      textOf,
      shown: shownPath(terminal.cwd, opened.project.folder),
      files: sources,
      color: wantsColor(terminal, "out"),
      width: terminal.width,
    }),
  )
  terminal.comment(`${summary(diagnostics, sources)}\n`)

  const warnings = diagnostics.filter(diagnostic => diagnostic.severity === "warning").length
  const most = options.maxWarnings ?? opened.project.config.maxWarnings
  if (most !== undefined && warnings > most) {
    terminal.comment(`More than ${plural(most, "warning")}.\n`)
    return exitCodes.findings
  }
  return diagnostics.some(diagnostic => diagnostic.severity === "error") ? exitCodes.findings : exitCodes.fine
}

/** Undefined when the files could not be written (which was told). */
async function fix(
  opened: OpenedProject,
  first: AnalysedProject,
  terminal: Terminal,
): Promise<AnalysedProject | ExitCode> {
  let compiled = first
  let total = 0
  for (let round = 0; round < fixRounds; round++) {
    const { texts, applied } = applyFixes(compiled.diagnostics, compiled.textOf)
    if (applied === 0) break
    const changes = new Map(
      [...texts].map(([file, text]) => [join(opened.project.folder, file), Buffer.from(text, "utf8")]),
    )
    const written = await writeAll(nodeFileSystem, changes, terminal.interrupted)
    if (written.kind !== "written") {
      if (written.kind === "failed")
        return cannotStart(terminal, [
          problem("FM8103", `Nothing was fixed: ${written.path} cannot be written: ${written.reason}.`),
        ])
      terminal.comment("Interrupted.\n")
      return exitCodes.interrupted
    }
    total += applied
    compiled = analyseProject(opened)
  }
  if (total > 0) terminal.comment(`Fixed ${plural(total, "finding")}.\n`)
  return compiled
}
