// One process a file. Flows in: the path of the ledger, who asks. Flows out: a lock file with process and host, or a refusal that names
// who holds it. A lock whose process is dead is taken over; the caller holds the database's write lock meanwhile, so two never do.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs"
import { hostname } from "node:os"
import { kill, pid as ownPid } from "node:process"
import { LedgerHeld, NotPossible } from "../../port/failures.ts"

export interface LockOwner {
  readonly pid: number
  readonly host: string
  /** Of the process, where the system tells: a number used again is another process. */
  readonly started: string
}

export interface LockFile {
  release(): void
}

export function takeLock(path: string, owner: LockOwner = thisProcess()): LockFile {
  const holder = readLock(path)
  if (holder !== undefined && !isGone(holder, owner))
    throw new LedgerHeld(
      `${path} is held by process ${holder.pid} on ${holder.host}; one process works on a ledger at a time${
        holder.host === owner.host
          ? ""
          : `. Whether it lives cannot be seen from here: if ${holder.host} is gone, remove the file`
      }`,
    )
  const draft = `${path}.${owner.pid}`
  const file = openSync(draft, "w")
  writeSync(file, `${JSON.stringify(owner)}\n`)
  fsyncSync(file)
  closeSync(file)
  renameSync(draft, path)
  return {
    release() {
      const now = readLock(path)
      if (now !== undefined && isSame(now, owner)) rmSync(path, { force: true })
    },
  }
}

function thisProcess(): LockOwner {
  return { pid: ownPid, host: hostname(), started: startOf(ownPid) ?? "" }
}

/** Of another host nobody here can tell whether it lives; of a process without a known start, its number has to do. */
function isGone(holder: LockOwner, asking: LockOwner): boolean {
  if (holder.host !== asking.host) return false
  if (isSame(holder, asking)) return false
  try {
    kill(holder.pid, 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH"
  }
  const started = startOf(holder.pid)
  return started !== undefined && holder.started !== "" && started !== holder.started
}

function isSame(a: LockOwner, b: LockOwner): boolean {
  return a.pid === b.pid && a.host === b.host && a.started === b.started
}

function readLock(path: string): LockOwner | undefined {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
  try {
    const value: unknown = JSON.parse(text)
    if (
      typeof value === "object" &&
      value !== null &&
      "pid" in value &&
      "host" in value &&
      "started" in value
    ) {
      const { pid, host, started } = value
      if (typeof pid === "number" && typeof host === "string" && typeof started === "string")
        return { pid, host, started }
    }
  } catch {
    // told below
  }
  throw new NotPossible("FM8405", `${path} is no lock of fmap; remove it when no process works on the ledger`)
}

/** Field 22 of `/proc/PID/stat`, counted behind the name in brackets; undefined where there is no such file. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8")
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
    // A dead process nobody has waited for yet is dead.
    return fields[0] === "Z" ? "gone" : fields[19]
  } catch {
    return undefined
  }
}
