// The command line itself: help, usage errors, versions, bugs. Verbs have their own tests.
import { execFileSync, spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { bugReport } from "../../cli/terminal/bug-report.ts"
import { painter, wantsColor } from "../../cli/terminal/color.ts"
import { safeLine, safeText } from "../../cli/terminal/safe-text.ts"
import { version } from "../../cli/version.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith } from "./folder.ts"

const root = join(import.meta.dirname, "../..")
const bin = join(root, "cli/bin/fmap.cjs")

async function fmap(...words: string[]) {
  const terminal = fakeTerminal(folderWith({}))
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}

describe("usage", () => {
  test("--version is the package's", async () => {
    const { version: published } = JSON.parse(readFileSync(join(root, "cli/package.json"), "utf8"))
    expect(version).toBe(published)
    expect(await fmap("--version")).toEqual({ code: 0, out: `${version}\n`, comment: "" })
  })
  test("--help is a product, and lists every verb", async () => {
    const { code, out } = await fmap("--help")
    expect(code).toBe(0)
    for (const verb of ["init", "check", "compile", "run", "test", "lineage", "format", "explain"])
      expect(out).toMatch(new RegExp(`^  ${verb} `, "m"))
  })
  test.each(["init", "check", "compile", "run", "test", "lineage", "format", "explain"])(
    "%s --help",
    async verb => {
      expect((await fmap(verb, "--help")).out).toContain(`Usage: fmap ${verb}`)
    },
  )
  test.each([
    ["no verb", [], "Usage: fmap"],
    ["an unknown verb", ["chekc"], "Did you mean check?"],
    ["an unknown option", ["check", "--reprter", "json"], "Did you mean --reporter?"],
    ["an unknown reporter", ["check", "--reporter", "xml"], "Allowed choices are text, json"],
    ["a number that is none", ["check", "--max-warnings", "many"], "many"],
    ["a missing argument", ["run"], "missing required argument 'map'"],
    ["too many arguments", ["explain", "FM7001", "FM7002", "FM7003"], "too many arguments"],
  ])("%s: exit 2, nothing on standard output", async (_name, words, told) => {
    const { code, out, comment } = await fmap(...words)
    expect(code).toBe(2)
    expect(out).toBe("")
    expect(comment).toContain(told)
  })
})

describe("a bug of ours", () => {
  test("is told in words, without a stack", () => {
    const told = bugReport(new Error("boom"), ["check", "x.fmap"], {})
    expect(told).toContain("This is a bug in fmap, not in your files: boom\n")
    expect(told).toContain(`fmap ${version}, Node ${process.versions.node}`)
    expect(told).not.toContain("at ")
  })
  test("with the stack for those who asked", () =>
    expect(bugReport(new Error("boom"), [], { FMAP_DEBUG: "1" })).toMatch(/^ {4}at /m))
  test("gives 70", async () => {
    const terminal = fakeTerminal(folderWith({}))
    const broken = { ...terminal, out: () => Promise.reject(new Error("boom")) }
    expect(await runCommandLine(["explain"], broken)).toBe(70)
    expect(terminal.written.comment).toContain("boom")
  })
})

describe("colour", () => {
  const colored = (isTerminal: boolean, environment: Record<string, string>) =>
    wantsColor(fakeTerminal("/", { isTerminal, environment }), "out")
  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    [false, { FORCE_COLOR: "0" }, false],
  ])("terminal %j with %j: %j", (isTerminal, environment, wanted) =>
    expect(colored(isTerminal, environment as Record<string, string>)).toBe(wanted),
  )
  test("paints or not", () => {
    expect(painter(false)("red", "x")).toBe("x")
    expect(painter(true)("red", "x")).toBe("\u001B[31mx\u001B[39m")
  })
})

test("text of others cannot act on a terminal", () => {
  expect(safeText("a\u001B[2Jb\u202Ec\td\ne\r")).toBe("a\\u{1b}[2Jb\\u{202e}c\td\ne\\u{d}")
  expect(safeLine("a\nb\tc")).toBe("a\\nb c")
})

describe("the program", () => {
  test("starts", () =>
    expect(execFileSync(process.execPath, [bin, "--version"], { encoding: "utf8" })).toBe(`${version}\n`))
  test.each([["20.11.0"], ["22.13.9"], ["8.0.0"]])("on Node %s says which one it wants", old => {
    const folder = folderWith({
      "old.cjs": `Object.defineProperty(process.versions, "node", { value: "${old}" })`,
    })
    const ran = spawnSync(process.execPath, ["--require", join(folder, "old.cjs"), bin, "check"], {
      encoding: "utf8",
    })
    expect(ran.status).toBe(2)
    expect(ran.stderr).toContain(`fmap needs Node 22.14 or newer; this is Node ${old}.`)
    expect(ran.stderr).not.toContain("    at ")
  })
  test("its first file parses on an old Node", () => {
    const text = readFileSync(bin, "utf8")
    // Nothing newer than dynamic import (Node 12): no ?. ?? ||= #private, no static import, no top-level await.
    expect(text.replace(/^\s*\/\/.*$/gmu, "")).not.toMatch(/\?\.|\?\?|\|\|=|^import |^\s*await |=>|`/mu)
  })
})
