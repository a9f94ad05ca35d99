// `fmap flow graph NAME`: the steps of one flow and what each stands behind. Flows in: the project. Flows out: text, Mermaid or the spec on standard output.
import { writeJson } from "@fmap/runtime"
import { graphMermaid, graphText } from "../flow/flow-graph.ts"
import { type FlowOptions, openFlowProject } from "../flow/open-flows.ts"
import { noSuchFlow } from "../flow/plan-flows.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
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
  const { specs } = found.ready
  const spec = specs.find(one => one.name === name)
  if (spec === undefined) return cannotStart(terminal, [noSuchFlow(name, specs)])
  switch (options.format) {
    case "text":
      await terminal.out(safeText(graphText(spec)))
      break
    case "mermaid":
      await terminal.out(safeText(graphMermaid(spec)))
      break
    case "json":
      await terminal.out(`${writeJson(spec, 2)}\n`)
  }
  return exitCodes.fine
}
