// The page of a flow: its data as a golden, and the rendered page leads to the maps it calls. `npx vitest run test/compiler/docs -u` accepts what changed.
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { analyse, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"
import { filesOf, siteOfPlan } from "../../cli/docs/site-of.ts"

const path = fileURLToPath(
  new URL("../../../specs/conformance/language/flow-quote-to-order/main.fmap", import.meta.url),
)
const text = readFileSync(path, "utf8")
const { plan } = analyse(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"])
if (plan === null) throw new Error("the case compiles")
const site = siteOfPlan(plan, () => text)

test("its data", async () => {
  const golden = fileURLToPath(new URL("./goldens/flow-page.json", import.meta.url))
  await expect(`${JSON.stringify(site.flows, null, 2)}\n`).toMatchFileSnapshot(golden)
})
test("it is found from the front page, and leads to its maps; its questions are no maps", () => {
  const files = filesOf(site)
  expect(files.get("index.html")).toContain('<a href="flows/QuoteToOrder.html">QuoteToOrder</a>')
  expect(files.get("flows/QuoteToOrder.html")).toContain('<a href="../maps/BookOrder.html">BookOrder</a>')
  expect(site.maps.map(({ title }) => title)).not.toContain("QuoteToOrder.when")
  expect([...files.keys()].filter(name => name.includes("when"))).toEqual([])
})
