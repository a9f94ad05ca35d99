// A file that a test names: JSON, or a list of one JSON value a line. Flows in: the host and a project path. Flows out: its value with exact
// numbers. Throws a sentence, which fails the test that asked.
import type { Host } from "@fmap/compiler"
import { readJsonBytes } from "@fmap/runtime"

const sampleLimit = 64 * 1024 * 1024

export function readSample(host: Host, path: string): unknown {
  const read = host.readFile(path, sampleLimit)
  if (read.kind === "missing") throw new Error("there is no such file")
  if (read.kind === "outside") throw new Error("it lies outside the project")
  if (read.kind === "tooBig") throw new Error("it has more than 64 MB")
  if (read.kind === "unreadable") throw new Error(read.reason)
  if (/\.(ndjson|jsonl)$/i.test(path)) return linesOf(read.bytes)
  const json = readJsonBytes(read.bytes)
  if ("ok" in json) return json.ok
  throw new Error(`line ${json.refused.line}, column ${json.refused.column}: ${json.refused.message}`)
}

const newline = 0x0a

function linesOf(bytes: Uint8Array): readonly unknown[] {
  const values: unknown[] = []
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const found = bytes.indexOf(newline, start)
    const end = found < 0 ? bytes.length : found
    const part = bytes.subarray(start, end)
    start = end + 1
    if (part.every(byte => byte === 0x20 || byte === 0x09 || byte === 0x0d)) continue
    const json = readJsonBytes(part)
    if (!("ok" in json))
      throw new Error(`line ${line}, column ${json.refused.column}: ${json.refused.message}`)
    values.push(json.ok)
  }
  return values
}
