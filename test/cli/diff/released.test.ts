// `fmap diff --transitive` of a project without versions: what stands, against every release that is supported.
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { shop } from "../../compiler/release/project.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith, put } from "../folder.ts"

async function fmap(cwd: string, ...words: readonly string[]) {
  const terminal = fakeTerminal(cwd, {})
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}
const day = ["--today", "2026-11-28"] as const
const withNote = (version: string) =>
  shop
    .replace("of Shop version 1.0.0", `of Shop version ${version}`)
    .replace("  lines    :", "  note?    : text(80)\n  lines    :")
    .replace("ignore order.lines", 'ignore order.note because "-"\n  ignore order.lines')

async function twoReleases() {
  const folder = folderWith({ "fmap.json": "{}", "a.fmap": shop })
  await fmap(folder, "release", "cut", ...day)
  put(folder, { "a.fmap": withNote("1.1.0").replace("map Book version 1.0.0", "map Book version 1.1.0") })
  expect(await fmap(folder, "release", "cut", ...day)).toMatchObject({ code: 0 })
  return folder
}

test("each supported release is compared, and each finding says since which", async () => {
  const folder = await twoReleases()
  put(folder, {
    "a.fmap": withNote("1.2.0")
      .replace("map Book version 1.0.0", "map Book version 1.1.0")
      .replace("note?    : text(80)", "note?    : text(40)"),
  })
  const { code, out, comment } = await fmap(folder, "diff", "--transitive", ...day)
  expect(code).toBe(1)
  expect(out).toContain("[S013] Order since 1.1.0 note")
  expect(out).toContain("[S001] Order since 1.0.0 note")
  expect(out).not.toContain("[S013] Order since 1.0.0 note")
  expect(out).toMatch(/contract {2}Order {2}1\.0\.0 → 1\.2\.0 {2}minor, as it should be/u)
  expect(out).toMatch(/contract {2}Order {2}1\.1\.0 → 1\.2\.0 {2}too low: 2\.0\.0 is deserved/u)
  expect(comment).toContain("6 releases compared")
  await fmap(folder, "release", "retire", "Order@1.1.0", ...day)
  expect((await fmap(folder, "diff", "--transitive", ...day)).code).toBe(0)
})

test("what did not change since is silent", async () => {
  const folder = folderWith({ "fmap.json": "{}", "a.fmap": shop })
  await fmap(folder, "release", "cut", ...day)
  expect(await fmap(folder, "diff", "--transitive")).toMatchObject({ code: 0, out: "" })
})

test("without releases, and without versions, there is nothing to compare", async () => {
  const folder = folderWith({ "fmap.json": "{}", "a.fmap": shop })
  expect(await fmap(folder, "diff", "--transitive")).toMatchObject({
    code: 2,
    comment: "error[FM8303]: Nothing was released: releases/fmap.lock.json holds no release.\n",
  })
  expect((await fmap(folder, "diff")).comment).toContain("Name the old release")
})

test("a map is held against every release of its line, too", async () => {
  const folder = await twoReleases()
  put(folder, {
    "a.fmap": withNote("1.1.0")
      .replace("map Book version 1.0.0", "map Book version 1.1.1")
      .replace("total  = order.total", "total  = order.total * 1"),
  })
  expect((await fmap(folder, "release", "check", ...day)).code).toBe(0)
})
