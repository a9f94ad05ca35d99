// `fmap docs` over whole projects: what it writes where, what it tells, and the exit code.
import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith, holds, put } from "../folder.ts"

async function fmap(cwd: string, ...words: string[]) {
  const terminal = fakeTerminal(cwd)
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}

let scaffold: Record<string, string>
beforeAll(async () => {
  const folder = folderWith({})
  await fmap(folder, "init")
  scaffold = holds(folder)
})

describe("a project", () => {
  test("is written to the folder site, and is up to date then", async () => {
    const folder = folderWith(scaffold)
    const first = await fmap(folder, "docs")
    expect(first.code).toBe(0)
    expect(first.out).toBe("")
    expect(first.comment).toMatch(/^site: \d+ files written\.\n$/u)
    const site = Object.keys(holds(join(folder, "site")))
    expect(site).toEqual(
      expect.arrayContaining([
        "index.html",
        "lineage.html",
        "tests.html",
        "maps/BillOrder.html",
        "maps/BillOrder.md",
        "maps/BillOrder.csv",
        "contracts/Invoice.schema.json",
        "fmap.files.json",
      ]),
    )
    expect(await fmap(folder, "docs")).toMatchObject({ code: 0, comment: "site: up to date.\n" })
    expect(await fmap(folder, "docs", "--check")).toMatchObject({ code: 0, comment: "site is up to date.\n" })
  })
  test("that changed is told by --check, and nothing is written", async () => {
    const folder = folderWith(scaffold)
    await fmap(folder, "docs", "--out", "pages")
    const before = holds(join(folder, "pages"))
    const map = scaffold["maps/bill-order.fmap"] ?? ""
    put(folder, { "maps/bill-order.fmap": map.replace("map BillOrder", "/// More.\nmap BillOrder") })
    const { code, comment } = await fmap(folder, "docs", "--out", "pages", "--check")
    expect(code).toBe(1)
    expect(comment).toContain("pages/maps/BillOrder.html differs from what would be written")
    expect(comment).toContain('Run "fmap docs" and commit the result.')
    expect(holds(join(folder, "pages"))).toEqual(before)
  })
  test("loses the page of a map that is gone, and keeps what a person wrote", async () => {
    const folder = folderWith(scaffold)
    await fmap(folder, "docs")
    writeFileSync(join(folder, "site", "notes.html"), "mine")
    const renamed = (text = "") => text.replaceAll("BillOrder", "InvoiceOrder")
    put(folder, {
      "maps/bill-order.fmap": renamed(scaffold["maps/bill-order.fmap"]),
      "tests/bill-order.fmap": renamed(scaffold["tests/bill-order.fmap"]),
    })
    expect((await fmap(folder, "docs")).code).toBe(0)
    expect(existsSync(join(folder, "site/maps/BillOrder.html"))).toBe(false)
    expect(existsSync(join(folder, "site/maps/InvoiceOrder.html"))).toBe(true)
    expect(holds(join(folder, "site"))["notes.html"]).toBe("mine")
  })
  test("does not overwrite a file of another hand", async () => {
    const folder = folderWith({ ...scaffold, "site/index.html": "mine" })
    const { code, comment } = await fmap(folder, "docs")
    expect(code).toBe(2)
    expect(comment).toContain("site/index.html stands in the way: fmap did not write it.")
    expect(holds(join(folder, "site"))).toEqual({ "index.html": "mine" })
    expect((await fmap(folder, "docs", "--force")).code).toBe(0)
  })
  test("with errors gets no pages", async () => {
    const map = scaffold["maps/bill-order.fmap"] ?? ""
    const folder = folderWith({ ...scaffold, "maps/bill-order.fmap": map.replace("order.placed", "order.x") })
    const { code, comment } = await fmap(folder, "docs")
    expect([code, comment.endsWith("Nothing was written.\n")]).toEqual([1, true])
    expect(existsSync(join(folder, "site"))).toBe(false)
  })
})

const mapping = `
crosswalk Codes(code: text(9)) -> text(9) version 1.0.0
  from csv "codes.csv" (code: "code", value: "value")

contract In version 1.0.0 { id : text(9), code : text(9) }
contract Out version 1.0.0 { id : text(9), code : text(9) }
map M version 1.0.0
  from i: In
  to   o: Out
{
  id   = i.id
  code = Codes(i.code) else hold NO_CODE
}
test "the wrong way round" of M {
  given i = { id = "a", code = "b" }
  assume Codes("b") == "c"
  expect code == "d"
}
`
test("a test that fails stands on the pages", async () => {
  const folder = folderWith({ "main.fmap": mapping, "fmap.json": "{}", "codes.csv": "code,value\nb,c\n" })
  const { code, comment } = await fmap(folder, "docs")
  expect([code, comment.split("\n")[0]]).toEqual([0, "1 of 1 tests failed; the pages say so."])
  const pages = holds(join(folder, "site"))
  expect(pages["tests.html"]).toContain("0 of 1 passed")
  expect(pages["tests.html"]).toContain("expected &quot;d&quot;, was &quot;c&quot;")
  expect(pages["maps/M.md"]).toContain("- failed: the wrong way round")
})
