// The engine on PostgreSQL: the same as on a file, save for how events find their worker. Flows in: flows and the ledger. Flows out: the port.
import { createEngine, type EngineOptions } from "../../engine/create-engine.ts"
import type { Engine } from "../../port/engine.ts"
import { dispatchLanes } from "./dispatch-lanes.ts"
import type { PostgresLedger } from "./open-ledger.ts"

export function createPostgresEngine(
  options: Omit<EngineOptions, "dispatch"> & { readonly ledger: PostgresLedger },
): Engine {
  return createEngine({
    ...options,
    dispatch: (parts, { lanes }) => dispatchLanes(options.ledger, parts, lanes),
  })
}
