// Where the process begins and ends. Flows in: the arguments. Flows out: the exit code. Everything in between sees a Terminal
// and never the process, so this file and process-terminal.ts are the only ones that know it.
import { runCommandLine } from "./command-line.ts"
import { processTerminal } from "./terminal/process-terminal.ts"

const code = await runCommandLine(process.argv.slice(2), processTerminal())
process.exitCode = code
// An input nobody reads to its end and listeners for signals would keep a finished process waiting; what was written to
// standard output has been flushed, since verbs wait for it.
process.exit(code)
