// The real process as a Terminal. Flows in: node's process. Flows out: the port verbs talk to. Until a verb asks for
// `interrupted`, Ctrl-C ends the process at once, as it should while nothing is half done; from then on the first one asks
// the verb to stop and the second one ends the process.
import { isatty } from "node:tty"
import { exitCodes } from "./exit-code.ts"
import { OutputError } from "./output-error.ts"
import type { Terminal } from "./terminal.ts"

/** Called once: it listens to the process's streams. */
export function processTerminal(): Terminal {
  let interrupt: AbortController | undefined
  let readerGone = false
  let broken: OutputError | undefined
  const interrupted = () => {
    if (interrupt !== undefined) return interrupt
    const controller = new AbortController()
    const stop = () => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted)
      controller.abort()
    }
    process.on("SIGINT", stop)
    process.on("SIGTERM", stop)
    interrupt = controller
    return controller
  }

  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (isReaderGone(error)) readerGone = true
    else broken ??= new OutputError(error)
  })
  // A log that nobody reads any more is no reason to fail.
  process.stderr.on("error", () => {})

  return {
    cwd: process.cwd(),
    environment: process.env,
    get input() {
      return process.stdin
    },
    inputIsTerminal: isatty(0),
    outputIsTerminal: isatty(1),
    commentIsTerminal: isatty(2),
    out: text =>
      new Promise((resolve, refuse) => {
        if (broken !== undefined) refuse(broken)
        else if (readerGone) resolve(false)
        else if (text.length === 0) resolve(true)
        else
          process.stdout.write(text, error => {
            if (error === undefined || error === null) resolve(true)
            else if (isReaderGone(error)) resolve(false)
            else {
              broken ??= new OutputError(error)
              refuse(broken)
            }
          })
      }),
    comment: text => {
      process.stderr.write(text)
    },
    problems: [],
    width: process.stderr.columns ?? 100,
    tzdata: process.versions.tz ?? null,
    get interrupted() {
      return interrupted().signal
    },
    clock: () => performance.now(),
  }
}

function isReaderGone(error: NodeJS.ErrnoException): boolean {
  return error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED"
}
