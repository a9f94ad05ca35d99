// Hostile documents are refused in a heap of 64 MB, their own text in it: what would fill it ends the process that reads, and this fails.
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { execPath } from "node:process"
import { expect, test } from "vitest"

test.each([
  ["an entity bomb", "DTD"],
  ["a long entity, many times", "DTD"],
  ["a million levels of elements", "TOO_DEEP"],
  ["a name of ten million characters", "TOO_BIG"],
  ["a name of an attribute as long", "TOO_BIG"],
  ["300,000 attributes", "TOO_BIG"],
  ["100,000 namespaces", "TOO_BIG"],
  ["a comment without end", "BAD_XML"],
  ["a million levels of lists", "TOO_DEEP"],
  ["a member ten thousand times", "DUPLICATE_KEY"],
])("%s: %s", (name, code) => {
  const words = [
    "--conditions=fmap-source",
    "--max-old-space-size=64",
    join(import.meta.dirname, "hostile-heap.ts"),
    name,
  ]
  const { status, stdout, stderr } = spawnSync(execPath, words, { encoding: "utf8" })
  expect([status, stdout.trim()], stderr.slice(0, 500)).toEqual([0, code])
})
