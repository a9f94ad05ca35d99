// Opens the ledger of a project, or its flows, and closes it whatever happens. Flows in: options, and what to do with it. Flows out: an exit code; what cannot be is told.
import { CallFailed, NotPossible, StoreFailed, type World } from "@fmap/runtime/flow"
import type { ExitCode } from "../terminal/exit-code.ts"
import { problemOf } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"
import {
  type FlowOptions,
  type FlowProject,
  type FlowsFor,
  openFlows,
  openLedger,
  type RunningFlows,
} from "./open-flows.ts"
import type { Store } from "./open-store.ts"

/** To look, and to decide what needs no flow. */
export async function withLedger(
  options: FlowOptions,
  terminal: Terminal,
  work: (open: {
    readonly project: FlowProject
    readonly store: Store
    readonly world: World
  }) => Promise<ExitCode>,
): Promise<ExitCode> {
  const found = await openLedger(options, terminal)
  if (found.kind === "ended") return found.code
  const { ready } = found
  return ending(
    terminal,
    () => work(ready),
    () => ready.store.close(),
  )
}

/** With the flows, and as much of their systems as the purpose needs. `failing`: as for `openFlows`. */
export async function withFlows(
  options: FlowOptions,
  terminal: Terminal,
  purpose: FlowsFor,
  work: (running: RunningFlows) => Promise<ExitCode>,
  failing?: Parameters<typeof openFlows>[3],
): Promise<ExitCode> {
  const found = await openFlows(options, terminal, purpose, failing)
  if (found.kind === "ended") return found.code
  const { ready } = found
  return ending(
    terminal,
    () => work(ready),
    () => ready.close(),
  )
}

async function ending(
  terminal: Terminal,
  work: () => Promise<ExitCode>,
  close: () => Promise<void>,
): Promise<ExitCode> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof NotPossible || error instanceof StoreFailed || error instanceof CallFailed))
      throw error
    return cannotStart(terminal, [problemOf(error)])
  } finally {
    await close()
  }
}
