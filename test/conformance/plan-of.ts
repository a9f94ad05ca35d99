// The Plan of one text, for tests that look at Plans. Flows in: `.fmap` text. Flows out: its Plan; a text with errors fails the test.
import { analyse, memoryHost, type Plan } from "@fmap/compiler"

export function planOf(text: string): Plan {
  const { plan, diagnostics } = analyse(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"])
  if (plan === null) throw new Error(diagnostics.map(one => `${one.code} ${one.message}`).join("\n"))
  return plan
}
