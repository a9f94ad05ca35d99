// Folders as a system: files that come in, files that stay, files that go out.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { createFiles } from "../../../../runtime/connectors/files/files.ts"
import type { FileFormat, FileObject } from "../../../../runtime/connectors/files/files-options.ts"
import { ExactNumber } from "../../../../runtime/formats/json/exact-number.ts"
import { all, anySignal, call, failureOf, noon, worldAt } from "../harness.ts"

const world = worldAt({ now: noon })
const csv: FileFormat = { kind: "csv" }

function folders(format: FileFormat = csv, more: Partial<FileObject> = {}) {
  const root = mkdtempSync(join(tmpdir(), "fmap-files-"))
  const at = (name: string) => join(root, name)
  for (const name of ["inbox", "processed", "refused", "outbox", "shelf"]) mkdirSync(at(name))
  const ending = format.kind === "csv" ? ".csv" : ".ndjson"
  const object: FileObject = {
    format,
    ending,
    inbox: at("inbox"),
    processed: at("processed"),
    refused: at("refused"),
    outbox: at("outbox"),
    shelf: at("shelf"),
    ...more,
  }
  const files = createFiles({ system: "Bank", objects: { Payment: object } }, { world })
  /** An hour old, unless said otherwise. */
  const put = (name: string, text: string | Uint8Array, age = 3_600) => {
    writeFileSync(at(name), text)
    utimesSync(at(name), noon / 1_000 - age, noon / 1_000 - age)
  }
  const pages = async () => {
    const found = []
    for await (const page of files.changes!(
      { object: "Payment", key: "id", fields: null, cursor: null, notByUs: false },
      anySignal(),
    ))
      found.push(page)
    return found
  }
  return { at, put, files, pages, names: (folder: string) => readdirSync(at(folder)).toSorted() }
}

