// Looks into the ledger of a project, and closes it whatever happens. Flows in: options, and what to do with it. Flows out: an exit code; what cannot be is told.
import { NotPossible, StoreFailed, type World } from "@fmap/runtime/flow"
import type { ExitCode } from "../terminal/exit-code.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"
import { type FlowOptions, type FlowProject, openLedger } from "./open-flows.ts"
import type { Store } from "./open-store.ts"

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
  const { store } = found.ready
  try {
    return await work(found.ready)
  } catch (error) {
    if (!(error instanceof NotPossible || error instanceof StoreFailed)) throw error
    return cannotStart(terminal, [`${error.message}.`])
  } finally {
    await store.close()
  }
}
