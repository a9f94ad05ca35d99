// What became of files that were to be written. Flows in: the outcome. Flows out: commentary and the exit code.
import { relative } from "node:path"
import type { Written } from "../files/write-all.ts"
import { plural } from "../reporters/report.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

export function tellWritten(written: Written, terminal: Terminal): ExitCode {
  switch (written.kind) {
    case "failed":
      return cannotStart(terminal, [
        `${relative(terminal.cwd, written.path)} cannot be written: ${written.reason}. Nothing was changed.`,
      ])
    case "interrupted":
      terminal.comment("Interrupted; nothing was changed.\n")
      return exitCodes.interrupted
    case "written":
      terminal.comment(`${plural(written.changed.length, "file")} written.\n`)
      return exitCodes.fine
  }
}
