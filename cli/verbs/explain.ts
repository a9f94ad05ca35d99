// `fmap explain`: the page of a code or of a rule about changes, or the list of all. Flows in: the code. Flows out: text on standard output.
import { ruleFamilies, rulePage } from "@fmap/compiler"
import { suggest } from "@fmap/grammar"
import { renderMarkdown } from "../explain/markdown.ts"
import { pageHeadings, readPage } from "../explain/pages.ts"
import { painter, wantsColor } from "../terminal/color.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

const phases: Readonly<Record<string, string>> = {
  FM1: "Syntax",
  FM2: "Names",
  FM3: "Types",
  FM4: "Mapping",
  FM5: "Finance",
  FM6: "Contracts",
  FM7: "Project",
  FM8: "Commands and operation",
  FM88: "Events that stop",
  FM9: "Records, at run time",
}

export async function explain(code: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const paint = painter(wantsColor(terminal, "out"))
  if (code === undefined) {
    await terminal.out(list(paint))
    return exitCodes.fine
  }
  const wanted = code.toUpperCase()
  const page = readPage(wanted) ?? pageOfName(wanted) ?? rulePage(wanted)
  if (page !== undefined) {
    await terminal.out(renderMarkdown(page, paint, Math.min(terminal.width, 100)))
    return exitCodes.fine
  }
  const meant = suggest(wanted, [
    ...pageHeadings().flatMap(heading => [heading.code, ...(heading.name === null ? [] : [heading.name])]),
    ...ruleFamilies.flatMap(({ rules }) => Object.keys(rules)),
  ])
  const help = meant === undefined ? 'Run "fmap explain" for the list.' : `Did you mean ${meant}?`
  return cannotStart(terminal, [problem("FM8006", `There is no code ${code}. ${help}`)])
}

function pageOfName(name: string): string | undefined {
  const heading = pageHeadings().find(candidate => candidate.name === name)
  return heading === undefined ? undefined : readPage(heading.code)
}

function list(paint: ReturnType<typeof painter>): string {
  const lines: string[] = []
  let phase = ""
  for (const { code, title } of pageHeadings()) {
    const next = Object.hasOwn(phases, code.slice(0, 4)) ? code.slice(0, 4) : code.slice(0, 3)
    if (next !== phase) {
      phase = next
      if (lines.length > 0) lines.push("")
      lines.push(paint("bold", phases[phase] ?? phase))
    }
    lines.push(`  ${paint("cyan", code)}  ${title}`)
  }
  for (const { name, rules } of ruleFamilies) {
    lines.push("", paint("bold", name))
    for (const [id, { title }] of Object.entries(rules)) lines.push(`  ${paint("cyan", id)}  ${title}`)
  }
  return `${lines.join("\n")}\n`
}
