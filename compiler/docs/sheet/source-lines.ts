// The lines of `.fmap` a part of the Plan was written as. Flows in: a position, the text of the files. Flows out: the lines without the
// indentation they share, and where they stand. Empty where the file is not at hand.
import type { At, Plan } from "../../plan/index.ts"

export interface Sources {
  readonly plan: Plan
  readonly textOf: (path: string) => string | undefined
}

/** `maps/book-order.fmap:31` */
export function placeText([file, line]: At, plan: Plan): string {
  return `${plan.files[file]?.path ?? "?"}:${line}`
}

/** From the beginning of `at` to its end, or to where `until` begins: the head of a statement without its body. */
export function sourceLines(at: At, sources: Sources, until: At | null = null): string {
  const [file, line, column, endLine, endColumn] = at
  const text = sources.textOf(sources.plan.files[file]?.path ?? "")
  if (text === undefined) return ""
  const isInside = until !== null && until[0] === file && isBefore([line, column], [until[1], until[2]])
  const [lastLine, lastColumn] = isInside && until !== null ? [until[1], until[2]] : [endLine, endColumn]
  const all = text.split("\n").slice(line - 1, lastLine)
  const cut = all.map((one, i) => (i === all.length - 1 ? one.slice(0, lastColumn - 1) : one))
  const indent = Math.min(
    column - 1,
    ...cut
      .slice(1)
      .filter(one => one.trim() !== "")
      .map(one => one.length - one.trimStart().length),
  )
  const shown = cut
    .map((one, i) => (i === 0 ? one.slice(column - 1) : one.slice(indent)).trimEnd())
    // Columns that were aligned with their neighbours stand alone here.
    .map(one => one.replace(/(?<=\S) {2,}(?==)/u, " "))
    .join("\n")
  return isInside ? `${shown.trimEnd()} { … }` : shown
}

export function contains(outer: At, inner: At): boolean {
  return (
    outer[0] === inner[0] &&
    !isBefore([inner[1], inner[2]], [outer[1], outer[2]]) &&
    isBefore([inner[1], inner[2]], [outer[3], outer[4]])
  )
}

function isBefore(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
}
