// `fmap flow graph NAME`: the steps of one flow and what each stands behind. Flows in: the project. Flows out: text, Mermaid or the spec on standard output.
import { flowReports } from "@fmap/compiler"
import { writeJson } from "@fmap/runtime"
import { graphMermaid, graphText } from "../flow/flow-graph.ts"
import { type FlowOptions, openFlowProject } from "../flow/open-flows.ts"
import { noSuchFlow } from "../flow/plan-flows.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeText } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowGraphOptions extends FlowOptions {
  readonly format: "text" | "mermaid" | "json"
}

export async function flowGraph(
  name: string,
  options: FlowGraphOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const found = openFlowProject(options, terminal)
  if (found.kind === "ended") return found.code
  const { specs, plan, analysed } = found.ready
  const spec = specs.find(one => one.name === name)
  if (spec === undefined) return cannotStart(terminal, [problem("FM8108", noSuchFlow(name, specs))])
  const report = flowReports(plan, analysed.textOf).find(({ flow }) => flow === name)
  switch (options.format) {
    case "text":
      if (report !== undefined) await terminal.out(safeText(graphText(report)))
      break
    case "mermaid":
      if (report !== undefined) await terminal.out(safeText(graphMermaid(report)))
      break
    case "json":
      // What people read stands beside what the runtime walks.
      await terminal.out(`${writeJson(report === undefined ? spec : { ...spec, report }, 2)}\n`)
  }
  return exitCodes.fine
}
