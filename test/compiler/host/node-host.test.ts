// A real folder with everything that leads out of it.
import { execFileSync } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { nodeHost } from "@fmap/compiler/node"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

let base = ""
const root = (): string => join(base, "project")

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "fmap-host-"))
  mkdirSync(join(root(), "maps"), { recursive: true })
  mkdirSync(join(base, "project-twin"))
  writeFileSync(join(base, "secret.fmap"), "secret")
  writeFileSync(join(base, "project-twin", "secret.fmap"), "secret")
  writeFileSync(join(root(), "maps", "a.fmap"), "text äö")
  writeFileSync(join(root(), "empty.fmap"), "")
  writeFileSync(join(root(), "locked.fmap"), "locked")
  chmodSync(join(root(), "locked.fmap"), 0)
  symlinkSync(join(base, "secret.fmap"), join(root(), "link-out.fmap"))
  symlinkSync(base, join(root(), "folder-out"))
  symlinkSync(join(root(), "maps", "a.fmap"), join(root(), "link-in.fmap"))
  symlinkSync(join(root(), "loop-b.fmap"), join(root(), "loop-a.fmap"))
  symlinkSync(join(root(), "loop-a.fmap"), join(root(), "loop-b.fmap"))
  symlinkSync(join(root(), "nowhere.fmap"), join(root(), "dangling.fmap"))
  execFileSync("mkfifo", [join(root(), "pipe.fmap")])
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

const read = (path: string, limit = 1000) => nodeHost(root()).readFile(path, limit)

describe("the host of a folder", () => {
  it.each(["maps/a.fmap", "link-in.fmap"])("reads %s", path => {
    expect(read(path)).toEqual({ kind: "bytes", bytes: new TextEncoder().encode("text äö") })
    expect(nodeHost(root()).exists(path)).toBe(true)
  })

  it("reads an empty file", () =>
    expect(read("empty.fmap")).toEqual({ kind: "bytes", bytes: new Uint8Array() }))

  it("works where the root itself is a link", () => {
    symlinkSync(root(), join(base, "alias"))
    expect(nodeHost(join(base, "alias")).readFile("empty.fmap", 10).kind).toBe("bytes")
  })

  it.each([
    ["missing.fmap", "missing"],
    ["maps/a.fmap/b.fmap", "missing"],
    ["dangling.fmap", "missing"],
    ["a\0b", "missing"],
    ["maps", "unreadable"],
    ["pipe.fmap", "unreadable"],
    ["loop-a.fmap", "unreadable"],
    ["link-out.fmap", "outside"],
    ["folder-out/secret.fmap", "outside"],
    ["folder-out/not-there.fmap", "outside"],
    ["../secret.fmap", "outside"],
    ["../project-twin/secret.fmap", "outside"],
    ["../not-there.fmap", "outside"],
    ["/etc/passwd", "outside"],
    ["", "outside"],
  ])("%s is %s", (path, kind) => {
    expect(read(path).kind).toBe(kind)
    expect(nodeHost(root()).exists(path)).toBe(false)
  })

  it("does not read more than its limit", () => {
    expect(read("maps/a.fmap", 9)).toMatchObject({ kind: "bytes" })
    expect(read("maps/a.fmap", 8)).toEqual({ kind: "tooBig", size: 9 })
  })

  it.each([
    ["maps", "it is a folder"],
    ["pipe.fmap", "it is not a plain file"],
    ["loop-a.fmap", "its links go round in a circle"],
  ])("says why %s is not read", (path, reason) => {
    expect(read(path)).toEqual({ kind: "unreadable", reason })
  })

  it("says that a locked file is locked, where the disk keeps the lock", () => {
    // No file is locked for root.
    const locked = { kind: "unreadable", reason: "permission denied" }
    const open = { kind: "bytes", bytes: new TextEncoder().encode("locked") }
    expect(read("locked.fmap")).toEqual(process.getuid?.() === 0 ? open : locked)
  })
})

describe("installed packages", () => {
  const put = (path: string, text = "{}"): void => {
    mkdirSync(join(path, ".."), { recursive: true })
    writeFileSync(path, text)
  }
  const host = () => nodeHost(join(base, "mono", "packages", "books"))

  beforeAll(() => {
    const mono = join(base, "mono")
    const books = join(mono, "packages", "books")
    put(join(books, "main.fmap"))
    put(join(books, "node_modules", "own", "package.json"))
    put(join(books, "node_modules", "own", "index.fmap"), "own")
    put(join(mono, "node_modules", "@acme", "above", "package.json"))
    put(join(mono, "node_modules", "@acme", "above", "sub", "index.fmap"), "above")
    put(join(mono, "node_modules", "no-manifest", "index.fmap"))
    // As pnpm does: the package is a link into a store, and what it needs lies beside it there.
    put(join(mono, "store", "linked@1", "node_modules", "linked", "package.json"))
    put(join(mono, "store", "linked@1", "node_modules", "linked", "index.fmap"), "linked")
    put(join(mono, "store", "linked@1", "node_modules", "needed", "package.json"))
    put(join(mono, "store", "linked@1", "node_modules", "needed", "index.fmap"), "needed")
    symlinkSync(
      join(mono, "store", "linked@1", "node_modules", "linked"),
      join(books, "node_modules", "linked"),
    )
    symlinkSync(
      join(base, "secret.fmap"),
      join(mono, "store", "linked@1", "node_modules", "linked", "out.fmap"),
    )
  })

  const text = (path: string): unknown => {
    const file = host().readFile(path, 1000)
    return file.kind === "bytes" ? new TextDecoder().decode(file.bytes) : file
  }

  it.each([
    ["main.fmap", "own", "node_modules/own"],
    ["maps/deep/x.fmap", "@acme/above", "node_modules/@acme/above"],
    ["main.fmap", "linked", "node_modules/linked"],
    ["node_modules/linked/index.fmap", "needed", "node_modules/linked/node_modules/needed"],
    ["node_modules/own/index.fmap", "@acme/above", "node_modules/@acme/above"],
    ["main.fmap", "needed", null],
    ["main.fmap", "no-manifest", null],
  ])("from %s, %s lies in %s", (from, name, folder) =>
    expect(host().packageFolder?.(from, name)).toBe(folder),
  )

  it("are read from where they really lie", () => {
    expect(text("node_modules/own/index.fmap")).toBe("own")
    expect(text("node_modules/@acme/above/sub/index.fmap")).toBe("above")
    expect(text("node_modules/linked/index.fmap")).toBe("linked")
    expect(text("node_modules/linked/node_modules/needed/index.fmap")).toBe("needed")
  })

  it("show nothing that lies outside of them", () => {
    expect(text("node_modules/linked/out.fmap")).toEqual({ kind: "outside" })
    expect(text("node_modules/linked/../../../secret.fmap")).toMatchObject({ kind: "outside" })
    expect(text("node_modules/own/../../../../secret.fmap")).toMatchObject({ kind: "outside" })
    expect(host().exists("node_modules/linked/out.fmap")).toBe(false)
  })
})
