// Diagnostics as commentary, for verbs whose product is something else. Flows in: a compilation. Flows out: text on standard error.
import { report, summary } from "../reporters/report.ts"
import { wantsColor } from "../terminal/color.ts"
import type { Terminal } from "../terminal/terminal.ts"
import type { AnalysedProject } from "./analyse-project.ts"
import { shownPath } from "./shown-path.ts"

export function tellDiagnostics(
  { diagnostics, sources, textOf }: AnalysedProject,
  folder: string,
  terminal: Terminal,
): void {
  if (diagnostics.length === 0) return
  const shown = shownPath(terminal.cwd, folder)
  const context = {
    textOf,
    shown,
    files: sources,
    color: wantsColor(terminal, "comment"),
    width: terminal.width,
  }
  terminal.comment(report("text", diagnostics, context))
  terminal.comment(`${summary(diagnostics, sources)}\n`)
}
