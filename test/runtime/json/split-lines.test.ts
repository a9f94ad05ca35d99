// Lines of a byte stream: any chunking gives the same lines, and one bad line does not stop the others.
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { splitLines } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

async function collect(chunks: readonly Uint8Array[], limit?: number): Promise<unknown[]> {
  const lines: unknown[] = []
  for await (const line of splitLines(chunks, limit))
    lines.push("text" in line ? [line.line, line.text] : [line.line, `! ${line.problem}`])
  return lines
}
const encode = (text: string) => new TextEncoder().encode(text)

test("LF, CRLF, a mark, empty lines and a last line without end", async () => {
  expect(await collect([encode('\ufeff{"a":1}\r\n\n  \n{"b":"é"}\nlast')])).toEqual([
    [1, '{"a":1}'],
    [4, '{"b":"é"}'],
    [5, "last"],
  ])
  expect(await collect([])).toEqual([])
  expect(await collect([encode("\n")])).toEqual([])
})

test("a long line and broken bytes are reported in their place", async () => {
  const chunks = [
    encode("one\n"),
    encode("x".repeat(50)),
    encode("x".repeat(50)),
    encode("\n"),
    Uint8Array.from([0xff, 0x0a]),
    encode("two\n12345678\n12345678\r\n123456789"),
  ]
  expect(await collect(chunks, 8)).toEqual([
    [1, "one"],
    [2, "! too long"],
    [3, "! not UTF-8"],
    [4, "two"],
    [5, "12345678"],
    [6, "12345678"],
    [7, "! too long"],
  ])
})

test("chunking does not matter", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("a", "é", "👍", "\n", "\r\n", " ", "{}")),
      fc.array(fc.integer({ min: 1, max: 5 })),
      async (parts, cuts) => {
        const bytes = encode(parts.join(""))
        const chunks: Uint8Array[] = []
        let at = 0
        for (const cut of cuts) {
          chunks.push(bytes.subarray(at, at + cut))
          at += cut
        }
        chunks.push(bytes.subarray(at))
        expect(await collect(chunks)).toEqual(await collect([bytes]))
        const expected = parts
          .join("")
          .split("\n")
          .map((line, i) => [i + 1, line.replace(/\r$/, "")])
          .filter(([, line]) => /[^ \t]/.test(line as string))
        expect(await collect([bytes])).toEqual(expected)
      },
    ),
  )
})

test("memory for a line stays within the limit", async () => {
  setFlagsFromString("--expose-gc")
  const collectGarbage = runInNewContext("gc") as () => void
  const held: number[] = []
  async function* endless() {
    for (let i = 0; i < 2_000; i++) {
      yield new Uint8Array(100_000).fill(120)
      if (i % 100 !== 0) continue
      collectGarbage()
      held.push(process.memoryUsage().arrayBuffers)
    }
  }
  const lines = []
  for await (const line of splitLines(endless(), 1_000_000)) lines.push(line)
  expect(lines).toEqual([{ line: 1, problem: "too long" }])
  expect(held).toHaveLength(20)
  // Two hundred million would be held, were they kept.
  expect(Math.max(...held) - Math.min(...held)).toBeLessThan(50_000_000)
})
