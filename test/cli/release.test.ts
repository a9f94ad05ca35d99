// `fmap release` as a user types it, in folders of its own: what is written, what is told, and with which exit code.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { shop } from "../compiler/release/project.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith, holds, put } from "./folder.ts"
import { sarifProblems } from "./sarif-problems.ts"

async function fmap(folder: string, ...words: readonly string[]) {
  const terminal = fakeTerminal(folder)
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}
const cut = (folder: string, ...words: readonly string[]) =>
  fmap(folder, "release", "cut", "--today", "2026-11-28", ...words)
const check = (folder: string, ...words: readonly string[]) =>
  fmap(folder, "release", "check", "--today", "2026-11-28", ...words)
const read = (folder: string, file: string) => readFileSync(join(folder, file), "utf8")
/** One character of a constant: what a careless edit looks like. */
const edited = shop.replace(`"Europe"`, `"Europa"`)

async function releasedShop() {
  const folder = folderWith({ "fmap.json": "{}", "maps/shop.fmap": shop })
  expect(await cut(folder)).toMatchObject({ code: 0 })
  return folder
}

describe("cut", () => {
  test("writes the lock, a manifest each and the changelog, once", async () => {
    const folder = await releasedShop()
    const files = holds(folder)
    expect(Object.keys(files)).toEqual([
      "CHANGELOG.md",
      "fmap.json",
      "maps/shop.fmap",
      "releases/contracts/Booking@1.0.0.json",
      "releases/contracts/Shop/Order@1.0.0.json",
      "releases/crosswalks/RegionName@1.0.0.json",
      "releases/fmap.lock.json",
      "releases/maps/Book@1.0.0.json",
    ])
    expect(await cut(folder)).toMatchObject({
      code: 0,
      comment: "No findings.\nEverything was released already.\n",
    })
    expect(holds(folder)).toEqual(files)
  })
  test("gives the same bytes for the same project", async () =>
    expect(holds(await releasedShop())).toEqual(holds(await releasedShop())))
  test("--dry-run writes nothing", async () => {
    const folder = folderWith({ "fmap.json": "{}", "a.fmap": shop })
    const { code, comment } = await cut(folder, "--dry-run")
    expect(code).toBe(0)
    expect(comment).toContain("contract Order of Shop 1.0.0\n")
    expect(Object.keys(holds(folder))).toEqual(["a.fmap", "fmap.json"])
  })
  test("refuses what stands in the way, and writes nothing", async () => {
    const folder = await releasedShop()
    put(folder, { "maps/shop.fmap": edited })
    const before = holds(folder)
    const { code, out, comment } = await cut(folder)
    expect(code).toBe(1)
    expect(out).toContain("error[V004] RegionName: Released, then changed in place\n")
    expect(comment).toMatch(/Nothing was released\.\n$/u)
    expect(holds(folder)).toEqual(before)
  })
  test("--bump raises the number in the source, and nothing else of it", async () => {
    const folder = await releasedShop()
    put(folder, { "maps/shop.fmap": edited })
    expect(await cut(folder, "--bump")).toMatchObject({ code: 0 })
    const text = read(folder, "maps/shop.fmap")
    const raised = /-> text\(30\) version (\d+\.\d+\.\d+)/u.exec(text)?.[1] ?? ""
    expect(raised).not.toBe("1.0.0")
    expect(text).toBe(edited.replace("-> text(30) version 1.0.0", `-> text(30) version ${raised}`))
    expect(read(folder, "CHANGELOG.md")).toContain(`### crosswalk RegionName ${raised}, was 1.0.0\n`)
    expect(read(folder, "releases/fmap.lock.json")).toContain(`"version":"${raised}"`)
    expect(await check(folder)).toMatchObject({ code: 0, out: "", comment: "No findings.\n" })
  })
  test("a project with errors is not released", async () => {
    const folder = folderWith({ "fmap.json": "{}", "a.fmap": shop.replace("region = name", "region = nam") })
    const { code, comment } = await cut(folder)
    expect(code).toBe(1)
    expect(comment).toMatch(/A project with errors cannot be released\.\n$/u)
    expect(Object.keys(holds(folder))).toEqual(["a.fmap", "fmap.json"])
  })
  test("the folder of releases is the configuration's", async () => {
    const folder = folderWith({ "fmap.json": `{ "releases": "kept/here" }`, "a.fmap": shop })
    await cut(folder)
    expect(Object.keys(holds(folder))).toContain("kept/here/fmap.lock.json")
  })
})

