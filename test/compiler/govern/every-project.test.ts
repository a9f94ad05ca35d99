// Every conformance project that compiles can be judged by the strictest bundle: each finding stands in a file of the project, names a
// rule, and comes out the same a second time.
import { analyse, governanceRules, lint, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"
import { readCases } from "../../conformance/read-cases.ts"

const question = { today: "2026-06-30", policy: "regulated" } as const

test.each(
  readCases()
    .filter(one => one.diagnostics.length === 0)
    .map(one => [one.name, one] as const),
)("%s", (_name, { files, entry }) => {
  const { plan } = analyse(memoryHost(files), [entry])
  if (plan === null) throw new Error("it does not compile")
  const first = lint(plan, question)
  const second = lint(structuredClone(plan), question)
  if (first.kind !== "judged" || second.kind !== "judged") throw new Error("no bundle")
  expect(second.findings).toEqual(first.findings)
  for (const { rule, at, message, path, subject } of first.findings) {
    expect(Object.hasOwn(governanceRules, rule)).toBe(true)
    expect(plan.files[at[0]]?.path, `${rule} ${subject.name} ${path}`).toBeDefined()
    expect(message).toMatch(/^.{10,}\.$/u)
  }
  const prints = first.findings.map(({ fingerprint }) => fingerprint)
  expect(new Set(prints).size, "two findings of one fingerprint").toBe(prints.length)
})
