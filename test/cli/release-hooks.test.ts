// What a team copies to check releases: the action's script and the git hook run here as they are, with an `npx` that runs these sources; the
// list of hooks of the pre-commit framework is read and each of its commands tried.
import { spawnSync } from "node:child_process"
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { parse } from "yaml"
import { runCommandLine } from "../../cli/command-line.ts"
import { root } from "../architecture/source-files.ts"
import { shop } from "../compiler/release/project.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith, put } from "./folder.ts"

const programs = folderWith({})
beforeAll(() => {
  const npx = join(programs, "npx")
  const main = join(root, "cli/main.ts")
  writeFileSync(
    npx,
    `#!/bin/sh\n[ "$1 $2 $3" = "--no -- fmap" ] || exit 99\nshift 3\nexec "${process.execPath}" --conditions=fmap-source "${main}" "$@"\n`,
  )
  chmodSync(npx, 0o755)
})

function run(
  folder: string,
  program: string,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
) {
  const env = {
    PATH: `${programs}${delimiter}${process.env["PATH"] ?? ""}`,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    NO_COLOR: "1",
    ...more,
  }
  const { status, stdout, stderr } = spawnSync(program, [...words], { cwd: folder, encoding: "utf8", env })
  return { code: status, out: stdout, comment: stderr }
}
/** A project in its one form, released: made here and not by processes of their own, which take seconds each. */
async function released(files: Readonly<Record<string, string>>) {
  const folder = folderWith(files)
  for (const words of [["format"], ["release", "cut", "--today", "2026-11-28"]])
    expect(await runCommandLine(words, fakeTerminal(folder))).toBe(0)
  return folder
}
function edit(folder: string, file: string, from: string, to: string) {
  const text = readFileSync(join(folder, file), "utf8")
  expect(text).toContain(from)
  put(folder, { [file]: text.replace(from, to) })
}

describe("action.yml", { timeout: 300_000 }, () => {
  const action = parse(readFileSync(join(root, "action.yml"), "utf8"))
  const [step, ...others] = action.runs.steps
  const act = (folder: string, project: string) => {
    const summary = join(folder, "summary.md")
    writeFileSync(summary, "")
    const ran = run(folder, "bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      FMAP_PROJECT: project,
      FMAP_TODAY: "2026-11-28",
      GITHUB_STEP_SUMMARY: summary,
    })
    return { ...ran, summary: readFileSync(summary, "utf8") }
  }
  test("is one composite step whose script holds no expression", () => {
    expect(action.runs.using).toBe("composite")
    expect(others).toEqual([])
    expect(step.run).not.toContain("${{")
    const inputs = Object.values<string>(step.env).map(text => /^\$\{\{ inputs\.(\w+) \}\}$/u.exec(text)?.[1])
    expect(inputs).toEqual(Object.keys(action.inputs))
  })
  test("passes what was released, and says so in the summary", async () => {
    const folder = await released({
      "app/fmap.json": "{}",
      "app/shop.fmap": shop,
      "fmap.json": `{"include":["app/*.fmap"]}`,
    })
    const { code, out, summary } = act(folder, ".")
    expect([code, out]).toEqual([0, ""])
    expect(summary).toContain("Nothing stands in the way.")
  })
  test("annotates what stands in the way, sums it up, and fails", async () => {
    const folder = await released({ "fmap.json": "{}", "shop.fmap": shop })
    edit(folder, "shop.fmap", `"Europe"`, `"Europa"`)
    const { code, out, summary } = act(folder, ".")
    expect(code).toBe(1)
    expect(out).toMatch(/^::error file=shop\.fmap,line=\d+/u)
    expect(summary).toContain("V004")
  })
  test("a project's name is data", async () => {
    const folder = await released({ "fmap.json": "{}", "shop.fmap": shop })
    const { code, comment } = act(folder, `"; touch broken; "`)
    expect(code).toBe(2)
    expect(comment).toContain("touch broken")
    expect(run(folder, "ls", []).out).not.toContain("broken\n")
  })
})

describe("the git hook", () => {
  const git = (folder: string, ...words: readonly string[]) =>
    run(folder, "git", ["-c", "user.name=Ana", "-c", "user.email=ana@example.com", ...words])
  test("judges what is committed, and only where that is fmap's business", async () => {
    const folder = await released({ "fmap.json": "{}", "shop.fmap": shop, "notes.txt": "one\n" })
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    expect(git(folder, "commit", "-m", "Start")).toMatchObject({ code: 0 })
    const hook = join(folder, ".git/hooks/pre-commit")
    copyFileSync(join(root, "specs/hooks/pre-commit"), hook)
    chmodSync(hook, 0o755)

    edit(folder, "shop.fmap", "/// What was bought.", "/// What a customer bought.")
    git(folder, "add", ".")
    edit(folder, "shop.fmap", `"Europe"`, `"Europa"`)
    expect(git(folder, "commit", "-m", "Document"), "what is not committed is not judged").toMatchObject({
      code: 0,
    })
    put(folder, { "notes.txt": "two\n" })
    git(folder, "add", "notes.txt")
    expect(git(folder, "commit", "-m", "Note")).toMatchObject({ code: 0 })
    const refused = git(folder, "commit", "-am", "Rename")
    expect(refused.code).toBe(1)
    expect(`${refused.out}${refused.comment}`).toContain("V004")
    expect(git(folder, "log", "--format=%s").out).toBe("Note\nDocument\nStart\n")
  }, 300_000)
})

test("the hooks of the pre-commit framework are commands of fmap that a released project passes", async () => {
  const folder = await released({ "fmap.json": "{}", "shop.fmap": shop })
  const hooks: readonly {
    id: string
    entry: string
    files: string
    language: string
    pass_filenames: boolean
  }[] = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8"))
  expect(hooks.map(({ id }) => id)).toEqual(["fmap-format", "fmap-check", "fmap-release-check"])
  for (const { entry, files, language, pass_filenames: passes } of hooks) {
    expect([language, passes]).toEqual(["system", false])
    expect(new RegExp(files, "u").test("maps/order.fmap")).toBe(true)
    expect(new RegExp(files, "u").test("notes.txt")).toBe(false)
    expect(entry).toMatch(/^npx --no -- fmap /u)
    const words = entry.split(" ").slice(4)
    expect(await runCommandLine(words, fakeTerminal(folder)), entry).toBe(0)
  }
})
