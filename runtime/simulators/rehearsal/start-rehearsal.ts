// A project's flows on simulated platforms, as they would run: programs of their own, a ledger in a file, calls over the network. Flows in: platforms with their ports, what configures them. Flows out: programs that
// ran, or were killed in the middle of their work. With a seed a share of all calls fails, and the same ones each time the calls come in the same order.
import { type ChildProcess, spawn } from "node:child_process"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { kill } from "node:process"
import { setTimeout as sleep } from "node:timers/promises"
import { systemWorld } from "../../flow/host/system-world.ts"
import { seededFaults } from "../kernel/faults.ts"
import type { Platform } from "../kernel/platform.ts"
import { type Seen, serve } from "../kernel/serve.ts"

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
  /** `fmap` with these words, on the project; its output is shown where `shows` says so. Gives the exit code, or null where a signal ended it. */
  fmap(words: readonly string[], shows?: "all" | "errors"): Promise<number | null>
  /** With a seed: `fmap` with these words is begun once for each number, and killed when platforms were asked so many times more. */
  killed(words: readonly string[], deaths: readonly number[]): Promise<void>
  /** `, after 5 kills; 12 of 60 calls failed`, or nothing without a seed. */
  told(): string
  stop(): Promise<void>
}

export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { project, seed, failing = 0.2, now = systemWorld().now } = options
  for (const ending of ["", "-wal", "-shm", ".lock"])
    rmSync(join(project, `${options.ledger}${ending}`), { force: true })
  const counts = { done: 0, failed: 0, kills: 0 }
  const saw = ({ fault }: Seen) => {
    if (fault === undefined) counts.done += 1
    else counts.failed += 1
  }
  const servers = await Promise.all(
    options.platforms.map(({ platform, port }, i) =>
      serve(platform, {
        port,
        now,
        saw,
        ...(seed === undefined ? {} : { faults: seededFaults(seed + i, failing) }),
      }),
    ),
  )
  const env = {
    ...options.environment,
    ...Object.fromEntries(options.credentials.map(name => [name, `a-${name}`])),
  }

  function begin(words: readonly string[], shows: "all" | "errors" | "nothing"): ChildProcess {
    const out = shows === "all" ? "inherit" : "ignore"
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
    fmap: (words, shows = "all") =>
      new Promise((resolve, reject) => {
        const running = begin(words, shows)
        running.once("error", reject)
        running.once("exit", resolve)
      }),
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

/** False where it has ended by itself. */
function killGroup(pid: number): boolean {
  try {
    return kill(-pid, "SIGKILL")
  } catch {
    return false
  }
}
