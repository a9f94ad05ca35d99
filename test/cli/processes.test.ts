// What only a real process shows: Ctrl-C in the middle, pipes that close, watching. The project is big enough that a signal meets
// the compiler and the writer at work.
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { appendFileSync, existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { beforeAll, describe, expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith, holds, put } from "./folder.ts"

const bin = join(import.meta.dirname, "../../cli/bin/fmap.cjs")
let scaffold: Record<string, string>
beforeAll(async () => {
  const folder = folderWith({})
  await runCommandLine(["init"], fakeTerminal(folder))
  scaffold = holds(folder)
})

function start(folder: string, ...words: string[]): ChildProcess & { said: () => string } {
  const child = spawn(process.execPath, [bin, ...words], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] })
  let said = ""
  child.stdout.on("data", data => (said += String(data)))
  child.stderr.on("data", data => (said += String(data)))
  return Object.assign(child, { said: () => said })
}
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !condition(); tries++) await wait(25)
  expect(condition()).toBe(true)
}

/** `count` independent contracts, one file each; `name` changes every emitted file. */
function many(count: number, name: string): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `contracts/c${i}.fmap`,
      `system S${i} {\n  kind erp\n}\n\ncontract ${name}${i} of S${i} version 1.0.0\n  reads\n{\n  id : text(20) key\n}\n`,
    ]),
  )
}

test("Ctrl-C at any moment of compile leaves the old output or the new one, never a mixture", {
  timeout: 120_000,
}, async () => {
  const folder = folderWith({ "fmap.json": "{}", ...many(60, "Before") })
  expect(spawnSync(process.execPath, [bin, "compile"], { cwd: folder }).status).toBe(0)
  const before = holds(join(folder, "generated"))
  put(folder, many(60, "After"))
  const other = folderWith({ "fmap.json": "{}", ...many(60, "After") })
  const started = performance.now()
  expect(spawnSync(process.execPath, [bin, "compile"], { cwd: other }).status).toBe(0)
  const whole = performance.now() - started
  const after = holds(join(other, "generated"))
  expect(Object.keys(after)).not.toEqual([])

  const outcomes = new Set<string>()
  for (let i = 0; i < 10; i++) {
    const child = start(folder, "compile")
    const ended = once(child, "exit")
    // From the middle of the run to its end, where the writing is.
    await wait(whole * (0.45 + i * 0.06))
    child.kill("SIGINT")
    const [code, signal] = await ended
    const now = holds(join(folder, "generated"))
    const isOld = JSON.stringify(now) === JSON.stringify(before)
    const isNew = JSON.stringify(now) === JSON.stringify(after)
    expect(isOld || isNew, `after ${code} ${signal}: ${child.said()}`).toBe(true)
    if (code === 0) expect(isNew).toBe(true)
    outcomes.add(isNew ? "new" : "old")
    if (isNew) {
      put(folder, many(60, "Before"))
      expect(spawnSync(process.execPath, [bin, "compile"], { cwd: folder }).status).toBe(0)
      put(folder, many(60, "After"))
    }
  }
  expect(outcomes.size).toBeGreaterThan(0)
})

describe("pipes", () => {
  const order = `{"id":"1","state":"paid","currency":"EUR","placed":"2026-03-31","lines":[{"sku":"A","quantity":"1","price":"1.00"}]}\n`
  test("a reader that closes ends the run without a complaint of Node", async () => {
    const folder = folderWith({ ...scaffold, "in.ndjson": order.repeat(20_000) })
    const ran = spawnSync(
      "bash",
      ["-c", `set -o pipefail; "${process.execPath}" "${bin}" run BillOrder in.ndjson | head -n 1`],
      { cwd: folder, encoding: "utf8" },
    )
    expect(ran.stdout.trim().split("\n")).toHaveLength(1)
    expect(ran.status).toBe(130)
    expect(ran.stderr).not.toMatch(/EPIPE|^ +at /mu)
  })
  test("Ctrl-C in a run says how far it came", async () => {
    const folder = folderWith(scaffold)
    const child = start(folder, "run", "BillOrder")
    const ended = once(child, "exit")
    child.stdin?.write(order)
    await until(() => child.said().includes("SHOP-1"))
    child.kill("SIGINT")
    const [code] = await ended
    expect(code).toBe(130)
    expect(child.said()).toContain("interrupted")
  })
  test.skipIf(!existsSync("/dev/full"))("a full disk behind standard output is told in one line", () => {
    const folder = folderWith({ ...scaffold, "in.ndjson": order.repeat(5_000) })
    for (const words of ["run BillOrder in.ndjson", "check --reporter json", "compile --report", "explain"]) {
      const ran = spawnSync("bash", ["-c", `"${process.execPath}" "${bin}" ${words} > /dev/full`], {
        cwd: folder,
        encoding: "utf8",
      })
      expect(ran.status, ran.stderr).toBe(2)
      expect(ran.stderr).toContain("Standard output cannot be written: ENOSPC")
      expect(ran.stderr).not.toMatch(/bug in fmap|^ +at /mu)
    }
  })
  test("a great output arrives whole", () => {
    const folder = folderWith({ ...scaffold, "in.ndjson": order.repeat(5_000) })
    const ran = spawnSync(process.execPath, [bin, "run", "BillOrder", "in.ndjson"], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    })
    expect(ran.status).toBe(0)
    expect(ran.stdout.trim().split("\n")).toHaveLength(5_000)
  })
})

describe("--watch does it again when a file changes", () => {
  test("but not for its own log, or what an editor leaves", async () => {
    const folder = folderWith(scaffold)
    const child = start(folder, "check", "--watch")
    const ended = once(child, "exit")
    await until(() => child.said().includes("Watching"))
    put(folder, {
      "check.log": "x",
      "check.out": "x",
      "maps/.bill-order.fmap.swp": "x",
      "maps/bill-order.fmap~": "x",
    })
    await wait(600)
    expect(child.said().split("Watching")).toHaveLength(2)
    child.kill("SIGINT")
    expect((await ended)[0]).toBe(130)
  })
  test.each([
    ["check", "No findings in 4 files.", "1 error in 4 files."],
    ["test", "3 passed, 0 failed.", "1 error in 4 files."],
    ["compile", "22 files written.", "Nothing was written."],
  ])("%s", async (verb, first, second) => {
    const folder = folderWith(scaffold)
    const child = start(folder, verb, "--watch")
    const ended = once(child, "exit")
    const count = first.replace(/^\d+ files/u, "files")
    await until(() => child.said().includes(count) && child.said().includes("Watching"))
    appendFileSync(join(folder, "maps/bill-order.fmap"), "\nmap {\n")
    await until(
      () =>
        child.said().includes(second.replace(/^1 error/u, "error")) ||
        /\d+ errors? in 4 files\./u.test(child.said()),
    )
    put(folder, {
      "maps/bill-order.fmap": readFileSync(join(folder, "maps/bill-order.fmap"), "utf8").replace(
        "\nmap {\n",
        "",
      ),
    })
    const again = () => child.said().split("Watching").length
    await until(() => again() >= 3)
    child.kill("SIGINT")
    const [code] = await ended
    expect(code).toBe(130)
  })
})
