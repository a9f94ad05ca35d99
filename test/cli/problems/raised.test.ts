// Every problem of operation is brought about, ends with exit code 2, and is told with its code and in the words its page shows; nothing that ends so goes out without a code.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { eventCodes, type ProblemCode, problemPages, problems } from "../../../runtime/problems/catalogue.ts"
import type { ProblemEntry } from "../../../runtime/problems/entry.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"
import { scenes } from "./scenes.ts"

const pages = join(import.meta.dirname, "../../../specs/diagnostics")
const codes = Object.keys(problems) as ProblemCode[]

describe.each(codes)("%s", code => {
  const { title, cause, help, example }: ProblemEntry = problems[code]
  test("is told with its code, in the words of its page", async () => {
    const told = await scenes[code]()
    const lines = told.comment.split("\n").filter(line => line.startsWith("error["))
    expect(told.code, told.comment).toBe(2)
    expect(
      lines.map(line => line.slice(0, line.indexOf(":"))),
      told.comment,
    ).toContain(`error[${code}]`)
    expect(
      lines.filter(line => fits(line, `error[${code}]: ${example.says}`)),
      told.comment,
    ).not.toEqual([])
  }, 60_000)
  test("has words for who looks it up", () => {
    expect(title.split(" ").length).toBeGreaterThan(1)
    for (const text of [cause, help]) expect(text).toMatch(/^\S.{15,}\.$/su)
    // An example that fits anything says nothing.
    expect(example.says.replaceAll("…", "").trim().length).toBeGreaterThan(5)
  })
})

/** `…` stands for whatever is there. */
function fits(line: string, pattern: string): boolean {
  const parts = pattern.split("…").map(part => part.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"))
  return new RegExp(`^${parts.join(".*")}$`, "u").test(line)
}

test("pages of FM8xxx are those of the catalogue", () => {
  const there = readdirSync(pages).filter(name => name.startsWith("FM8"))
  expect(there.toSorted()).toEqual([...problemPages().keys()].map(code => `${code}.md`).toSorted())
})

test.each(Object.entries(eventCodes))(
  "fmap explain finds %s by the name events carry",
  async (code, { title }) => {
    const terminal = fakeTerminal(".")
    expect(await runCommandLine(["explain", title], terminal)).toBe(0)
    expect(terminal.written.out).toContain(`${code} ${title}`)
  },
)

test("every code the engine stops an event with has a page", () => {
  const documented = new Set<string>(Object.values(eventCodes).map(({ title }) => title))
  const rows = readFileSync(join(pages, "../runtime.md"), "utf8")
    .split("\n")
    .filter(line => /^\| (?:`[A-Z_]+`(?:, )?)+ \|/u.test(line) && !line.includes("none"))
  const named = rows.flatMap(line =>
    [...(line.split("|")[1] ?? "").matchAll(/`([A-Z_]+)`/gu)].map(([, one]) => one ?? ""),
  )
  expect(named.length).toBeGreaterThan(8)
  expect(named.filter(one => !documented.has(one))).toEqual([])
})

test("who asked for JSON gets the problems as JSON, and the sentences beside it", async () => {
  const terminal = fakeTerminal(
    folderWith({ "fmap.json": "{}", "main.fmap": "record Part { name: text(20) }\n" }),
  )
  expect(await runCommandLine(["lineage", "Nothing", "--format", "json"], terminal)).toBe(2)
  const { problems: told, ...rest } = JSON.parse(terminal.written.out)
  expect(rest).toEqual({ format: "fmap.problems", formatVersion: 1 })
  expect(told).toEqual([{ code: "FM8108", message: "The project has no map." }])
  expect(terminal.written.comment).toContain(`error[FM8108]: ${told[0].message}`)
})

test("who asked for text gets nothing on standard output", async () => {
  const terminal = fakeTerminal(folderWith({}))
  expect(await runCommandLine(["check"], terminal)).toBe(2)
  expect(terminal.written.out).toBe("")
})
