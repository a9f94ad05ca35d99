// What an engine needs of the world around it: time and chance, handed in so that a simulation can own them.

export interface World {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after the time, or early when the signal ends; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** At least 0, below 1. */
  random(): number
  /** Runs the work after what is running now, in one go with other work deferred meanwhile. */
  defer(work: () => void): void
}
