// What a team copies to check releases: the action's script and the git hook run here as they are, with an `fmap` that runs these sources; the
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
  const main = join(root, "cli/main.ts")
  putProgram(programs, `exec "${process.execPath}" --conditions=fmap-source "${main}" "$@"`)
})

function putProgram(folder: string, line: string) {
  put(folder, { fmap: `#!/bin/sh\n${line}\n` })
  chmodSync(join(folder, "fmap"), 0o755)
}

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
  const act = (folder: string, project: string, inputs: Readonly<Record<string, string>> = {}) => {
    const summary = join(folder, "summary.md")
    writeFileSync(summary, "")
    const ran = run(folder, "bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      FMAP_PROJECT: project,
      FMAP_TODAY: "2026-11-28",
      FMAP_MAPS: "standard",
      FMAP_PAYLOADS: "",
      FMAP_TOLERANCE: "0",
      FMAP_LINT: "false",
      GITHUB_STEP_SUMMARY: summary,
      ...inputs,
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
  test("holds the project to its policies where that is asked for, and tells of both", async () => {
    const folder = await released({
      "fmap.json": "{}",
      "shop.fmap": `${shop}\npolicy Finance { use bundle regulated }\n`,
    })
    edit(folder, "shop.fmap", `"Europe"`, `"Europa"`)
    const { code, out } = act(folder, ".", { FMAP_LINT: "true" })
    expect(code).toBe(1)
    expect(out).toMatch(/title=G\d{3} /u)
    expect(out).toContain("title=V004 ")
  })
  test("takes the fmap that is installed beside the project, wherever that is", async () => {
    const folder = folderWith({ "apps/ledger/fmap.json": "{}", "apps/node_modules/.bin/none": "" })
    putProgram(join(folder, "apps/node_modules/.bin"), `echo "$@"`)
    const { code, out } = act(folder, "apps/ledger")
    expect([code, out]).toEqual([
      0,
      "check --project apps/ledger --reporter github\nrelease check --project apps/ledger --today 2026-11-28 --maps standard --tolerance 0 --reporter github\n",
    ])
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
    const [rows, manifest] = ["codes.csv", "releases/maps/Book@1.0.0.json"]
    for (const file of [rows, manifest]) {
      put(folder, {
        "shop.fmap": readFileSync(join(folder, "shop.fmap"), "utf8").replace(`"Europa"`, `"Europe"`),
        [file]: "{}",
      })
      git(folder, "add", file)
      const judged = git(folder, "commit", "-m", file)
      if (file === rows) expect(judged.comment, "reference data is looked at").toContain("No findings")
      else expect(judged).toMatchObject({ code: 1 })
    }
    git(folder, "checkout", "HEAD", "--", manifest)
    edit(folder, "shop.fmap", `"Europe"`, `"Europa"`)
    const refused = git(folder, "commit", "-am", "Rename")
    expect(refused.code).toBe(1)
    expect(`${refused.out}${refused.comment}`).toContain("V004")
    expect(git(folder, "log", "--format=%s").out).toBe("codes.csv\nNote\nDocument\nStart\n")
  }, 300_000)
  test("finds the fmap of a project in a folder below, and says so where there is none", () => {
    const folder = folderWith({
      "app/fmap.json": "{}",
      "app/a.fmap": "",
      "app/node_modules/.bin/none": "",
      ".gitignore": "node_modules\n",
    })
    git(folder, "init", "--quiet")
    git(folder, "config", "fmap.project", "app")
    git(folder, "add", ".")
    const hook = join(folder, ".git/hooks/pre-commit")
    copyFileSync(join(root, "specs/hooks/pre-commit"), hook)
    chmodSync(hook, 0o755)
    // Only what is there anyway, and not the fmap of these tests.
    const path = {
      PATH:
        process.env["PATH"]
          ?.split(delimiter)
          .filter(one => !one.includes("node_modules"))
          .join(delimiter) ?? "",
    }
    const commit = () =>
      run(
        folder,
        "git",
        ["-c", "user.name=Ana", "-c", "user.email=ana@example.com", "commit", "-m", "One"],
        path,
      )
    expect(commit()).toMatchObject({ code: 1, comment: expect.stringContaining("finds no fmap") })
    putProgram(
      join(folder, "app/node_modules/.bin"),
      `ls -d "$PWD/app/node_modules" > /dev/null && echo "$@" >> "${join(folder, "told")}"`,
    )
    expect(commit()).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder, "told"), "utf8")).toBe(
      "format --check --project app\ncheck --project app\nrelease check --project app\n",
    )
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
