// Programs started and waited for, in turn. Flows in: command lines; flows out: the shortest time of each in milliseconds. The
// shortest, because everything that disturbs a start makes it longer.
import { spawnSync } from "node:child_process"

export interface Program {
  readonly name: string
  readonly folder: string
  readonly words: readonly string[]
}

export function shortest(programs: readonly Program[], rounds: number): ReadonlyMap<string, number> {
  const best = new Map<string, number>()
  for (let round = 0; round < rounds; round++)
    for (const { name, folder, words } of programs) {
      const start = performance.now()
      const { status, stderr, stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" })
      const time = performance.now() - start
      if (status !== 0) throw new Error(`${name} gave ${status}: ${stderr || stdout}`)
      best.set(name, Math.min(time, best.get(name) ?? Number.POSITIVE_INFINITY))
    }
  return best
}
