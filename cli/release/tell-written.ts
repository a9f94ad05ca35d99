// What became of files that were to be written. Flows in: the outcome. Flows out: commentary and the exit code.
import { tellNotWritten } from "../files/tell-not-written.ts"
import type { Written } from "../files/write-all.ts"
import { plural } from "../reporters/report.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import type { Terminal } from "../terminal/terminal.ts"

export function tellWritten(written: Written, terminal: Terminal): ExitCode {
  if (written.kind !== "written") return tellNotWritten(written, terminal)
  terminal.comment(`${plural(written.changed.length, "file")} written.\n`)
  return exitCodes.fine
}
