// Files that go out. Flows in: a name and bytes. Flows out: a whole file in the folder, or none. It is written beside, synced, and renamed into place; a mark says that it
// was put there, so that a second try does not put it there again when somebody has fetched it.
import { open, rename, stat } from "node:fs/promises"
import { join } from "node:path"

export async function putFile(
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<"created" | "unchanged"> {
  const mark = join(folder, `.${name}.sent`)
  if (await exists(mark)) return "unchanged"
  await replaceFile(folder, name, bytes)
  await write(mark, new Uint8Array(0))
  await syncFolder(folder)
  return "created"
}

/** A whole file in the place of the one of that name, at one moment. Again the same is the same. */
export async function replaceFile(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const staged = join(folder, `.${name}.tmp`)
  await write(staged, bytes)
  await rename(staged, join(folder, name))
  await syncFolder(folder)
}

export async function wasPut(folder: string, name: string): Promise<boolean> {
  return (await exists(join(folder, `.${name}.sent`))) || exists(join(folder, name))
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o640)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
