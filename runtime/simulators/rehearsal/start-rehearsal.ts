// A project's flows on simulated platforms, as they would run: programs of their own, a ledger in a file, calls over the network. Flows in: platforms with their ports, what configures them. Flows out: programs that
// ran, or were killed in the middle of their work. With a seed a share of all calls fails, and the same ones each time the calls come in the same order.
import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { exit, kill, stderr } from "node:process"
import { setTimeout as sleep } from "node:timers/promises"
import { systemWorld } from "../../flow/host/system-world.ts"
import { NotPossible } from "../../flow/port/failures.ts"
import { seededFaults } from "../kernel/faults.ts"
import type { Platform } from "../kernel/platform.ts"
import { type Seen, type Simulator, serve } from "../kernel/serve.ts"
import { leavesMachine } from "./stays-here.ts"

export interface RehearsedPlatform {
  readonly platform: Platform
  /** That of `baseUrl` in fmap.flows.json. */
  readonly port: number
}

export interface RehearsalOptions {
  /** The folder of the project. */
  readonly project: string
  readonly platforms: readonly RehearsedPlatform[]
  /** Names of the variables fmap.flows.json has credentials in; simulators take any. */
  readonly credentials: readonly string[]
  /** What the programs see beside these: `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The file of the ledger, relative to the project; it is removed, so that each rehearsal begins anew. */
  readonly ledger: string
  /** Chaos: which calls fail. Without it none does, and nothing is killed. */
  readonly seed?: number | undefined
  /** Of the calls that fail with a seed: 0.2 where absent. */
  readonly failing?: number
  /** Milliseconds since 1970, as platforms see the time; the clock of this machine where absent. */
  readonly now?: () => number
}

export interface Rehearsal {
  /** Calls that platforms were asked so far, and programs killed. */
  readonly counts: { readonly done: number; readonly failed: number; readonly kills: number }
  /** `fmap` with these words, on the project; its output is shown where `shows` says so. Gives the exit code, or null where a signal ended it. Throws NotPossible for words that lead elsewhere. */
  fmap(words: readonly string[], shows?: "all" | "errors"): Promise<number | null>
  /** `fmap` with these words, and what it wrote to standard output: for `--format json`. Its commentary is shown. */
  asked(words: readonly string[]): Promise<string>
  /** With a seed: `fmap` with these words is begun once for each number, and killed when platforms were asked so many times more. */
  killed(words: readonly string[], deaths: readonly number[]): Promise<void>
  /** `, after 5 kills; 12 of 60 calls failed`, or nothing without a seed. */
  told(): string
  stop(): Promise<void>
}

/** Throws NotPossible, with a sentence, where a port is taken or the configuration leads to another machine; then nothing was removed or begun. */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { project, seed, failing = 0.2, now = systemWorld().now } = options
  const env = {
    ...options.environment,
    ...Object.fromEntries(options.credentials.map(name => [name, `a-${name}`])),
  }
  staysHere(project, ["fmap"], env)
  const counts = { done: 0, failed: 0, kills: 0 }
  const saw = ({ fault }: Seen) => {
    if (fault === undefined) counts.done += 1
    else counts.failed += 1
  }
  const servers = await allOrNone(
    options.platforms.map(({ platform, port }, i) =>
      serve(platform, {
        port,
        now,
        saw,
        ...(seed === undefined ? {} : { faults: seededFaults(seed + i, failing) }),
      }).catch(error => {
        throw isTaken(error)
          ? new NotPossible(
              "FM8504",
              `Port ${port} of this machine is taken: end what listens there, or change the port here and in fmap.flows.json`,
            )
          : error
      }),
    ),
  )
  for (const ending of ["", "-wal", "-shm", ".lock"])
    rmSync(join(project, `${options.ledger}${ending}`), { force: true })

  function begin(words: readonly string[], shows: "all" | "errors" | "nothing" | "asked"): ChildProcess {
    staysHere(project, words, env)
    const out = shows === "all" ? "inherit" : shows === "asked" ? "pipe" : "ignore"
    return spawn("npx", ["fmap", ...words, "--project", project], {
      env,
      stdio: ["ignore", out, shows === "nothing" ? "ignore" : "inherit"],
      // a group of its own: npx and what it began are killed together
      detached: true,
    })
  }

  async function killAfter(words: readonly string[], more: number): Promise<void> {
    const enough = counts.done + counts.failed + more
    const running = begin(words, "nothing")
    const ended = new Promise<void>(resolve => running.once("exit", () => resolve()))
    while (running.exitCode === null && counts.done + counts.failed < enough) await sleep(5)
    if (running.exitCode === null && running.pid !== undefined && killGroup(running.pid)) counts.kills += 1
    await ended
  }

  return {
    counts,
    async fmap(words, shows = "all") {
      const running = begin(words, shows)
      return new Promise((resolve, reject) => {
        running.once("error", reject)
        running.once("exit", resolve)
      })
    },
    async asked(words) {
      const running = begin(words, "asked")
      const pieces: Buffer[] = []
      running.stdout?.on("data", (piece: Buffer) => pieces.push(piece))
      return new Promise((resolve, reject) => {
        running.once("error", reject)
        running.once("close", () => resolve(Buffer.concat(pieces).toString("utf8")))
      })
    },
    async killed(words, deaths) {
      if (seed === undefined) return
      for (const more of deaths) await killAfter(words, more)
    },
    told: () =>
      seed === undefined
        ? ""
        : `, after ${counts.kills} kills; ${counts.failed} of ${counts.done + counts.failed} calls failed`,
    async stop() {
      await Promise.all(servers.map(server => server.stop()))
    },
  }
}

/** For `startRehearsal(…).catch(cannotRehearse)` of a program: what is not possible is told in its sentence, and the program ends; anything else is thrown. */
export function cannotRehearse(error: unknown): never {
  if (!(error instanceof NotPossible)) throw error
  stderr.write(`${error.message}.\n`)
  exit(1)
}

/** Those words may name another configuration or store. */
function staysHere(
  project: string,
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): void {
  const after = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined)
  const named = after("--config")
  const file = named === undefined ? join(project, "fmap.flows.json") : resolve(named)
  const config: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}
  const found = [...leavesMachine(config, env), ...leavesMachine({ "--store": after("--store") }, env)]
  if (found.length > 0)
    throw new NotPossible(
      "FM8501",
      `A rehearsal stays on this machine, and ${file} would not: ${found.join("; ")}. Give 127.0.0.1 there`,
    )
}

/** Where one does not start, none goes on. */
async function allOrNone(starting: readonly Promise<Simulator>[]): Promise<readonly Simulator[]> {
  const started = await Promise.allSettled(starting)
  const failed = started.find(one => one.status === "rejected")
  const running = started.flatMap(one => (one.status === "fulfilled" ? [one.value] : []))
  if (failed === undefined) return running
  await Promise.all(running.map(server => server.stop()))
  throw failed.reason
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE"
}

/** False where it has ended by itself. */
function killGroup(pid: number): boolean {
  try {
    return kill(-pid, "SIGKILL")
  } catch {
    return false
  }
}
