// Each rule that no JSON Schema shows: it tells of its pair, of the pair the other way round what the mirror tells, and of the near miss nothing.
import { compareContracts, compile, memoryHost, type Plan } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { ruleRows } from "./rule-rows.ts"

function planOf(text: string): Plan {
  const { plan, diagnostics } = compile(memoryHost(new Map([["a.fmap", text]])), ["a.fmap"], { emit: {} })
  if (plan === null) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"))
  return plan
}

const told = (old: string, now: string): readonly string[] =>
  compareContracts(planOf(old), planOf(now), { policy: "sound", today: "2026-03-31" })
    .map(({ rule, path, severity, direction }) => `${rule} ${path} ${severity} ${direction}`)
    .toSorted()

describe.each(ruleRows)("$rule $name", ({ rule, old, now, near, there, back }) => {
  test("there", () => expect(told(old, now)).toEqual(there))
  test("and back", () => expect(told(now, old)).toEqual(back))
  test("near", () => expect(told(old, near).filter(one => one.startsWith(rule))).toEqual([]))
})