describe("check", () => {
  test("every reporter tells of the change, with its place from where the reader stands", async () => {
    const folder = await releasedShop()
    put(folder, { "maps/shop.fmap": edited })
    const line = edited.split("\n").findIndex(text => text.startsWith("crosswalk")) + 1
    const expected = {
      text: `(maps/shop.fmap:${line}:11)`,
      json: `"newAt": "maps/shop.fmap:${line}:11"`,
      github: `::error file=maps/shop.fmap,line=${line},endLine=${line},col=11`,
      gitlab: `"path": "maps/shop.fmap"`,
      sarif: `"uri": "maps/shop.fmap"`,
      junit: `file="maps/shop.fmap" line="${line}"`,
      markdown: "**error V004 Released, then changed in place**",
    }
    for (const [name, part] of Object.entries(expected)) {
      const { code, out } = await check(folder, "--reporter", name)
      expect([name, code]).toEqual([name, 1])
      expect(out, name).toContain(part)
    }
    expect((await fmap(join(folder, "maps"), "release", "check", "-r", "github")).out).toContain(
      "::error file=shop.fmap,",
    )
  })
  test("every reporter says by which rule and why", async () => {
    const folder = await releasedShop()
    put(folder, { "maps/shop.fmap": edited })
    const message = `EMEA in RegionName: "Europa" instead of "Europe".`
    const expected = {
      text: ["error[M015] RegionName EMEA", message, "was      "],
      json: [`"rule": "M015"`, `"required": "major"`, JSON.stringify(message)],
      github: ["M015", message],
      gitlab: ["M015", JSON.stringify(message).slice(1, -1)],
      sarif: [`"ruleId": "M015"`, JSON.stringify(message).slice(1, -1)],
      junit: ["M015 Code means something else", "&quot;Europa&quot;"],
      markdown: ["**error M015 Code means something else**", message],
    }
    for (const [name, parts] of Object.entries(expected)) {
      const { out } = await check(folder, "--reporter", name)
      for (const part of parts) expect(out, name).toContain(part)
      if (name === "sarif") expect(sarifProblems(out)).toEqual([])
    }
  })
  test("a folder of records is run, and one that is not there is told", async () => {
    const folder = await releasedShop()
    const order = { id: "1", currency: "EUR", region: "EMEA", lines: [], total: "10.00" }
    put(folder, {
      "maps/shop.fmap": shop.replace("total  = order.total", "total  = order.total * 2"),
      "seen/Book.json": JSON.stringify(order),
    })
    const { code, out } = await check(folder, "--payloads", "seen")
    expect(code).toBe(1)
    expect(out).toContain("1 of 1 records differ; at most 10 each; in all EUR 10")
    expect(out).toContain(`The sum of "/total" over 1 records drifts by 10 EUR.`)
    expect((await check(folder, "--payloads", "seen", "--tolerance", "10.00")).out).not.toContain("M033")
    expect(await check(folder, "--payloads", "nowhere")).toMatchObject({
      code: 2,
      comment: `error[FM8306]: --payloads: there is no folder "nowhere".\n`,
    })
  })
  test("writes nothing", async () => {
    const folder = await releasedShop()
    put(folder, { "maps/shop.fmap": edited })
    const before = holds(folder)
    await check(folder)
    expect(holds(folder)).toEqual(before)
  })
  test("approvals are read, told where they stand, and used", async () => {
    const folder = await releasedShop()
    put(folder, { "maps/shop.fmap": edited })
    const approvals: object[] = []
    const book = (approvers: readonly string[]) =>
      JSON.stringify({ format: "fmap.approvals", formatVersion: 1, approvers, approvals }, null, 2)
    // The change first, then that it stands under the version that was released: that one counts what is left of the first.
    for (const rule of ["M015", "V004"]) {
      const { findings } = JSON.parse((await check(folder, "-r", "json")).out)
      const { fingerprint, subject } = findings.find((one: { rule: string }) => one.rule === rule)
      const because = { reason: "only a name", approvedBy: ["Ana", "Ben"], expires: "2026-12-31" }
      approvals.push({ fingerprint, rule, subject, ...because })
      put(folder, { "releases/approvals.json": book(["Ana", "Ben"]) })
    }
    expect(await check(folder)).toMatchObject({ code: 0 })
    put(folder, { "releases/approvals.json": book(["Ana"]) })
    const refused = await check(folder)
    expect(refused.code).toBe(1)
    expect(refused.out).toContain("Ben is not among the approvers.")
    expect(refused.out).toContain("(releases/approvals.json:9:1)")
  })
  test.each([
    [
      "the lock is no JSON",
      { "releases/fmap.lock.json": "{\n" },
      "releases/fmap.lock.json, line 2: Expected a key in double quotes. Restore the file from version control.\n",
    ],
    [
      "two branches wrote the lock",
      { "releases/fmap.lock.json": "{\n<<<<<<< HEAD\n=======\n>>>>>>> other\n}\n" },
      "releases/fmap.lock.json, line 2: two branches wrote it, and git left both. Keep the lines of both sides, and take the marks out.\n",
    ],
    [
      "the lock is of a later fmap",
      { "releases/fmap.lock.json": `{"format":"fmap.lock","formatVersion":2}` },
      "releases/fmap.lock.json was written by a newer fmap (formatVersion 2); update this one.\n",
    ],
    [
      "the lock says what it may not",
      {
        "releases/fmap.lock.json": `{"format":"fmap.lock","formatVersion":1,"project":null,"releases":[{"kind":"thing"}]}`,
      },
      "releases/fmap.lock.json is no lock of releases: at /releases/0/kind: ",
    ],
    ["approvals are no JSON", { "releases/approvals.json": "[" }, "releases/approvals.json, line 1: "],
    [
      "an approval lacks its reason",
      {
        "releases/approvals.json": `{"format":"fmap.approvals","formatVersion":1,"approvers":[],"approvals":[{"fingerprint":"0123456789abcdef","rule":"S005","subject":"Order","reason":" ","approvedBy":[],"expires":"2026-12-31"}]}`,
      },
      "releases/approvals.json is no file of approvals: at /approvals/0/reason: ",
    ],
  ])("%s: it cannot start", async (_words, files, problem) => {
    const folder = folderWith({ "fmap.json": "{}", "a.fmap": shop, ...files })
    const { code, out, comment } = await check(folder)
    expect([code, out]).toEqual([2, ""])
    expect(comment).toContain(problem)
  })
  test("a break of a contract is proved by a payload", async () => {
    const folder = await releasedShop()
    put(folder, { "maps/shop.fmap": shop.replace("region   : text(4)", "region   : text(3)") })
    const { out } = await check(folder)
    expect(out).toMatch(
      /^error\[S013\] Order region: .*\n(?: {2}.*\n)* {2}proof {4}was valid and is no more: /mu,
    )
  })
  test("a manifest of something that did not change is looked at, and so are those that the lock does not know", async () => {
    const folder = await releasedShop()
    const manifest = "releases/maps/Book@1.0.0.json"
    const text = read(folder, manifest)
    put(folder, { [manifest]: text.replaceAll("\n", "\r\n") })
    expect(await check(folder)).toMatchObject({ code: 0 })
    put(folder, { [manifest]: text.replace("EMEA", "EMAE").replace("order.total", "order.tax") })
    const broken = await check(folder)
    expect(broken).toMatchObject({ code: 1 })
    expect(broken.out).toContain("error[V004] Book: Released, then changed in place\n")
    expect(broken.out).toContain("maps/Book@1.0.0.json does not hold what was released.")
    put(folder, { [manifest]: text })
    const lock = read(folder, "releases/fmap.lock.json")
    put(folder, {
      "releases/fmap.lock.json": lock.replace(/^ *\{"kind":"map".*\n/mu, "").replace(/,(\n *\])/u, "$1"),
    })
    const before = holds(folder)
    const stray = await cut(folder)
    expect(stray).toMatchObject({ code: 1 })
    expect(stray.out).toContain(
      "maps/Book@1.0.0.json says that something was released, and the lock knows of no such release.",
    )
    expect(holds(folder)).toEqual(before)
  })
  test("a day that is none", async () => {
    const folder = folderWith({ "fmap.json": "{}", "a.fmap": shop })
    expect(await fmap(folder, "release", "check", "--today", "2026-02-30")).toMatchObject({
      code: 2,
      comment: `error[FM8003]: --today wants a day such as 2026-03-31, not "2026-02-30".\n`,
    })
  })
})