describe("files that come in", () => {
  test("are given record by record, and put away", async () => {
    const { put, pages, names } = folders()
    put("inbox/b.csv", "id,amount,memo\r\nP-2,5.00,\r\n")
    put("inbox/a.csv", '\ufeffid,amount,memo\nP-1,12345678901234567.89,"says ""hi"", twice"\n')
    const found = await pages()
    expect(found.flatMap(({ changes }) => changes.map(({ record }) => ({ ...(record as object) })))).toEqual([
      { id: "P-1", amount: "12345678901234567.89", memo: 'says "hi", twice' },
      { id: "P-2", amount: "5.00" },
    ])
    expect(names("inbox")).toEqual([])
    expect(
      names("processed")
        .map(name => name.slice(13))
        .toSorted(),
    ).toEqual(["a.csv", "b.csv"])
  })

  test("the id is the content: the same file again gives the same ids", async () => {
    const { put, pages } = folders()
    put("inbox/a.csv", "id\n1\n2\n")
    const [first] = await pages()
    put("inbox/again.csv", "id\n1\n2\n")
    const [second] = await pages()
    expect(second!.changes.map(({ id }) => id)).toEqual(first!.changes.map(({ id }) => id))
    put("inbox/other.csv", "id\n1\n3\n")
    const [third] = await pages()
    expect(third!.changes.map(({ id }) => id)).not.toEqual(first!.changes.map(({ id }) => id))
  })

  test("a file stays until whoever reads has come back for more", async () => {
    const { put, files, names, pages } = folders()
    put("inbox/a.csv", `id\n${Array.from({ length: 2_500 }, (_, i) => i).join("\n")}\n`)
    const ids: string[] = []
    for await (const page of files.changes!(
      { object: "Payment", key: "id", fields: null, cursor: null, notByUs: false },
      anySignal(),
    )) {
      ids.push(...page.changes.map(({ id }) => id))
      // the process dies with the second page
      if (ids.length > 1_000) break
    }
    expect(names("inbox")).toEqual(["a.csv"])
    const again = (await pages()).flatMap(({ changes }) => changes.map(({ id }) => id))
    expect(again).toHaveLength(2_500)
    expect(again.slice(0, 2_000)).toEqual(ids)
    expect(names("inbox")).toEqual([])
  })

  const broken: readonly [string, FileFormat, string, string][] = [
    ["a row that is too short", csv, "a,b\n1,2\n3\n", "line 3: The row has 1 cells; there are 2 columns.\n"],
    ["a quote that is not closed", csv, 'a\n1\n"2\n', "line 3: A quoted cell has no closing quote.\n"],
    ["a column that is there twice", csv, "a,a\n1,2\n", 'line 1: The column "a" is there twice.\n'],
    ["a line that is no JSON", { kind: "ndjson" }, '{"a":1}\n{"a":}\n', "line 2: "],
    ["a key twice", { kind: "ndjson" }, '{"a":1,"a":2}\n', "line 1: "],
  ]
  test.each(broken)(
    "%s: nothing of the file is given, and why stands beside it",
    async (_, format, text, why) => {
      const { put, pages, names, at } = folders(format)
      const ending = format.kind === "csv" ? "csv" : "ndjson"
      put(`inbox/bad.${ending}`, text)
      put(`inbox/good.${ending}`, format.kind === "csv" ? "a\n1\n" : '{"a":1}\n')
      expect((await pages()).flatMap(({ changes }) => changes)).toHaveLength(1)
      expect(names("refused")).toEqual([`bad.${ending}`, `bad.${ending}.problems.txt`])
      expect(readFileSync(at(`refused/bad.${ending}.problems.txt`), "utf8")).toContain(why)
    },
  )

  test("what is not a whole file of ours is left alone", async () => {
    const { put, pages, names, at } = folders()
    put("secret", "id\nfrom elsewhere\n")
    put("inbox/half.csv.part", "id\n1\n")
    put("inbox/.hidden.csv", "id\n1\n")
    put("inbox/other.txt", "id\n1\n")
    put("inbox/fresh.csv", "id\n1\n", 0)
    mkdirSync(at("inbox/folder.csv"))
    symlinkSync(at("secret"), at("inbox/link.csv"))
    expect(await pages()).toEqual([])
    expect(names("inbox")).toHaveLength(6)
    renameSync(at("inbox/half.csv.part"), at("inbox/half.csv"))
    expect(await pages()).toHaveLength(1)
  })

  test("`__proto__` is a column like any other", async () => {
    const { put, pages } = folders()
    put("inbox/a.csv", "__proto__,id\nx,1\n")
    const [page] = await pages()
    expect(Object.keys(page!.changes[0]!.record as object)).toEqual(["__proto__", "id"])
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined()
  })
})

describe("files that stay", () => {
  test("are read whole, by conditions", async () => {
    const { put, files } = folders({ kind: "ndjson" })
    put("shelf/1.ndjson", '{"id":"a","n":12345678901234567890}\n\n{"id":"b","n":1}\n', 0)
    put("shelf/2.ndjson", '{"id":"a","n":2}\n', 0)
    const read = (where: readonly { field: string; value: unknown }[]) =>
      all(files.read({ object: "Payment", key: "id", fields: null, where }, anySignal()))
    expect(await read([])).toHaveLength(3)
    expect(await read([{ field: "id", value: "a" }])).toEqual([
      { id: "a", n: new ExactNumber("12345678901234567890") },
      { id: "a", n: 2 },
    ])
    put("shelf/3.ndjson", "nonsense\n", 0)
    expect(await failureOf(read([]))).toMatchObject({ failure: "rejected", code: "BAD_FILE" })
  })
})

