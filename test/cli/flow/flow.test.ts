// `fmap flow` on systems that are folders, from its first event to a decision: each story is a list of words and files, and stands in golden/ with what was told. FMAP_ACCEPT=1
// writes it: read it then.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith, put } from "../folder.ts"
import { stories } from "./stories.ts"

test.each(stories.map(story => [story.name, story] as const))("%s", async (name, { files, steps }) => {
  const folder = folderWith(files)
  const lines: string[] = []
  for (const step of steps) {
    if (typeof step !== "string") {
      put(folder, step)
      lines.push(...Object.entries(step).map(([path, text]) => `${path}:\n${indented(shortly(text))}`), "")
      continue
    }
    const terminal = fakeTerminal(folder, { environment: { FMAP_ACTOR: "mara" } })
    const code = await runCommandLine(wordsOf(step), terminal)
    const { out, comment } = terminal.written
    lines.push(
      `$ fmap ${step}`,
      indented(out),
      ...(comment === "" ? [] : [`(${comment.trimEnd()})`]),
      `→ ${code}`,
      "",
    )
  }
  const told = steady(lines.join("\n"), folder)
  const golden = join(import.meta.dirname, "golden", `${name.replaceAll(/[^a-z]+/gu, "-")}.txt`)
  if (process.env["FMAP_ACCEPT"] === "1") writeFileSync(golden, told)
  expect(existsSync(golden), "FMAP_ACCEPT=1 writes it: read it then").toBe(true)
  expect(told).toBe(readFileSync(golden, "utf8"))
})

function wordsOf(step: string): string[] {
  return [...step.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? "")
}

function shortly(text: string): string {
  const lines = text.split("\n").length
  return lines > 20 ? `(${lines} lines, as the story says)` : text
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^(?=.)/gmu, "  ")
}

/** Events of two lanes end in any order. */
const inAnyOrder = /(?<=; )[0-9a-f]{8}(?: [0-9a-f]{8})+/gu

/** Times, ages and folders are those of the run. */
function steady(text: string, folder: string): string {
  return text
    .replaceAll(folder, "<folder>")
    .replaceAll(inAnyOrder, ids => ids.split(" ").toSorted().join(" "))
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/gu, "<time>")
    .replaceAll(
      /(?<=oldest |oldest open: |open, |acknowledged, |open {2}|acknowledged {2})\d+ s\b/gu,
      "<age>",
    )
}

test("a service runs until it is interrupted, and tells what stops meanwhile", async () => {
  const [, , story] = stories
  const folder = folderWith(story?.files ?? {})
  const terminal = fakeTerminal(folder)
  const ended = runCommandLine(["flow", "start"], terminal)
  for (let looks = 0; looks < 200 && !terminal.written.comment.includes("NO_ACCOUNT"); looks++)
    await new Promise(wake => setTimeout(wake, 50))
  // Beside it somebody looks, and decides.
  const beside = fakeTerminal(folder)
  const words = ["flow", "exceptions", "skip", "1", "--reason", "not now"]
  expect(await runCommandLine(words, beside), beside.written.comment).toBe(0)
  terminal.interrupt()
  expect(await ended).toBe(130)
  expect(terminal.written.out).toBe("")
  expect(terminal.written.comment).toContain("#1 QuoteToOrder 006B")
  expect(terminal.written.comment).toContain("goes on at the next start")
})
