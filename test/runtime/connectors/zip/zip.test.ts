// Archives: what is written is read again, also as others write them; and what nobody should unpack is not unpacked.
import { deflateRawSync } from "node:zlib"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readZip } from "../../../../runtime/connectors/zip/read-zip.ts"
import { writeZip } from "../../../../runtime/connectors/zip/write-zip.ts"

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8")
const filesOf = (bytes: Uint8Array, longest = 1 << 20) => {
  const read = readZip(bytes, longest)
  if ("problem" in read) throw new Error(read.problem)
  return read.files
}

test("what is written is read again, and the same files are the same bytes", () => {
  const file = fc.record({
    name: fc.string({ minLength: 1, unit: "grapheme" }),
    bytes: fc.uint8Array({ maxLength: 500 }),
  })
  fc.assert(
    fc.property(fc.array(file, { maxLength: 4 }), files => {
      const bytes = writeZip(files)
      expect(bytes).toEqual(writeZip(files))
      expect(filesOf(bytes).map(one => [one.name, [...one.bytes]])).toEqual(
        files.map(one => [one.name, [...one.bytes]]),
      )
    }),
  )
})

test("an archive of another program: deflated, stored, with a comment", () => {
  // written by Python's zipfile
  const made = Buffer.from(
    "UEsDBBQAAAAIAJl5fF2/L+CMEAAAANwAAAAFAAAAYS5sb2dLyywqLlHIycxL5UobbkwAUEsDBBQAAAAAAAAAIQDPYiAZBQAAAAUAAAAKAAAAc3RvcmVkLnR4dHBsYWluUEsBAhQDFAAAAAgAmXl8Xb8v4IwQAAAA3AAAAAUAAAAAAAAAAAAAAIABAAAAAGEubG9nUEsBAhQDFAAAAAAAAAAhAM9iIBkFAAAABQAAAAoAAAAAAAAAAAAAAIABMwAAAHN0b3JlZC50eHRQSwUGAAAAAAIAAgBrAAAAYAAAAAkAYSBjb21tZW50",
    "base64",
  )
  const [log, stored] = filesOf(made)
  expect([log?.name, text(log?.bytes ?? new Uint8Array())]).toEqual(["a.log", "first line\n".repeat(20)])
  expect([stored?.name, text(stored?.bytes ?? new Uint8Array())]).toEqual(["stored.txt", "plain"])
})

describe("what is no archive, or a bad one", () => {
  const good = Buffer.from(writeZip([{ name: "a", bytes: Buffer.from("hello hello hello") }]))
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(good)
    change(bytes)
    return bytes
  }
  const directory = good.indexOf("PK\u0001\u0002", 0, "latin1")
  const cases: readonly [string, Uint8Array, string][] = [
    ["nothing", new Uint8Array(0), "no archive"],
    ["text", Buffer.from("<html>"), "no archive"],
    ["half of one", good.subarray(0, good.length / 2), "no archive"],
    ["a directory elsewhere", changed(bytes => bytes.writeUInt32LE(3, bytes.length - 6)), "directory"],
    [
      "a directory behind its end",
      changed(bytes => bytes.writeUInt32LE(0xffff_ffff, bytes.length - 6)),
      "directory",
    ],
    ["more files than there are", changed(bytes => bytes.writeUInt16LE(9, bytes.length - 12)), "directory"],
    ["an encrypted file", changed(bytes => bytes.writeUInt16LE(1, directory + 8)), "encrypted"],
    ["a method nobody asked for", changed(bytes => bytes.writeUInt16LE(12, directory + 10)), "unpacked"],
    ["another checksum", changed(bytes => bytes.writeUInt32LE(1, directory + 16)), "checksum"],
    ["a size beyond its end", changed(bytes => bytes.writeUInt32LE(99_999, directory + 20)), "cut off"],
    ["a file that is elsewhere", changed(bytes => bytes.writeUInt32LE(7, directory + 42)), "where"],
  ]
  test.each(cases)("%s", (_, bytes, problem) => {
    expect(readZip(bytes, 1 << 20)).toEqual({ problem: expect.stringContaining(problem) })
  })

  test("a bomb is stopped on the way, whatever size it tells", () => {
    const zeros = Buffer.alloc(50 << 20)
    expect(deflateRawSync(zeros).length).toBeLessThan(100_000)
    const bomb = Buffer.from(writeZip([{ name: "zeros", bytes: zeros }]))
    const at = bomb.indexOf("PK\u0001\u0002", 0, "latin1")
    bomb.writeUInt32LE(10, at + 24)
    expect(readZip(bomb, 1 << 20)).toEqual({ problem: expect.stringContaining("unpacked") })
    // and so are several that are small enough each
    const three = [1, 2, 3].map(i => ({ name: `${i}`, bytes: Buffer.alloc(500_000) }))
    expect("problem" in readZip(writeZip(three), 1 << 20)).toBe(true)
  })
})
