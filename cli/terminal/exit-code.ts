// What the shell is told. The meanings are part of the command line's contract (specs/cli.md); scripts rely on them.

export const exitCodes = {
  /** All is well. */
  fine: 0,
  /** It ran and found something: errors, failed tests, unformatted files, drift. */
  findings: 1,
  /** It could not start: usage, configuration, an unreadable file. */
  cannotStart: 2,
  /** It ran to the end, but records were held or rejected. */
  stopped: 3,
  /** A bug in fmap. */
  bug: 70,
  /** Interrupted by Ctrl-C, or by a reader that went away. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
