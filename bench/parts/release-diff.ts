// Two releases of a big project against each other: what comparing costs beside compiling them. Flows in: how many files. Flows out: Markdown; no goal hangs on it. One file in ten
// rounds differently, all others have their statements in another order, so that each must be proved equivalent.
import { analyse, compareMaps, memoryHost, type Release } from "@fmap/compiler"
import { table } from "../harness/table.ts"
import type { Part } from "./part.ts"
import { fmapProject } from "./project-text.ts"

export function releaseDiffPart(files: number): Part {
  const project = fmapProject(files)
  const changed = new Map(
    [...project].map(([path, text], i) => [
      path,
      i % 10 === 0 ? text.replaceAll("half_even", "half_up") : rewritten(text),
    ]),
  )
  const start = process.cpuUsage()
  const [old, now] = [release(project), release(changed)]
  const compiled = process.cpuUsage(start)
  const then = process.cpuUsage()
  const findings = compareMaps(old, now, "standard")
  const compared = process.cpuUsage(then)
  const count = (rule: string): number => findings.filter(one => one.rule === rule).length
  return {
    markdown: [
      `### Two releases of ${old.plan.maps.length} maps and ${old.plan.shapes.filter(({ kind }) => kind === "contract").length} contracts`,
      table(
        ["", "seconds of processor time"],
        [
          ["compile both", seconds(compiled)],
          ["compare what their maps do", seconds(compared)],
        ],
      ),
      `${count("M001")} maps proved equivalent, ${count("M004")} roundings found.`,
    ].join("\n\n"),
    ratios: new Map(),
  }
}

function release(files: ReadonlyMap<string, string>): Release {
  const { plan, diagnostics } = analyse(memoryHost(files), [...files.keys()])
  if (plan === null) throw new Error(diagnostics[0]?.message)
  return { plan, textOf: path => files.get(path), rows: new Map() }
}

/** The sides of products change places. */
function rewritten(text: string): string {
  return text.replaceAll(/round\(([\w.]+) \* ([\w.]+),/gu, "round($2 * $1,")
}

function seconds({ user, system }: NodeJS.CpuUsage): string {
  return ((user + system) / 1_000_000).toFixed(1)
}
