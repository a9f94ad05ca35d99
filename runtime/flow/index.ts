// The door of @fmap/runtime/flow: the durable engine. It needs Node; the core of the runtime does not.
export { createEngine, type EngineOptions } from "./engine/create-engine.ts"
export { systemWorld } from "./host/system-world.ts"
export { brokenInvariants } from "./ledger/invariants.ts"
export type { Ledger } from "./ledger/ledger.ts"
export type { Operation, Row, Wake } from "./ledger/operation.ts"
export { type SqlValue, type Statement, sql } from "./ledger/statement.ts"
export type * from "./port/engine.ts"
export type * from "./port/event.ts"
export {
  BackPressure,
  BusinessException,
  CallFailed,
  type FailureClass,
  NotPossible,
  StoreFailed,
} from "./port/failures.ts"
export type * from "./port/flow.ts"
export type { World } from "./port/world.ts"
export { openSqliteLedger, type SqliteLedger } from "./stores/sqlite/open-ledger.ts"
