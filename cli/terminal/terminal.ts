// What a verb may know of the process it runs in. Flows in: arguments and bytes of standard input. Flows out: the product
// on `out`, commentary on `comment`. Verbs never touch `process`, so tests run them as plain functions.

import type { Problem } from "./problem.ts"

export interface Terminal {
  /** Absolute path of the working folder. */
  readonly cwd: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly input: AsyncIterable<Uint8Array>
  readonly inputIsTerminal: boolean
  readonly outputIsTerminal: boolean
  readonly commentIsTerminal: boolean
  /** Writes a part of the product to standard output; resolves when more may be written, `false` when the reader went away.
   * Rejects with an OutputError when it cannot be written at all. */
  out(text: string | Uint8Array): Promise<boolean>
  /** Writes commentary to standard error. Never fails. */
  comment(text: string): void
  /** What kept the command from its work so far; `cannotStart` adds to it. */
  readonly problems: Problem[]
  /** Columns of the terminal, or 100. */
  readonly width: number
  /** Aborted by the first Ctrl-C (or SIGTERM). */
  readonly interrupted: AbortSignal
  /** Version of the time zone rules that are used, such as 2026a; null: not known. */
  readonly tzdata: string | null
  /** Milliseconds of a clock that only goes forward: for durations, never for results. */
  clock(): number
}
