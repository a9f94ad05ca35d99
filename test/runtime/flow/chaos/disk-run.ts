// R3: a disk that fails. `full`: a small file system without space, until some is freed. `faulty`: syncs and writes that fail now and then, until they stop. The process says so, acknowledges
// nothing that is not kept, and goes on by itself. Flows in: how many events. Flows out: what the file says at the end; or why it cannot be run here.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { checkFile } from "./check-file.ts"
import { type WatchedWorker, watchedWorker } from "./watched-worker.ts"

export interface DiskResult {
  readonly broken: readonly string[]
  readonly events: number
  /** How often the process said that its store does not work. */
  readonly troubles: number
  readonly seconds: number
}

const sleep = (ms: number) => new Promise(resolve => void setTimeout(resolve, ms))
const longestMs = 300_000

/** Needs root: it mounts a file system in memory. */
export async function fullDisk(events: number): Promise<DiskResult | string> {
  return inFolder(async folder => {
    const disk = join(folder, "disk")
    mkdirSync(disk)
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=256m", "none", disk], { stdio: "ignore" })
    } catch (error) {
      return `not run, nothing is mounted here: ${error instanceof Error ? error.message.split("\n")[0] : error}`
    }
    try {
      const filler = join(disk, "filler")
      writeFileSync(filler, Buffer.alloc(254 * 1024 * 1024))
      return await drained(
        watchedWorker([join(disk, "fmap.db"), 0, events]),
        join(disk, "fmap.db"),
        events,
        3,
        () => rmSync(filler),
      )
    } finally {
      execFileSync("umount", [disk], { stdio: "ignore" })
    }
  })
}

/** Needs a C compiler: the faults are a library that is loaded ahead of the system's. */
export async function faultyDisk(events: number, seed: number): Promise<DiskResult | string> {
  return inFolder(async folder => {
    const [library, faults, file] = [join(folder, "faults.so"), join(folder, "on"), join(folder, "fmap.db")]
    try {
      const source = join(import.meta.dirname, "disk-faults.c")
      execFileSync("cc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], { stdio: "ignore" })
    } catch (error) {
      return `not run, there is no C compiler here: ${error instanceof Error ? error.message.split("\n")[0] : error}`
    }
    writeFileSync(faults, "")
    const env = { LD_PRELOAD: library, FMAP_FAULTS: faults, FMAP_FAULT_SEED: String(seed) }
    return drained(watchedWorker([file, 0, events], env), file, events, 20, () => rmSync(faults))
  })
}

async function drained(
  { child, said, ended }: WatchedWorker,
  file: string,
  events: number,
  troubles: number,
  mend: () => void,
): Promise<DiskResult> {
  const started = performance.now()
  const late = () => performance.now() - started > longestMs
  const broken: string[] = []
  while (said.troubles < troubles && child.exitCode === null && !late()) await sleep(20)
  if (said.troubles < troubles)
    broken.push(`the process told of ${said.troubles} troubles, ${troubles} were wanted`)
  const before = said.acknowledged
  mend()
  const timer = setTimeout(() => child.kill("SIGKILL"), longestMs)
  const code = await ended
  clearTimeout(timer)
  if (code !== 0) broken.push(`the process did not go on by itself: it ended with ${code}`)
  const after = checkFile(file, said.acknowledged)
  broken.push(...after.broken)
  if (said.acknowledged !== events)
    broken.push(
      `${events} events were sent, ${said.acknowledged} acknowledged, ${before} of them before the disk was mended`,
    )
  if (after.open > 0) broken.push(`${after.open} events are open`)
  return {
    broken,
    events: after.events,
    troubles: said.troubles,
    seconds: (performance.now() - started) / 1_000,
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "fmap-disk-"))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
