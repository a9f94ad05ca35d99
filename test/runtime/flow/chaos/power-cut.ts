// R2: the power goes. The ledger is in a file system of its own in a loop image; a copy of the image, taken while the process is stopped, holds what reached the disk and nothing of what the
// system still meant to write. The copy takes the place of the disk. Flows in: how often. Flows out: what the file says each time. Needs root and loop devices of Linux.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import { randomOf } from "../simulation/random.ts"
import { checkFile } from "./check-file.ts"
import { watchedWorker } from "./watched-worker.ts"

export interface PowerResult {
  readonly broken: readonly string[]
  readonly cuts: number
  readonly acknowledged: number
  readonly seconds: number
}

const mebibytes = 1_536
const sleep = (ms: number) => new Promise(resolve => void setTimeout(resolve, ms))

/** Undefined: this machine mounts no image, and why. */
export async function powerRun(run: {
  readonly cuts: number
  readonly events: number
  readonly seed: number
  readonly lifeMs: number
}): Promise<PowerResult | string> {
  const folder = mkdtempSync(join(tmpdir(), "fmap-power-"))
  const [image, copy, disk] = [join(folder, "disk.img"), join(folder, "after.img"), join(folder, "disk")]
  const command = (name: string, ...words: readonly string[]) =>
    void execFileSync(name, words, { stdio: "ignore" })
  const random = randomOf(run.seed)
  const started = performance.now()
  const broken: string[] = []
  let mounted = false
  const mount = () => {
    command("mount", "-o", "loop", image, disk)
    mounted = true
  }
  const unmount = () => {
    if (mounted) command("umount", disk)
    mounted = false
  }
  try {
    mkdirSync(disk)
    writeFileSync(image, "")
    truncateSync(image, mebibytes * 1024 * 1024)
    try {
      command("mkfs.ext4", "-q", "-F", image)
      mount()
    } catch (error) {
      return `not run, no image is mounted here: ${error instanceof Error ? error.message.split("\n")[0] : error}`
    }
    const file = join(disk, "fmap.db")
    let kept = 0
    let cuts = 0
    for (; cuts < run.cuts && broken.length === 0; cuts++) {
      // Some of what is there is sent again.
      const from = Math.max(0, kept - 400)
      const worker = watchedWorker([file, from, run.events])
      while (worker.said.acknowledged === 0 && worker.child.exitCode === null) await sleep(20)
      await sleep(run.lifeMs * (0.5 + random.next()))
      worker.child.kill("SIGSTOP")
      await sleep(50)
      command("cp", "--sparse=always", image, copy)
      const { acknowledged } = worker.said
      worker.child.kill("SIGKILL")
      await worker.ended
      unmount()
      renameSync(copy, image)
      mount()
      const after = checkFile(file, acknowledged)
      broken.push(...after.broken.map(one => `cut ${cuts + 1}: ${one}`))
      kept = after.events
    }
    return { broken, cuts, acknowledged: kept, seconds: (performance.now() - started) / 1_000 }
  } finally {
    try {
      unmount()
    } catch (error) {
      process.stderr.write(`${disk} stays mounted: ${error}\n`)
    }
    if (!mounted) rmSync(folder, { recursive: true, force: true })
  }
}
