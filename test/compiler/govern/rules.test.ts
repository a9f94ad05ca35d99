// Every governance rule on its two cases of specs/conformance/governance: one where it fires, with what it says beside it, and one, as near
// to it as may be, where it is silent. FMAP_ACCEPT=1 writes what it says.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { analyse, bundles, governanceRules, lint, memoryHost, type Plan } from "@fmap/compiler"
import { renderDiagnostic } from "@fmap/grammar"
import { describe, expect, test } from "vitest"
import { diagnosticOf } from "../../../cli/govern/diagnostic-of.ts"
import { placesOf } from "../../../cli/project/place-at.ts"

const folder = join(import.meta.dirname, "../../../specs/conformance/governance")
const today = "2026-06-30"
const rules = Object.entries(governanceRules)

test("every rule has its two cases, and every case a rule", () => {
  expect(readdirSync(folder).toSorted()).toEqual(rules.map(([id]) => id).toSorted())
})

describe.each(rules.map(([id, { title }]) => [id, title] as const))("%s %s", id => {
  test("fires", () => {
    const told = findings(id, "fires")
    expect(told).not.toBe("")
    const golden = join(folder, id, "fires.txt")
    if (process.env["FMAP_ACCEPT"] === "1") writeFileSync(golden, told)
    expect(existsSync(golden), "FMAP_ACCEPT=1 writes it: read it then").toBe(true)
    expect(told).toBe(readFileSync(golden, "utf8"))
  })
  test("is silent", () => expect(findings(id, "silent")).toBe(""))
})

describe("bundles", () => {
  test.each(rules)("%s: a later one is never milder", (_id, rule) => {
    const order = ["none", "information", "warning", "error"]
    const levels = bundles.map(bundle => order.indexOf(rule.severity[bundle]))
    expect(levels).toEqual(levels.toSorted((a, b) => a - b))
    expect(levels.at(-1), "in no bundle").toBeGreaterThan(0)
  })
})

/** What the strictest bundle, or the case's own policy, says of one rule. */
function findings(id: string, name: "fires" | "silent"): string {
  const text = readFileSync(join(folder, id, `${name}.fmap`), "utf8")
  const plan = planOf(text)
  const answer = lint(plan, { today, policy: plan.policies === undefined ? "regulated" : null })
  if (answer.kind !== "judged") throw new Error(`no policy ${answer.wanted}`)
  const placeOf = placesOf(plan, () => text)
  return answer.findings
    .filter(({ rule }) => rule === id)
    .map(finding => `${renderDiagnostic(diagnosticOf(finding, placeOf), () => text)}\n`)
    .join("\n")
}

function planOf(text: string): Plan {
  const { plan, diagnostics } = analyse(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"])
  if (plan === null) throw new Error(diagnostics.map(one => `${one.code} ${one.message}`).join("\n"))
  return plan
}
