// The fields each map needs of what it reads, as text or data. Flows in: a judged project. Flows out: text for standard output.
import type { LintAnswer, ReadSet } from "@fmap/compiler"
import { plural } from "../reporters/report.ts"
import { safeText } from "../terminal/safe-text.ts"

export function readSetsText(
  { landscape }: Extract<LintAnswer, { kind: "judged" }>,
  asData: boolean,
): string {
  const sets = landscape.maps.flatMap(map =>
    [...new Set(map.sources.map(({ shape }) => shape.id))].flatMap(id =>
      landscape.readSets(id).filter(set => set.map === map.name),
    ),
  )
  if (asData)
    return `${JSON.stringify({ format: "fmap.read-sets", formatVersion: 1, readSets: sets }, null, 2)}\n`
  return sets.map(text).join("\n")
}

function text({ map, source, contract, read, unread }: ReadSet): string {
  const lines = [
    `${map} reads ${read.length} of ${plural(read.length + unread.length, "field")} of ${source}: ${contract}`,
    ...read.map(path => `  ${path}`),
    ...unread.map(path => `  ${path}  not read`),
  ]
  return safeText(lines.map(line => `${line}\n`).join(""))
}