describe("approve", () => {
  const changed = shop.replace("total  = order.total", "total  = -order.total")
  const by = (folder: string, id: string, name: string, ...words: readonly string[]) =>
    fmap(folder, "release", "approve", id, "--by", name, "--today", "2026-11-28", ...words)
  const because = ["--reason", "FIN-212", "--until", "2026-12-31"] as const
  const book = (approvers: readonly string[]) =>
    JSON.stringify({ format: "fmap.approvals", formatVersion: 1, approvers, approvals: [] })
  async function changedShop() {
    const folder = await releasedShop()
    put(folder, {
      "maps/shop.fmap": changed.replace("map Book version 1.0.0", "map Book version 2.0.0"),
      "releases/approvals.json": book(["Ana", "Ben"]),
    })
    const { findings } = JSON.parse((await check(folder, "-r", "json")).out)
    const open = findings.filter((one: { standing: string }) => one.standing === "open")
    expect(open.map((one: { rule: string }) => one.rule)).toEqual(["M008"])
    return { folder, id: String(open[0].fingerprint) }
  }

  test("two people agree to a change of a locked rule, and it may be released", async () => {
    const { folder, id } = await changedShop()
    expect(await by(folder, id, "Ana", ...because)).toEqual({
      code: 0,
      out: "",
      comment:
        "Ana agrees to M008 of Book until 2026-12-31. M008 is locked: 1 more must agree.\n1 file written.\n",
    })
    expect(await check(folder)).toMatchObject({ code: 1 })
    expect(
      await by(folder, id, "Ben", "--reason", "the ledger asks for it", "--until", "2027-03-31"),
    ).toMatchObject({ code: 0, comment: "Ben agrees to M008 of Book until 2027-03-31.\n1 file written.\n" })
    expect(JSON.parse(read(folder, "releases/approvals.json")).approvals).toEqual([
      {
        fingerprint: id,
        rule: "M008",
        subject: "Book",
        reason: "FIN-212; the ledger asks for it",
        approvedBy: ["Ana", "Ben"],
        expires: "2026-12-31",
      },
    ])
    expect(await check(folder)).toMatchObject({ code: 0 })
    expect(await cut(folder)).toMatchObject({ code: 0 })
    expect(JSON.parse(read(folder, "releases/approvals.json")).approvals).toEqual([])
    expect(read(folder, "releases/fmap.lock.json")).toContain('"approvedBy":["Ana","Ben"]')
  })
  test("an approval is of one change: another change of the same field is not approved", async () => {
    const { folder, id } = await changedShop()
    for (const name of ["Ana", "Ben"]) await by(folder, id, name, ...because)
    put(folder, {
      "maps/shop.fmap": changed
        .replace("map Book version 1.0.0", "map Book version 2.0.0")
        .replace("-order.total", "-(order.total * 2)"),
    })
    const { code, out } = await check(folder)
    expect(code).toBe(1)
    expect(out).toContain("V006")
  })
  test.each([
    ["a change that is not there", "0123456789abcdef", "Ana", because, `No change has the fingerprint`],
    ["a stranger", "", "Eve", because, "Eve is not among the approvers. releases/approvals.json lists who"],
    ["a day that is over", "", "Ana", ["--reason", "-", "--until", "2026-11-27"], "2026-11-27 is over"],
    ["no reason", "", "Ana", ["--reason", " ", "--until", "2026-12-31"], "--by and --reason want words"],
    ["no last day", "", "Ana", ["--reason", "-"], "'--until <date>' not specified"],
  ] as const)("%s is refused, and nothing is written", async (_words, wanted, name, words, problem) => {
    const { folder, id } = await changedShop()
    const before = holds(folder)
    const { code, comment } = await by(folder, wanted === "" ? id : wanted, name, ...words)
    expect(code).toBe(2)
    expect(comment).toContain(problem)
    expect(holds(folder)).toEqual(before)
  })
  test("the same person counts once", async () => {
    const { folder, id } = await changedShop()
    await by(folder, id, "Ana", ...because)
    expect(await by(folder, id, "Ana", ...because)).toMatchObject({
      code: 2,
      comment: "error[FM8304]: Ana has approved M008 of Book already, until 2026-12-31.\n",
    })
  })
})

