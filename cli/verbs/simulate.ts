// `fmap simulate`: a platform on this machine, to try flows against. Flows in: its name, faults, a file of state. Flows out: its address on standard output, a line
// of commentary for each request, and its state in a file when it ends. It listens on this machine only.
import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { parseExact, writeJson } from "@fmap/runtime"
import {
  type Faults,
  type Platform,
  type Seen,
  seededFaults,
  serve,
  simulators,
} from "@fmap/runtime/simulators"
import { nodeFileSystem } from "../files/file-system.ts"
import { writeAll } from "../files/write-all.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

interface SimulateOptions {
  readonly port?: number
  readonly faults?: string
  readonly data?: string
  readonly save?: string
}

export async function simulate(
  name: string,
  options: SimulateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const make = Object.hasOwn(simulators, name) ? simulators[name] : undefined
  if (make === undefined)
    return cannotStart(terminal, [
      problem(
        "FM8108",
        `There is no simulator of ${JSON.stringify(name)}; there are ${Object.keys(simulators).join(", ")}.`,
      ),
    ])
  const faults = options.faults === undefined ? noFaults : faultsOf(options.faults)
  if (faults === undefined)
    return cannotStart(terminal, [
      problem("FM8003", "--faults takes a seed and a share below 1, such as 7,0.2."),
    ])
  const unsaved = options.save === undefined ? undefined : cannotSave(resolve(terminal.cwd, options.save))
  if (unsaved !== undefined) return cannotStart(terminal, [problem("FM8103", unsaved)])
  const platform = make()
  const wrong = options.data === undefined ? undefined : loaded(platform, resolve(terminal.cwd, options.data))
  if (wrong !== undefined) return cannotStart(terminal, [problem("FM8102", wrong)])
  return run(platform, faults, options, terminal)
}

async function run(
  platform: Platform,
  faults: Faults,
  { port = 0, save }: SimulateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const saw = (seen: Seen) => terminal.comment(`${safeLine(shown(seen))}\n`)
  const server = await serve(platform, { port, now: () => Date.now(), faults, saw }).catch(
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  if (typeof server === "string")
    return cannotStart(terminal, [problem("FM8504", `${platform.name} cannot listen: ${server}.`)])
  terminal.comment(`${platform.name} is simulated; Ctrl-C ends.\n`)
  const goesOn = await terminal.out(`${server.url}\n`)
  if (goesOn && !terminal.interrupted.aborted)
    await new Promise<void>(end =>
      terminal.interrupted.addEventListener("abort", () => end(), { once: true }),
    )
  await server.stop()
  if (save === undefined) return exitCodes.fine
  const text = Buffer.from(`${writeJson(platform.dump(), 2)}\n`, "utf8")
  const written = await writeAll(
    nodeFileSystem,
    new Map([[resolve(terminal.cwd, save), text]]),
    // it was the interruption that brought us here
    new AbortController().signal,
  )
  return written.kind === "failed"
    ? cannotStart(terminal, [problem("FM8103", `${written.path} cannot be written: ${written.reason}.`)])
    : exitCodes.fine
}

function shown({ request, answer, fault }: Seen): string {
  const status = answer === undefined ? "not done" : String(answer.status)
  return `${request.method} ${request.path} ${status}${fault === undefined ? "" : ` (${fault})`}`
}

const noFaults: Faults = () => undefined

function faultsOf(text: string): Faults | undefined {
  const [, seed, rate] = /^(\d{1,9}),(0(?:\.\d{1,6})?)$/.exec(text) ?? []
  return seed === undefined || rate === undefined ? undefined : seededFaults(Number(seed), Number(rate))
}

/** Told before anybody works with it: at the end its state would be lost. */
function cannotSave(path: string): string | undefined {
  const folder = dirname(path)
  if (!existsSync(folder)) return `--save ${path}: there is no folder ${folder}.`
  if (!statSync(folder).isDirectory()) return `--save ${path}: ${folder} is no folder.`
  if (existsSync(path) && statSync(path).isDirectory()) return `--save ${path} is a folder; name a file.`
  return undefined
}

/** What is wrong with the file; undefined: it is loaded. */
function loaded(platform: Platform, path: string): string | undefined {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch (error) {
    return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`
  }
  const read = parseExact(text)
  if ("refused" in read) return `${path}, line ${read.refused.line}: ${read.refused.message}`
  try {
    platform.load(read.ok)
    return undefined
  } catch (error) {
    if (error instanceof RangeError) return `${path}: ${error.message}.`
    throw error
  }
}
