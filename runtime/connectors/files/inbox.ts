// Files that come in. Flows in: a folder. Flows out: a page of records for each thousand lines of a file. A file is judged as a whole before any of it is given; it leaves
// the folder when whoever reads has come back for more, so a crash before that gives the same records with the same ids once more.
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { lstat, readdir, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { World } from "../../flow/port/world.ts"
import type { Change, ChangePage } from "../port/connector.ts"
import { recordsOfFile } from "./file-records.ts"
import type { FileObject } from "./files-options.ts"

const pageSize = 1_000
/** Problems that are told of one file. */
const told = 100

export interface Inbox {
  readonly inbox: string
  readonly processed: string
  readonly refused: string
}

export async function* readInbox(
  folders: Inbox,
  object: FileObject,
  world: World,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  for (const name of await filesOf(folders.inbox, object, world)) {
    if (signal.aborted) return
    const path = join(folders.inbox, name)
    const problems = await problemsOf(path, object)
    if (problems.length > 0) {
      await refuse(folders, name, problems)
      continue
    }
    const hash = await hashOf(path)
    let changes: Change[] = []
    for await (const record of recordsOfFile(path, object.format)) {
      if (!("value" in record)) continue
      changes.push({ id: `${hash}:${record.line}`, version: "0", kind: "created", record: record.value })
      if (changes.length < pageSize) continue
      yield { changes, cursor: hash }
      changes = []
    }
    if (changes.length > 0) yield { changes, cursor: hash }
    // whoever reads has come back: everything of the file is taken over
    await rename(path, join(folders.processed, `${hash.slice(0, 12)}-${name}`))
  }
}

/** Whole files, oldest name first. Links and folders are none: a link could lead anywhere. */
export async function filesOf(
  folder: string,
  { ending, settleMs = 1_000 }: FileObject,
  world: World,
): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter(
    name => name.endsWith(ending) && !name.startsWith(".") && !/\.(?:tmp|part|problems\.txt)$/.test(name),
  )
  const whole = await Promise.all(
    names.map(async name => {
      const found = await lstat(join(folder, name)).catch(() => undefined)
      return found?.isFile() === true && world.now() - found.mtimeMs >= settleMs
    }),
  )
  return names.filter((_, i) => whole[i]).toSorted()
}

async function problemsOf(path: string, object: FileObject): Promise<readonly string[]> {
  const problems: string[] = []
  for await (const record of recordsOfFile(path, object.format)) {
    if ("problem" in record) problems.push(`line ${record.line}: ${record.problem}`)
    if (problems.length === told) break
  }
  return problems
}

async function refuse(folders: Inbox, name: string, problems: readonly string[]): Promise<void> {
  await writeFile(join(folders.refused, `${name}.problems.txt`), `${problems.join("\n")}\n`)
  await rename(join(folders.inbox, name), join(folders.refused, name))
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256")
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest("hex")
}
