// Why a command cannot start. Flows in: problems, each with its code. Flows out: commentary, the exit code that goes with it, and the problems as data for whoever asked for JSON. The only
// place that tells them: nothing ends with exit code 2 without a code.
import { painter, wantsColor } from "./color.ts"
import { type ExitCode, exitCodes } from "./exit-code.ts"
import type { Problem } from "./problem.ts"
import { safeLine } from "./safe-text.ts"
import type { Terminal } from "./terminal.ts"

export function cannotStart(terminal: Terminal, problems: readonly Problem[]): ExitCode {
  const paint = painter(wantsColor(terminal, "comment"))
  for (const { code, message } of problems) {
    terminal.comment(`${paint("red", `error[${code}]`)}: ${safeLine(message)}\n`)
    terminal.problems.push({ code, message })
  }
  return exitCodes.cannotStart
}

/** What stands on standard output in place of the JSON that was asked for. */
export function problemsDocument(problems: readonly Problem[]): string {
  return `${JSON.stringify({ format: "fmap.problems", formatVersion: 1, problems }, null, 2)}\n`
}
