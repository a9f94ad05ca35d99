// The door of @fmap/runtime/observe: what is late in a ledger and who is told, and logs of an engine. It needs nothing beside the flow engine.
export type { Notice } from "./alerts/notice.ts"
export type { Tell } from "./alerts/tell-alerts.ts"
export { type CommandOptions, tellCommand } from "./alerts/tell-command.ts"
export {
  type LineageDataset,
  type LineageJob,
  type LineageOptions,
  lineageObserver,
  type RunEvent,
  runIdOf,
} from "./lineage/lineage-observer.ts"
export { codeWord } from "./logs/code-word.ts"
export { type Log, logObserver } from "./logs/log-observer.ts"
export { scrubbed, scrubMark } from "./logs/scrubbed.ts"
export { createWatcher, type Watcher, type WatcherOptions } from "./watcher.ts"
export { readWatch } from "./watches/read-watch.ts"
export type * from "./watches/watch.ts"
