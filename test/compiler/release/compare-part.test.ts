// What releases are compared by, on real projects: everything is like itself, one change is that change, and what nothing compares is not let through.
import { fileURLToPath } from "node:url"
import { comparing, type Manifest, manifestsOf, releaseSubjects } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { analyseProject } from "../../../cli/project/analyse-project.ts"
import { openProject } from "../../../cli/project/open-project.ts"
import { planOf, shop } from "./project.ts"

const compare = comparing({
  today: "2026-11-28",
  maps: "standard",
  textOf: () => undefined,
  records: null,
})

describe.each(["closed-won", "closed-won-to-forecast", "stripe-to-ledger"])("contracts of %s", name => {
  test("are like themselves", () => {
    const opening = openProject(
      fileURLToPath(new URL(`../../../examples/${name}/`, import.meta.url)),
      ".",
      [],
    )
    if (opening.kind === "problems") throw new Error(opening.problems.join(" "))
    const { plan } = analyseProject(opening.opened)
    if (plan === null) throw new Error(`${name} has errors`)
    const manifestOf = manifestsOf(plan)
    const contracts = releaseSubjects(plan).filter(({ kind }) => kind === "contract")
    expect(contracts.length).toBeGreaterThan(0)
    for (const subject of contracts) {
      const manifest = manifestOf(subject)
      expect(compare(manifest, manifest), subject.name).toEqual([])
    }
  })
})

const manifest = (text: string): Manifest =>
  manifestsOf(planOf({ "shop.fmap": text }))({ kind: "contract", id: "Order", version: "1.0.0" })

test("a change of one contract is told of that one", () => {
  const after = manifest(shop.replace("  id       : text(20)  key", "  id       : text(10)  key"))
  expect(
    compare(manifest(shop), after)?.map(({ rule, subject, path, bump }) => [rule, subject, path, bump]),
  ).toEqual([["S013", "Order", "/id", "major"]])
})
test("a figure of more digits than a double holds is compared, too", () => {
  const wide = (digits: number) =>
    manifest(shop.replace("  total    : money in currency", `  total    : money(${digits},2) in currency`))
  expect(compare(wide(24), wide(20))?.some(({ bump }) => bump === "major")).toBe(true)
})
