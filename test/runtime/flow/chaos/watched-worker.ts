// A disk worker and what it said. Flows in: its arguments. Flows out: how far it was acknowledged, how often it was troubled, how it ended.
import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"
import process from "node:process"
import { createInterface } from "node:readline"

export interface WatchedWorker {
  readonly child: ChildProcess
  readonly said: { acknowledged: number; troubles: number; readonly kinds: Map<string, number> }
  /** The code it ended with; null where it was killed. */
  readonly ended: Promise<number | null>
}

export function watchedWorker(
  words: readonly (string | number)[],
  env: Readonly<Record<string, string>> = {},
): WatchedWorker {
  const child = spawn(
    process.execPath,
    ["--conditions=fmap-source", join(import.meta.dirname, "disk-worker.ts"), ...words.map(String)],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...env } },
  )
  const said = { acknowledged: 0, troubles: 0, kinds: new Map<string, number>() }
  createInterface({ input: child.stdout }).on("line", line => {
    const [word = "", ...rest] = line.split(" ")
    if (word === "acknowledged") said.acknowledged = Number(rest[0])
    if (word !== "troubled") return
    said.troubles += 1
    const kind = rest.join(" ")
    said.kinds.set(kind, (said.kinds.get(kind) ?? 0) + 1)
  })
  return { child, said, ended: new Promise(resolve => void child.on("close", code => resolve(code))) }
}
