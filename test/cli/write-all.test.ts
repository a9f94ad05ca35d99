// Writing all or nothing: on a good disk, on disks that fail at every single step, and when interrupted at every turn.
import { chmodSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { type FileSystem, nodeFileSystem } from "../../cli/files/file-system.ts"
import { writeAll } from "../../cli/files/write-all.ts"
import { folderWith, holds } from "./folder.ts"

const never = new AbortController().signal
const bytes = (text: string) => Buffer.from(text, "utf8")
const before = { "same.ts": "same", "old.ts": "old", "gone.ts": "gone", "sub/kept.txt": "kept" }
const after = { "same.ts": "same", "old.ts": "new", "deep/er/fresh.ts": "fresh", "sub/kept.txt": "kept" }

function changes(folder: string): Map<string, Uint8Array | null> {
  return new Map([
    [join(folder, "same.ts"), bytes("same")],
    [join(folder, "old.ts"), bytes("new")],
    [join(folder, "gone.ts"), null],
    [join(folder, "never-was.ts"), null],
    [join(folder, "deep/er/fresh.ts"), bytes("fresh")],
  ])
}

test("writes what differs, removes what is to go, leaves no traces", async () => {
  const folder = folderWith(before)
  const written = await writeAll(nodeFileSystem, changes(folder), never)
  expect(written).toEqual({
    kind: "written",
    changed: [join(folder, "old.ts"), join(folder, "deep/er/fresh.ts")],
    removed: [join(folder, "gone.ts")],
  })
  expect(holds(folder)).toEqual(after)
})

/** The real disk, whose n-th changing call fails. */
function failing(at: number, code: string): FileSystem & { calls: () => number } {
  let count = 0
  const guarded =
    <A extends unknown[]>(call: (...args: A) => void) =>
    (...args: A) => {
      if (count++ === at) throw Object.assign(new Error(code), { code })
      call(...args)
    }
  return {
    ...nodeFileSystem,
    create: guarded((path: string, content: Uint8Array) => {
      nodeFileSystem.create(path, content)
    }),
    rename: guarded(nodeFileSystem.rename),
    link: guarded(nodeFileSystem.link),
    remove: nodeFileSystem.remove,
    makeFolder: guarded(nodeFileSystem.makeFolder),
    calls: () => count,
  }
}

describe("whatever step fails, the folder is as it was", () => {
  // 2 folders, 2 staged files, 2 links, 2 renames: eight steps can fail.
  const steps = 8
  test.each(
    Array.from({ length: steps }, (_, i) => [i, ["ENOSPC", "EACCES", "EIO"][i % 3] ?? "EIO"] as const),
  )("step %i with %s", async (step, code) => {
    const folder = folderWith(before)
    const disk = failing(step, code)
    const written = await writeAll(disk, changes(folder), never)
    expect(written.kind).toBe("failed")
    expect(holds(folder)).toEqual(before)
    expect(nodeFileSystem.exists(join(folder, "deep"))).toBe(false)
  })
  test("and there is no further step", async () => {
    const folder = folderWith(before)
    const disk = failing(steps, "EIO")
    expect((await writeAll(disk, changes(folder), never)).kind).toBe("written")
    expect(disk.calls()).toBe(steps)
  })
  test("a disk that takes only a few bytes", async () => {
    const folder = folderWith(before)
    let room = 4
    const tiny: FileSystem = {
      ...nodeFileSystem,
      create: (path, content) => {
        // As a real disk: what fits is written, then it fails.
        nodeFileSystem.create(path, content.subarray(0, room))
        if (content.length > room) throw Object.assign(new Error("full"), { code: "ENOSPC" })
        room -= content.length
      },
    }
    const written = await writeAll(tiny, changes(folder), never)
    expect(written).toMatchObject({ kind: "failed", reason: "the disk is full (ENOSPC)" })
    expect(holds(folder)).toEqual(before)
  })
  test("a removal that fails after a rename", async () => {
    const folder = folderWith(before)
    const stuck: FileSystem = {
      ...nodeFileSystem,
      remove: path => {
        if (path.endsWith("gone.ts")) throw Object.assign(new Error("busy"), { code: "EPERM" })
        nodeFileSystem.remove(path)
      },
    }
    expect(await writeAll(stuck, changes(folder), never)).toMatchObject({
      kind: "failed",
      path: join(folder, "gone.ts"),
    })
    expect(holds(folder)).toEqual(before)
  })
  test("a folder where a file should be", async () => {
    const folder = folderWith(before)
    mkdirSync(join(folder, "x.ts"))
    const written = await writeAll(
      nodeFileSystem,
      new Map([
        [join(folder, "old.ts"), bytes("new")],
        [join(folder, "x.ts"), bytes("x")],
      ]),
      never,
    )
    expect(written).toMatchObject({ kind: "failed", reason: "there is a folder of that name" })
    expect(holds(folder)).toEqual(before)
  })
  test("a file where a folder should be", async () => {
    const folder = folderWith(before)
    const written = await writeAll(
      nodeFileSystem,
      new Map([[join(folder, "old.ts/x.ts"), bytes("x")]]),
      never,
    )
    expect(written.kind).toBe("failed")
    expect(holds(folder)).toEqual(before)
  })
})

test("an interruption between any two files changes nothing", async () => {
  for (let turn = 0; turn < 3; turn++) {
    const folder = folderWith(before)
    const controller = new AbortController()
    let created = 0
    const disk: FileSystem = {
      ...nodeFileSystem,
      create: (path, content) => {
        nodeFileSystem.create(path, content)
        if (created++ === turn) controller.abort()
      },
    }
    const written = await writeAll(disk, changes(folder), controller.signal)
    expect(written.kind).toBe(turn < 2 ? "interrupted" : "written")
    expect(holds(folder)).toEqual(turn < 2 ? before : after)
  }
})

test("a folder without permission is told and left", async () => {
  const folder = folderWith(before)
  chmodSync(folder, 0o555)
  // Nothing is forbidden to root, so for root the refusal is played.
  const isRoot = process.getuid?.() === 0
  const written = await writeAll(isRoot ? failing(0, "EACCES") : nodeFileSystem, changes(folder), never)
  chmodSync(folder, 0o755)
  expect(written).toMatchObject({ kind: "failed", reason: "permission denied (EACCES)" })
  expect(holds(folder)).toEqual(before)
})
