// Every sample of the example gives what it gave: `npx vitest run test/examples/sample-outcomes -u` accepts what changed.
import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { analyse } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { expect, test } from "vitest"
import { sampleOutcomes } from "./sample-outcomes.ts"

const folder = fileURLToPath(new URL("../../examples/closed-won/", import.meta.url))

test("the samples of closed-won", async () => {
  const { plan } = analyse(nodeHost(folder), ["maps/book-order.fmap", "maps/order-to-netsuite.fmap"])
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /\.(?:json|csv)$/u.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [relative(folder, path).split(sep).join("/"), new Uint8Array(readFileSync(path))]),
  )
  const outcomes = sampleOutcomes(plan!, files)
  expect(outcomes.length).toBeGreaterThan(30)
  const text = outcomes.map(([path, outcome]) => `${path}\n  ${outcome}\n`).join("")
  await expect(text).toMatchFileSnapshot("goldens/closed-won-samples.txt")
})
