// Files that are no ledger any more, or never were one: whoever opens them is told what is wrong in a sentence, and nothing of them is changed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { describe, expect, test } from "vitest"
import { runCommandLine } from "../../../../cli/command-line.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import type { Operation, Row } from "../../../../runtime/flow/ledger/operation.ts"
import { sql } from "../../../../runtime/flow/ledger/statement.ts"
import { NotPossible, StoreFailed } from "../../../../runtime/flow/port/failures.ts"
import { openSqliteGuest } from "../../../../runtime/flow/stores/sqlite/open-guest.ts"
import { openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { withFile } from "../../../../runtime/flow/stores/sqlite/store-error.ts"
import { fakeTerminal } from "../../../cli/fake-terminal.ts"
import { folderWith } from "../../../cli/folder.ts"

const world = systemWorld()

function ledgerFile(): string {
  const file = join(folderWith({ "fmap.json": "{}", "main.fmap": "system Crm { kind crm }\n" }), "fmap.db")
  openSqliteLedger(file, world).close()
  return file
}

/** The page of a table is overwritten, the schema is whole. */
function breakPages(file: string, name: string): void {
  const database = new DatabaseSync(file)
  const root = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(name)
  const size = database.prepare("PRAGMA page_size").get()
  database.close()
  const [page, bytes] = [Number(root?.["rootpage"]), Number(size?.["page_size"])]
  const content = readFileSync(file)
  content.fill(0xff, (page - 1) * bytes, page * bytes)
  writeFileSync(file, content)
}

const files: readonly (readonly [string, (file: string) => void, string])[] = [
  ["cut off", file => writeFileSync(file, readFileSync(file).subarray(0, 3_000)), "is damaged"],
  ["text", file => writeFileSync(file, "orders of today\n"), "is no ledger: it is no file of SQLite"],
  ["with pages of noise", file => writeFileSync(file, readFileSync(file).fill(0xa5, 4_096)), "is damaged"],
]

describe.each(files)("a file that is %s", (_, spoil, sentence) => {
  const file = ledgerFile()
  spoil(file)
  const before = readFileSync(file)

  test.each([
    ["who works on it", () => openSqliteLedger(file, world)],
    ["who looks into it", () => openSqliteGuest(file)],
  ])("is refused by %s", (_, open) => {
    expect(open).toThrow(NotPossible)
    expect(open).toThrow(sentence)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test.each([
    "flow stats",
    "flow exceptions list",
    "flow audit verify",
    `flow move --from sqlite:${file} --to sqlite:./other.db`,
  ])("is no bug of fmap: fmap %s", async words => {
    const told = fakeTerminal(dirname(file))
    expect(await runCommandLine(words.split(" "), told), told.written.comment).toBe(2)
    expect(told.written.comment).toContain(sentence)
  })
})

test("a database of another program keeps its tables, and gets none of ours", () => {
  const file = join(folderWith({}), "shop.db")
  const shop = new DatabaseSync(file)
  shop.exec("CREATE TABLE inbox (mail TEXT)")
  expect(() => openSqliteLedger(file, world)).toThrow("database of something else: it has the table inbox")
  expect(shop.prepare("SELECT name FROM sqlite_schema").all()).toEqual([{ name: "inbox" }])
  shop.close()
})

test("a folder where the file should be", () => {
  const folder = join(folderWith({}), "fmap.db")
  mkdirSync(folder)
  expect(() => openSqliteLedger(folder, world)).toThrow(`The ledger ${folder} cannot be opened`)
})

test("a file in the place of its folder", () => {
  const file = join(folderWith({ here: "" }), "here/fmap.db")
  expect(() => openSqliteLedger(file, world)).toThrow(`The ledger ${file} cannot be opened`)
})

test("a file that may only be read, whoever asks", () => {
  const file = ledgerFile()
  const content = readFileSync(file)
  // The version that writing needs: above 2, a file is one to be read only, for root as for everybody (https://sqlite.org/fileformat.html, 1.3.3).
  content[18] = 3
  writeFileSync(file, content)
  expect(() => openSqliteLedger(file, world)).toThrow(
    new NotPossible(
      "FM8407",
      `The ledger ${file} cannot be written (attempt to write a readonly database): whoever runs fmap needs to write the file and its folder`,
    ),
  )
})

function* payloads(): Operation<readonly Row[]> {
  return yield sql`SELECT payload FROM inbox`
}

test("a page that is damaged later: who looks is told that the store failed, and not that fmap did", async () => {
  const file = ledgerFile()
  breakPages(file, "inbox")
  breakPages(file, "inbox_figures")
  const guest = openSqliteGuest(file)
  await expect(guest.run(payloads)).rejects.toThrow(StoreFailed)
  guest.close()
  const told = fakeTerminal(dirname(file))
  expect(await runCommandLine(["flow", "stats"], told)).toBe(2)
  expect(told.written.comment).toContain("The store failed: database disk image is malformed.")
})

test.each([
  [5, "FM8403", "Another process keeps the ledger a.db to itself (why): try again when it has ended"],
  [
    8,
    "FM8407",
    "The ledger a.db cannot be written (why): whoever runs fmap needs to write the file and its folder",
  ],
  [13, "FM8406", "There is no space left where the ledger a.db is (why)"],
  [14, "FM8405", "The ledger a.db cannot be opened (why)"],
  [266, "FM8405", "The ledger a.db cannot be opened (why)"],
] as const)("SQLite's code %d is told as %s: %s", (errcode, code, sentence) => {
  const thrown = Object.assign(new Error("why"), { errcode })
  expect(() =>
    withFile("a.db", () => {
      throw thrown
    }),
  ).toThrow(expect.objectContaining({ code, message: sentence }))
})

test("what is wrong with a statement is nobody's file", () => {
  const thrown = Object.assign(new Error("no such column"), { errcode: 1 })
  expect(() =>
    withFile("a.db", () => {
      throw thrown
    }),
  ).toThrow(thrown)
})
