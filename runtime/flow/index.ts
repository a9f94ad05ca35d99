// The door of @fmap/runtime/flow: the durable engine. It needs Node; the core of the runtime does not.

export type { ProblemCode } from "../problems/catalogue.ts"
export { createEngine, type EngineOptions } from "./engine/create-engine.ts"
export { dispatchLane } from "./engine/dispatch-lane.ts"
export { systemWorld } from "./host/system-world.ts"
export { auditPage, type ListedAudit } from "./ledger/audit-page.ts"
export { type EventEnd, endOfEvent } from "./ledger/event-end.ts"
export {
  type ExceptionFilter,
  type ExceptionPage,
  exceptionNumbered,
  exceptionPage,
  type QueueOverview,
  queueOverview,
} from "./ledger/exception-page.ts"
export { type FoundByKey, findByKey } from "./ledger/find-by-key.ts"
export { type FiringAlert, firingAlerts } from "./ledger/firing-alerts.ts"
export { type Fix, fixesOf, issuesOf } from "./ledger/fixes.ts"
export { brokenInvariants } from "./ledger/invariants.ts"
export type { KeyNames } from "./ledger/key-question.ts"
export { type KeySight, seesEverything, sightThrough } from "./ledger/key-sight.ts"
export { eventIdOf } from "./ledger/keys.ts"
export type { Ledger } from "./ledger/ledger.ts"
export type { Operation, Row, Wake } from "./ledger/operation.ts"
export { waitingMessages } from "./ledger/outbox.ts"
export { pauseReason } from "./ledger/pause-reason.ts"
export { isQuestion, placeWords } from "./ledger/place-words.ts"
export {
  type Care,
  type ExceptionState,
  type QueuedException,
  queuedExceptions,
  takeCare,
} from "./ledger/queue.ts"
export type { ReplaySelection } from "./ledger/replay.ts"
export { residence, settleIn } from "./ledger/residence.ts"
export { watermarkAt } from "./ledger/seen.ts"
export { type SqlValue, type Statement, sql } from "./ledger/statement.ts"
export {
  eventsNamed,
  eventsOfSource,
  type TracedEffect,
  type TracedEvent,
  trace,
  withoutValues,
} from "./ledger/trace.ts"
export { type KeyTrace, type Station, traceKey } from "./ledger/trace-key.ts"
export { behindVault, createVault, type Vault, type VaultKey } from "./ledger/vault.ts"
export type { Contents } from "./move/contents.ts"
export type { LedgerEnd, LedgerSource, LedgerTarget } from "./move/ledger-end.ts"
export { type Moved, type MoveOptions, moveLedger } from "./move/move-ledger.ts"
export type * from "./port/engine.ts"
export type * from "./port/event.ts"
export {
  BackPressure,
  BusinessException,
  CallFailed,
  type FailureClass,
  LedgerHeld,
  NotPossible,
  RegionRefused,
  type Route,
  StoreFailed,
} from "./port/failures.ts"
export type * from "./port/flow.ts"
export {
  type AcceptedFact,
  type AttemptFact,
  type CallFact,
  type EventNames,
  type Observer,
  observers,
} from "./port/observer.ts"
export { type Action, may, permissions, type Role } from "./port/permissions.ts"
export { inBoth, isAllowed, isRegion, type Regions, regionRefused, regionsTold } from "./port/regions.ts"
export type { World } from "./port/world.ts"
export { filledRows, type LinkBook, linkBook } from "./program/filled-rows.ts"
export type * from "./program/flow-spec.ts"
export { type Limits, limitsIn, limitsOn } from "./program/limits.ts"
export { type FlowOptions, makeFlow, notWanted } from "./program/make-flow.ts"
export type * from "./program/maps.ts"
export { type Places, placesOn } from "./program/places.ts"
export { type CallEnd, type CallOptions, callFlow } from "./program/sources/call-flow.ts"
export { nobodySaysWho, type Poller, type PollOptions, pollChanges } from "./program/sources/poll-changes.ts"
export { scheduleOf } from "./program/sources/schedule-of.ts"
export { subscribersOf } from "./program/sources/subscribers.ts"
export { takeAgain } from "./program/sources/take-again.ts"
export { answerName } from "./program/steps/answer-step.ts"
export type { StopDetail } from "./program/stop.ts"
export { createTurns, type Turns } from "./program/turns.ts"
export { type AppliedReplay, type ApplyOptions, applyReplay, reissueOf } from "./replay/apply-replay.ts"
export { type ReplayOptions, rehearse } from "./replay/rehearse.ts"
export type * from "./replay/rehearsed.ts"
export {
  type ReplayDifference,
  type ReplayExample,
  type ReplayStop,
  type ReplaySummary,
  summariser,
} from "./replay/summarise.ts"
export { deltaOf } from "./replay/sums-of.ts"
export { openSqliteGuest } from "./stores/sqlite/open-guest.ts"
export { openSqliteLedger, type SqliteLedger } from "./stores/sqlite/open-ledger.ts"
export { sqliteSource, sqliteTarget } from "./stores/sqlite/sqlite-end.ts"
