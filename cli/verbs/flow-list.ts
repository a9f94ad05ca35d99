// `fmap flow list`: the flows of the project. Flows in: the project. Flows out: a line each on standard output, or the specs as data.
import { flowReports } from "@fmap/compiler"
import { writeJson } from "@fmap/runtime"
import { type FlowOptions, openFlowProject } from "../flow/open-flows.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowListOptions extends FlowOptions {
  readonly format: "text" | "json"
}

export async function flowList(options: FlowListOptions, terminal: Terminal): Promise<ExitCode> {
  const found = openFlowProject(options, terminal)
  if (found.kind === "ended") return found.code
  const { specs } = found.ready
  if (options.format === "json") {
    const flows = specs.map(({ name, version, owner, trigger, steps }) => ({
      name,
      version,
      owner,
      trigger,
      steps: steps.length,
    }))
    await terminal.out(`${writeJson({ format: "fmap.flows", formatVersion: 1, flows }, 2)}\n`)
    return exitCodes.fine
  }
  for (const { flow, version, owner, starts, steps } of flowReports(found.ready.plan)) {
    const line = `${flow} ${version}: ${starts}; ${steps.length} step${steps.length === 1 ? "" : "s"}${owner === null ? "" : `; ${owner}`}`
    if (!(await terminal.out(`${safeLine(line)}\n`))) return exitCodes.interrupted
  }
  if (specs.length === 0) terminal.comment("The project has no flow.\n")
  return exitCodes.fine
}