describe("files that go out", () => {
  const record = { id: "P-1", amount: new ExactNumber("12345678901234567.89"), memo: "=cmd()" }
  const load = { object: "Payment", key: "id", fields: null, mode: { kind: "add" } } as const
  const send = { object: "Payment", key: "id", fields: null, verb: "create", record } as const

  test("a load is one file, whole or not there; the same call again is the same file", async () => {
    const { files, names, at } = folders()
    const request = { ...load, records: [record, { id: "P-2", amount: -5, memo: 'two "words", one\nline' }] }
    expect(await files.load!(request, call("k"))).toEqual({ sent: 2, loaded: 2, ignored: 0, rejected: [] })
    const [name] = names("outbox").filter(one => !one.startsWith("."))
    expect(readFileSync(at(`outbox/${name}`), "utf8")).toBe(
      'id,amount,memo\r\nP-1,12345678901234567.89,\'=cmd()\r\nP-2,-5,"two ""words"", one\nline"\r\n',
    )
    expect(names("outbox").some(one => one.endsWith(".tmp"))).toBe(false)
    await files.load!(request, call("k"))
    expect(names("outbox").filter(one => !one.startsWith("."))).toEqual([name])
    await files.load!(request, call("another"))
    expect(names("outbox").filter(one => !one.startsWith("."))).toHaveLength(2)
  })

  test("what somebody has fetched is not put there again", async () => {
    const { files, names, at } = folders()
    const first = await files.send(send, call("k"))
    const name = String(first.answer["file"])
    rmSync(at(`outbox/${name}`))
    expect((await files.send(send, call("k"))).outcome).toBe("unchanged")
    expect(existsSync(at(`outbox/${name}`))).toBe(false)
    expect(names("outbox")).toEqual([`.${name}.sent`])
  })

  test("a slice that is replaced is one file: the same again, less, and beside those of other values", async () => {
    const { files, names, at } = folders({ kind: "ndjson" })
    const night = (day: string, ...ids: readonly string[]) =>
      files.load!(
        {
          ...load,
          mode: { kind: "replace", over: ["day"] },
          records: ids.map(id => ({ day, id })),
        },
        call(`${day} ${ids.join()}`),
      )
    await night("2026-03-30", "a", "b")
    await night("2026-03-31", "a")
    expect(await night("2026-03-30", "b")).toEqual({ sent: 1, loaded: 1, ignored: 0, rejected: [] })
    expect(await night("2026-03-30")).toMatchObject({ sent: 0 })
    expect(names("outbox")).toEqual(["Payment-day=2026-03-30.ndjson", "Payment-day=2026-03-31.ndjson"])
    expect(readFileSync(at("outbox/Payment-day=2026-03-30.ndjson"), "utf8")).toBe(
      '{"day":"2026-03-30","id":"b"}\n',
    )
  })

  test("values that can stand in no name of a file give it their hash; a record without one belongs nowhere", async () => {
    const { files, names } = folders()
    const replace = (...days: readonly unknown[]) =>
      files.load!(
        { ...load, mode: { kind: "replace", over: ["day"] }, records: days.map(day => ({ day })) },
        call(),
      )
    await replace("../../etc/x", "a", "A", "a")
    expect(names("outbox")).toHaveLength(3)
    expect(names("outbox").filter(name => /^Payment-[0-9a-f]{24}\.csv$/.test(name))).toHaveLength(2)
    expect(names("outbox")).toContain("Payment-day=A.csv")
    expect(await failureOf(replace("2026-03-30", null))).toMatchObject({
      failure: "rejected",
      code: "NO_SLICE",
    })
    expect(names("outbox")).toHaveLength(3)
  })

  test("in other forms: without the apostrophe, with semicolons, as lines of JSON", async () => {
    const written = async (format: FileFormat) => {
      const { files, at } = folders(format)
      const { answer } = await files.send(send, call("k"))
      return readFileSync(at(`outbox/${String(answer["file"])}`), "utf8")
    }
    expect(await written({ kind: "csv", formulas: "keep", delimiter: ";" })).toBe(
      "id;amount;memo\r\nP-1;12345678901234567.89;=cmd()\r\n",
    )
    expect(await written({ kind: "ndjson" })).toBe(
      '{"id":"P-1","amount":12345678901234567.89,"memo":"=cmd()"}\n',
    )
  })

  test.each([
    ["a column nobody has named", { columns: ["id"] }, record, "UNWRITABLE"],
    ["a list in a cell", {}, { id: [1] }, "UNWRITABLE"],
    ["no folder to put it in", { outbox: "/not/there" }, { id: "1" }, "ENOENT"],
  ] as const)("%s", async (_, more, one, code) => {
    const { files } = folders(csv, more)
    expect((await failureOf(files.load!({ ...load, records: [one] }, call()))).code).toBe(code)
  })
  test("a name that leads elsewhere is no object", async () => {
    const { files } = folders()
    expect((await failureOf(files.send({ ...send, object: "../../etc/x" }, call()))).code).toBe("NOT_OFFERED")
  })
})
