// The Plan of one text, for tests that look at Plans. Flows in: `.fmap` text, files it names. Flows out: its Plan; a text with errors fails
// the test.
import { analyse, memoryHost, type Plan } from "@fmap/compiler"

export function planOf(text: string, files: Readonly<Record<string, string>> = {}): Plan {
  const host = memoryHost(new Map([["main.fmap", text], ...Object.entries(files)]))
  const { plan, diagnostics } = analyse(host, ["main.fmap"])
  if (plan === null) throw new Error(diagnostics.map(one => `${one.code} ${one.message}`).join("\n"))
  return plan
}