describe("retire", () => {
  const retire = (folder: string, name: string) =>
    fmap(folder, "release", "retire", name, "--today", "2026-11-28")
  test("notes the day, and what is gone may be gone", async () => {
    const folder = await releasedShop()
    const without = shop.slice(shop.indexOf("contract Booking"), shop.indexOf("map Book"))
    put(folder, { "maps/shop.fmap": without })
    const gone = await check(folder)
    expect(gone.code).toBe(1)
    expect(gone.out).toContain("fmap release retire Order@1.0.0")
    expect(await retire(folder, "Order@1.0.0")).toEqual({
      code: 0,
      out: "",
      comment: "contract Order of Shop 1.0.0 is retired from 2026-11-28 on.\n1 file written.\n",
    })
    for (const name of ["RegionName@1.0.0", "map Book@1.0.0"])
      expect(await retire(folder, name)).toMatchObject({ code: 0 })
    expect(await check(folder)).toMatchObject({ code: 0 })
  })
  test("says what it does not know", async () => {
    const folder = await releasedShop()
    expect(await retire(folder, "Order@9.0.0")).toMatchObject({
      code: 2,
      comment: `error[FM8303]: No release is called "Order@9.0.0"; releases/fmap.lock.json lists them.\n`,
    })
    await retire(folder, "Order@1.0.0")
    expect((await retire(folder, "Order@1.0.0")).comment).toContain("was retired on 2026-11-28.")
  })
})
