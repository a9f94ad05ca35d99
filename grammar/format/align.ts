// Columns over adjacent lines: `:` of fields, `=` of assignments, `->` of arms and rows, what follows clause words.
// Flows in: lines. Flows out: their texts.
import type { Line } from "./layout.ts"

/** A longer left side stands alone: padding the others to it would tear them apart. */
const widestLeft = 44

export function alignedTexts(lines: readonly Line[]): string[] {
  const widths = new Map<Line, number>()
  let run: Line[] = []
  const close = () => {
    const width = Math.max(0, ...run.map(leftWidth))
    for (const line of run) widths.set(line, width)
    run = []
  }
  for (const line of lines) {
    const last = run.at(-1)
    if (last !== undefined && (line.blankBefore || line.indent !== last.indent)) close()
    if (line.isComment && !line.blankBefore && run.length > 0 && line.indent === run[0]?.indent) continue
    if (line.column === null || leftWidth(line) > widestLeft) close()
    else {
      if (run.at(-1) !== undefined && run.at(-1)?.column?.kind !== line.column.kind) close()
      run.push(line)
    }
  }
  close()
  return lines.map(line => {
    const indent = " ".repeat(line.indent)
    const width = widths.get(line)
    if (line.column === null || width === undefined) return indent + line.parts.join("")
    const left = line.parts.slice(0, line.column.at).join("")
    const right = line.parts.slice(line.column.at).join("").trimStart()
    return `${indent}${left.padEnd(width)} ${right}`.trimEnd()
  })
}

const leftWidth = (line: Line): number => line.parts.slice(0, line.column?.at ?? 0).join("").length
