// `fmap flow trace ID`: one business transaction over flows and systems. Flows in: a correlation id, or an event's id or the beginning of it. Flows out: everything the ledger
// knows of it, in the order it happened.
import { writeJson } from "@fmap/runtime"
import { eventsNamed, trace } from "@fmap/runtime/flow"
import type { FlowOptions } from "../flow/open-flows.ts"
import { traceText } from "../flow/tell-trace.ts"
import { withLedger } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowTraceOptions extends FlowOptions {
  /** What steps gave and targets answered. */
  readonly values?: boolean
  readonly format: "text" | "json"
}

export async function flowTrace(
  id: string,
  options: FlowTraceOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withLedger(options, terminal, async ({ store }) => {
    const named = await store.ledger.run(() => eventsNamed(id))
    if (named.length > 1)
      return cannotStart(terminal, [`Several events begin with ${id}; type more of the id.`])
    const events = await store.ledger.run(() => trace(named[0] ?? id))
    if (events.length === 0)
      return cannotStart(terminal, [`The ledger has no transaction and no event ${id}.`])
    await terminal.out(
      options.format === "json"
        ? `${writeJson({ format: "fmap.trace", formatVersion: 1, events }, 2)}\n`
        : traceText(events, options.values === true),
    )
    return exitCodes.fine
  })
}
