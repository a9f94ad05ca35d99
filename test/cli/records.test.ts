// Records out of bytes: forms told and guessed, numbers, and that nothing is ever lost.
import fc from "fast-check"
import { expect, test } from "vitest"
import { formOfName, type InputForm, readRecords, type SourceRecord } from "../../cli/run/records.ts"

async function* chunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function read(text: string | Uint8Array, form?: InputForm, size = 7): Promise<SourceRecord[]> {
  const found: SourceRecord[] = []
  for await (const record of readRecords(chunks(Buffer.from(text as string), size), form)) found.push(record)
  return found
}
/** `1=value` or `1!CODE` a record. */
async function outline(...args: Parameters<typeof read>): Promise<string> {
  return (await read(...args))
    .map(one =>
      "notice" in one
        ? `!${one.notice.code}`
        : "problem" in one
          ? `${one.number}!${one.problem.code}`
          : `${one.number}=${JSON.stringify(one.value)}`,
    )
    .join(" ")
}

const cases: readonly [string, string | Uint8Array, InputForm | undefined, string][] = [
  ["lines", `{"a":1}\n{"a":2}\n`, "lines", `1={"a":1} 2={"a":2}`],
  ["the last line without its end", `1\n2`, "lines", "1=1 2=2"],
  ["blank lines are no records", `1\n\n  \r\n2\r\n`, "lines", "1=1 2=2"],
  ["a bad line stops no other", `1\n{"a":\n3\n`, "lines", "1=1 2!BAD_JSON 3=3"],
  [
    "bytes that are no text",
    Buffer.concat([Buffer.from("1\n"), Buffer.from([0xff, 0x0a]), Buffer.from("3\n")]),
    "lines",
    "1=1 2!BAD_UTF8 3=3",
  ],
  ["a key twice", `{"a":1,"a":2}`, "lines", "1!DUPLICATE_KEY"],
  ["a document", `{\n "a": 1\n}`, "document", `1={"a":1}`],
  ["a document with something after it", `{} {}`, "document", "1!BAD_JSON"],
  ["an empty document", ``, "document", "1!BAD_JSON"],
  ["no line at all", ``, "lines", ""],
  ["a list", `[1, {"a": 2}]`, "list", `1=1 2={"a":2}`],
  ["a list that is none", `{}`, "list", "1!WRONG_TYPE"],
  ["an empty list", `[]`, "list", ""],
  ["guessed: one line", `{"a":1}`, undefined, `1={"a":1}`],
  ["guessed: lines", `{"a":1}\n{"a":2}\n`, undefined, `1={"a":1} 2={"a":2}`],
  ["guessed: a document over lines", `{\n  "a": 1\n}\n`, undefined, `1={"a":1}`],
  ["guessed: a document opened with its first member", `{ "a": 1,\n  "b": 2 }`, undefined, `1={"a":1,"b":2}`],
  ["guessed: lines of which the first is broken", `{"a":\x01}\n{"a":2}\n`, undefined, `1!BAD_JSON 2={"a":2}`],
  ["guessed: a byte order mark", `\uFEFF{"a":1}\n{"a":2}`, undefined, `1={"a":1} 2={"a":2}`],
]
test.each(cases)("%s", async (_name, text, form, wanted) => {
  for (const size of [1, 7, 100_000]) expect(await outline(text, form, size)).toBe(wanted)
})

test("digits survive", async () => {
  const [record] = await read(`{"amount": 12345678901234567.89}`)
  expect(record).toMatchObject({ value: { amount: { text: "12345678901234567.89" } } })
})

test("as many records as lines with something in them, whatever stands there", async () => {
  const line = fc
    .oneof(fc.json(), fc.string())
    .map(text => text.replace(/[\r\n]/gu, ""))
    .filter(text => /[^ \t\uFEFF]/u.test(text))
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (lines, size) => {
        const records = await read(lines.join("\n"), "lines", size)
        expect(records.map(record => ("number" in record ? record.number : 0))).toEqual(
          lines.map((_, i) => i + 1),
        )
      },
    ),
  )
})

test.each([
  ["a.json", "document"],
  ["a.ndjson", "lines"],
  ["A.JSONL", "lines"],
  ["a.txt", undefined],
])("%s is read as %s", (file, form) => expect(formOfName(file)).toBe(form))
