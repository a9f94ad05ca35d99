// The engine on PostgreSQL: the same as on a file, save for how events find their worker. Flows in: flows and the ledger. Flows out: the port.
import { createEngine, type EngineOptions } from "../../engine/create-engine.ts"
import type { Engine } from "../../port/engine.ts"
import { dispatchEvent } from "./dispatch-event.ts"
import { dispatchLanes } from "./dispatch-lanes.ts"
import type { PostgresLedger } from "./open-ledger.ts"

export function createPostgresEngine(
  options: Omit<EngineOptions, "dispatch"> & {
    readonly ledger: PostgresLedger
    /** An event: `process` works on its lane alone, and ends when it has ended. */
    readonly only?: string
  },
): Engine {
  const { ledger, only } = options
  return createEngine({
    ...options,
    dispatch: (parts, { lanes }) =>
      only === undefined ? dispatchLanes(ledger, parts, lanes) : dispatchEvent(ledger, parts, only),
  })
}
