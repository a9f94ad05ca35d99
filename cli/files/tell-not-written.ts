// Why files that were to be written were not. Flows in: the outcome. Flows out: commentary and the exit code.
import { relative } from "node:path"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"
import type { Written } from "./write-all.ts"

export function tellNotWritten(
  written: Exclude<Written, { readonly kind: "written" }>,
  terminal: Terminal,
): ExitCode {
  if (written.kind === "failed")
    return cannotStart(terminal, [
      problem(
        "FM8103",
        `${relative(terminal.cwd, written.path)} cannot be written: ${written.reason}. Nothing was changed.`,
      ),
    ])
  terminal.comment("Interrupted; nothing was changed.\n")
  return exitCodes.interrupted
}
