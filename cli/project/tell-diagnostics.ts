// Diagnostics as commentary, for verbs whose product is something else. Flows in: a compilation. Flows out: text on standard error.
import { report, summary } from "../reporters/report.ts"
import { wantsColor } from "../terminal/color.ts"
import type { Terminal } from "../terminal/terminal.ts"
import type { AnalysedProject } from "./analyse-project.ts"
import { shownPath } from "./shown-path.ts"

/** No more than `most` of them one by one; all are counted. */
export function tellDiagnostics(
  { diagnostics, sources, textOf }: AnalysedProject,
  folder: string,
  terminal: Terminal,
  most = Number.POSITIVE_INFINITY,
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
  terminal.comment(report("text", diagnostics.slice(0, most), context))
  if (diagnostics.length > most)
    terminal.comment(`These are the first ${most}; fmap check shows all of them.\n`)
  terminal.comment(`${summary(diagnostics, sources)}\n`)
}
