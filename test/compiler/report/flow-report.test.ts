// What is printed of flows: steps with what each waits for, codes with their routes, lineage. The flows stand in specs/conformance/language;
// `FMAP_ACCEPT=1` writes what is printed: read it then.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { analyse, buildReport, flowLineageOf, formatLineage, formatReport, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"

const cases = join(import.meta.dirname, "../../../specs/conformance/language")

test.each(["flow-quote-to-order", "flow-nightly-actuals"])("%s", name => {
  const text = readFileSync(join(cases, name, "main.fmap"), "utf8")
  const { plan } = analyse(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"])
  if (plan === null) throw new Error("the case compiles")
  const report = { ...buildReport(plan, () => text), maps: [] }
  const told = `${formatReport(report)}\n--- lineage\n${formatLineage(flowLineageOf(plan), plan)}`
  const golden = join(import.meta.dirname, "flows", `${name}.txt`)
  if (process.env["FMAP_ACCEPT"] === "1") writeFileSync(golden, told)
  expect(existsSync(golden), "FMAP_ACCEPT=1 writes it: read it then").toBe(true)
  expect(told).toBe(readFileSync(golden, "utf8"))
})
