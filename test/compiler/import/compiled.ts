// An import compiled, for tests. Flows in: the text an import printed. Flows out: its Plan; a text with errors fails the test.
import { analyse, memoryHost, type Plan } from "@fmap/compiler"
import { formatSource } from "@fmap/grammar"
import { expect } from "vitest"

export function compiled(text: string): Plan {
  const { plan, diagnostics } = analyse(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"])
  if (plan === null || diagnostics.some(one => one.severity !== "information"))
    throw new Error(
      `${diagnostics
        .slice(0, 5)
        .map(one => {
          const { start } = one.labels[0].place.span
          return `${one.code} ${one.message} at ${text.slice(Math.max(0, start - 60), start + 60)}`
        })
        .join("\n")}`,
    )
  const formatted = formatSource(text, "main.fmap")
  expect(formatted).toEqual({ kind: "formatted", text })
  return plan
}
