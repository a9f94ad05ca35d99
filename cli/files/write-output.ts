// An output folder brought to what it should hold, or told how it differs. Flows in: a planned output. Flows out: the files, all or none of
// them, commentary, and the exit code. Shared by the verbs that write a folder of their own.
import { join, relative } from "node:path"
import { plural } from "../reporters/report.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problemsOf } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"
import { nodeFileSystem } from "./file-system.ts"
import type { OutputPlan } from "./output-folder.ts"
import { tellNotWritten } from "./tell-not-written.ts"
import { writeAll } from "./write-all.ts"

/** `verb`: what brings the folder up to date. */
export function tellDrift({ drift }: OutputPlan, folder: string, verb: string, terminal: Terminal): ExitCode {
  const where = relative(terminal.cwd, folder) || "."
  if (drift.length === 0) {
    terminal.comment(`${safeLine(where)} is up to date.\n`)
    return exitCodes.fine
  }
  const words = {
    missing: "is missing",
    different: "differs from what would be written",
    stale: "is no longer emitted",
  }
  for (const { path, how } of drift) terminal.comment(`${safeLine(join(where, path))} ${words[how]}\n`)
  terminal.comment(`Run "fmap ${verb}" and commit the result.\n`)
  return exitCodes.findings
}

/** `foreignHelp`: what to do where files of other hands stand in the way. */
export async function writeOutput(
  plan: OutputPlan,
  folder: string,
  foreignHelp: string,
  force: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const where = relative(terminal.cwd, folder) || "."
  if (plan.foreign.length > 0 && !force) {
    const code = cannotStart(
      terminal,
      problemsOf(
        "FM8104",
        plan.foreign.map(path => `${join(where, path)} stands in the way: fmap did not write it.`),
      ),
    )
    terminal.comment(`Nothing was written. ${foreignHelp}\n`)
    return code
  }
  const written = await writeAll(nodeFileSystem, plan.changes, terminal.interrupted)
  if (written.kind !== "written") return tellNotWritten(written, terminal)
  for (const path of plan.kept)
    terminal.comment(
      `${safeLine(join(where, path))} is no longer emitted, but was changed by hand; it stays.\n`,
    )
  const changes = [
    written.changed.length === 0 ? "" : `${plural(written.changed.length, "file")} written`,
    written.removed.length === 0 ? "" : `${plural(written.removed.length, "file")} removed`,
  ].filter(part => part !== "")
  terminal.comment(`${safeLine(where)}: ${changes.length === 0 ? "up to date" : changes.join(", ")}.\n`)
  return exitCodes.fine
}
