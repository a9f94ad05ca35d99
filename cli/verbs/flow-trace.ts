// `fmap flow trace ID`: one business transaction over flows and systems. Flows in: a correlation id, an event's id or the beginning of it, a business key such as that of an opportunity, or the id
// of an event at its source.
// Flows out: everything the ledger knows of it, in the order it happened; of a key first a line for each event, with why it belongs there.
import { writeJson } from "@fmap/runtime"
import { findByKey, type KeyTrace, withoutValues } from "@fmap/runtime/flow"
import { keyNames } from "../flow/key-names.ts"
import type { FlowOptions } from "../flow/open-flows.ts"
import { planFacts } from "../flow/plan-facts.ts"
import { stationsText } from "../flow/tell-stations.ts"
import { traceProduct, traceText } from "../flow/tell-trace.ts"
import { withLedger } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
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
  return withLedger(options, terminal, async ({ store, project: { specs, plan } }) => {
    const found = await findByKey(store.ledger, id, keyNames(specs, planFacts(plan)))
    switch (found.kind) {
      case "transaction":
        await terminal.out(traceProduct(found.events, options))
        return exitCodes.fine
      case "way":
        return tellKey(id, found, options, terminal)
      case "several":
        return cannotStart(terminal, [
          problem(
            "FM8601",
            found.of === "events"
              ? `Several events begin with ${id}; type more of the id.`
              : `Several ids of sources begin with ${id}; type more of the id.`,
          ),
        ])
      case "none":
        return cannotStart(terminal, [
          problem("FM8601", `The ledger has no transaction, no event and no business key ${id}.`),
        ])
    }
  })
}

async function tellKey(
  key: string,
  { stations, more }: KeyTrace,
  options: FlowTraceOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const events = stations.map(({ event }) => event)
  await terminal.out(
    options.format === "json"
      ? `${writeJson({ format: "fmap.trace", formatVersion: 1, key, more, events: stations.map(({ event, because, among }) => ({ ...(options.values === true ? event : withoutValues(event)), belongs: because, among })) }, 2)}\n`
      : `${stationsText(key, stations, more)}\n${traceText(events, options.values === true)}`,
  )
  return exitCodes.fine
}
