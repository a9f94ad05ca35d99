// Bytes that are no text are refused with the place and the reason.
import { decodeSource, sourceText } from "@fmap/grammar"
import { describe, expect, test } from "vitest"

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map(p => (typeof p === "string" ? Buffer.from(p) : Buffer.from(p))))

test.each([
  ["plain", bytes("a é 日"), "a é 日"],
  ["with byte order mark", bytes([0xef, 0xbb, 0xbf], "a"), "a"],
  ["empty", bytes(), ""],
])("%s", (_, input, text) => {
  expect(decodeSource(input, "t.fmap")).toEqual({ kind: "text", text })
})

test.each([
  ["binary", bytes("ab", [0], "c"), "FM1002", "byte 2 is zero"],
  ["a broken character", bytes("abc", [0xff], "d"), "FM1001", "byte 3"],
  ["a character cut off at the end", bytes("ab", [0xe6, 0x97]), "FM1001", "byte 2"],
  ["UTF-16", bytes([0xff, 0xfe, 0x61, 0x00]), "FM1001", "byte 0"],
])("%s is refused", (_, input, code, part) => {
  const decoded = decodeSource(input, "t.fmap")
  if (decoded.kind !== "refused") throw new Error("was read")
  expect(decoded.diagnostic).toMatchObject({ code, message: expect.stringContaining(part) })
})

test("the place is the broken character's, counted in the text before it", () => {
  const decoded = decodeSource(bytes("a\n😀", [0xff], "d"), "t.fmap")
  expect(decoded).toMatchObject({ diagnostic: { labels: [{ place: { span: { start: 4, end: 4 } } }] } })
})

describe("line table", () => {
  const source = sourceText("ab\r\n😀c\n\nd", "t.fmap")
  test.each([
    [0, 1, 1],
    [2, 1, 3],
    [4, 2, 1],
    [6, 2, 3],
    [8, 3, 1],
    [9, 4, 1],
    [10, 4, 2],
    [99, 4, 2],
    [-1, 1, 1],
  ])("offset %i is %i:%i", (offset, line, column) => {
    expect(source.positionAt(offset)).toEqual({ line, column })
  })
  test("lines without their ends", () => {
    expect([0, 1, 2, 3, 4, 5].map(source.lineText)).toEqual(["", "ab", "😀c", "", "d", ""])
  })
})
