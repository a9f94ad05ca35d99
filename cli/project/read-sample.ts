// A JSON file that a test names. Flows in: the host and a project path. Flows out: its value with exact numbers. Throws a sentence, which fails
// the test that asked.
import type { Host } from "@fmap/compiler"
import { readJsonBytes } from "@fmap/runtime"

const sampleLimit = 64 * 1024 * 1024

export function readSample(host: Host, path: string): unknown {
  const read = host.readFile(path, sampleLimit)
  if (read.kind === "missing") throw new Error("there is no such file")
  if (read.kind === "outside") throw new Error("it lies outside the project")
  if (read.kind === "tooBig") throw new Error("it has more than 64 MB")
  if (read.kind === "unreadable") throw new Error(read.reason)
  const json = readJsonBytes(read.bytes)
  if ("ok" in json) return json.ok
  throw new Error(`line ${json.refused.line}, column ${json.refused.column}: ${json.refused.message}`)
}
