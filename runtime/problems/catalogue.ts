// Every problem that keeps a command from its work, and every code an event stops with, in one table. Flows in: the entries of each family. Flows out: entries by code, the type of
// their codes, and the page of each. A code is never used again for something else.
import { commandLineProblems } from "./command-line.ts"
import type { EventEntry, ProblemEntry } from "./entry.ts"
import { eventCodes } from "./events.ts"
import { flowProblems } from "./flows.ts"
import { ledgerProblems } from "./ledger.ts"
import { projectProblems } from "./project.ts"
import { releaseProblems } from "./releases.ts"

export const problems = {
  ...commandLineProblems,
  ...projectProblems,
  ...releaseProblems,
  ...ledgerProblems,
  ...flowProblems,
}

export type ProblemCode = keyof typeof problems

export { eventCodes }

/** Markdown, by code. */
export function problemPages(): ReadonlyMap<string, string> {
  const pages = [
    ...Object.entries<ProblemEntry>(problems).map(
      ([code, entry]) => [code, problemPage(code, entry)] as const,
    ),
    ...Object.entries<EventEntry>(eventCodes).map(([code, entry]) => [code, eventPage(code, entry)] as const),
  ]
  return new Map(pages)
}

function problemPage(code: string, { title, cause, help, example }: ProblemEntry): string {
  return pageOf(`${code} ${title}`, [
    cause,
    "```sh\n" + example.command + "\n```",
    "```text\n" + `error[${code}]: ${example.says}` + "\n```",
    "## How to fix it",
    help,
  ])
}

function eventPage(code: string, { title, cause, help }: EventEntry): string {
  return pageOf(`${code} ${title}`, [cause, "## How to fix it", help])
}

function pageOf(heading: string, parts: readonly string[]): string {
  return `${[`# ${heading}`, ...parts].join("\n\n")}\n`
}
