// Why a command cannot start. Flows in: plain sentences. Flows out: commentary and the exit code that goes with it.
import { type ExitCode, exitCodes } from "./exit-code.ts"
import { safeLine } from "./safe-text.ts"
import type { Terminal } from "./terminal.ts"

export function cannotStart(terminal: Terminal, problems: readonly string[]): ExitCode {
  for (const problem of problems) terminal.comment(`${safeLine(problem)}\n`)
  return exitCodes.cannotStart
}
