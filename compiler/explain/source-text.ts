// The text of an expression as its author wrote it. Flows in: its position, the text of the file. Flows out: one line, white space taken
// together; empty where the file is not at hand.
import type { At, Plan } from "../plan/index.ts"

const longest = 72

export function sourceText(
  [file, line, column, endLine, endColumn]: At,
  plan: Plan,
  textOf: (path: string) => string | undefined,
): string {
  const text = textOf(plan.files[file]?.path ?? "")
  if (text === undefined) return ""
  const lines = text.split("\n").slice(line - 1, endLine)
  const last = lines.length - 1
  const shown = lines
    .map((one, i) => one.slice(i === 0 ? column - 1 : 0, i === last ? endColumn - 1 : undefined))
    .join(" ")
    .replace(/\s+/gu, " ")
    .trim()
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown
}
