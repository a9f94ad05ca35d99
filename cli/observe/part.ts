// One who looks on while flows run: watcher, logs, metrics, traces, lineage. Flows in: facts of the engine, requests to API and console. Flows out: something for people or machines outside; flows do the same with and
// without it.
import type { Observer } from "@fmap/runtime/flow"
import type { LogEntry } from "@fmap/runtime/http"
import type { Problem } from "../terminal/problem.ts"

export interface Part {
  readonly observer?: Observer
  /** Told of each request to API and console. */
  requested?(entry: LogEntry): void
  /** Text for Prometheus, for the API. */
  metrics?(): Promise<string>
  /** Ends when the signal does. */
  run?(signal: AbortSignal): Promise<void>
  /** At the end of `--once`, when everything is done. */
  once?(signal: AbortSignal): Promise<void>
  /** Whatever happened; writes what it still holds. */
  close?(): Promise<void>
}

export type FoundPart =
  | { readonly kind: "part"; readonly part: Part }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }
