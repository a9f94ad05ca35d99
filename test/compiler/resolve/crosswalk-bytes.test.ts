// Files of crosswalks whose bytes cannot stand in a case.
import { compile, memoryHost } from "@fmap/compiler"
import { expect, it } from "vitest"

const source = `crosswalk C(a: text(5)) -> text(5) version 1.0.0
  from csv "c.csv" (a: "a", value: "b")`
const utf8 = (text: string) => new TextEncoder().encode(text)

it.each([
  ["a byte order mark is no part of the first column", utf8("\ufeffa,b\r\nx,1\r\n"), []],
  ["a last line without its end is a line", utf8("a,b\nx,1"), []],
  ["a quoted line end is part of its cell", utf8('a,b\n"x\ny",1\n'), []],
  ["bytes that are no UTF-8", new Uint8Array([97, 44, 98, 10, 0xff]), ["FM7011"]],
  ["a NUL character", utf8("a,b\nx\0,1\n"), ["FM6216"]],
  ["only blanks", utf8(" \n\n"), ["FM7012"]],
  ["a quote without its end", utf8('a,b\n"x,1\n'), ["FM6216"]],
])("%s", (_, bytes, codes) => {
  const files = new Map<string, string | Uint8Array>([
    ["main.fmap", source],
    ["c.csv", bytes],
  ])
  const compiled = compile(memoryHost(files), ["main.fmap"], { emit: {} })
  expect(compiled.diagnostics.map(d => d.code)).toEqual(codes)
})
