// The cases of specs/conformance/flow-diff as data. Flows in: the folders, and what their flows work on. Flows out: two texts each, what a comparison must find, and nothing more.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { analyse, type MappingMode, memoryHost, type Plan, type Release } from "@fmap/compiler"
import * as z from "zod"

const expectation = z.strictObject({
  description: z.string().min(10),
  mode: z.enum(["strict", "standard", "relaxed"]).default("standard"),
  findings: z.array(
    z.strictObject({
      rule: z.string(),
      severity: z.enum(["error", "warning", "information"]),
      subject: z.string(),
      path: z.string(),
    }),
  ),
  bump: z.enum(["none", "patch", "minor", "major"]),
})

export interface FlowDiffCase extends z.infer<typeof expectation> {
  readonly name: string
  readonly mode: MappingMode
  readonly old: string
  readonly new: string
}

const folder = join(import.meta.dirname, "../../../../specs/conformance/flow-diff")

export function flowDiffCases(): readonly FlowDiffCase[] {
  const landscape = readFileSync(join(folder, "landscape.fmap"), "utf8")
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => {
      const read = (file: string): string => readFileSync(join(folder, name, file), "utf8")
      const text = (file: string): string => `${read(file)}\n${landscape}`
      return {
        ...expectation.parse(JSON.parse(read("expect.json"))),
        name,
        old: text("old.fmap"),
        new: text("new.fmap"),
      }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

export function releaseOfText(text: string): Release {
  return { plan: planWithFlows(text), textOf: () => text, rows: new Map() }
}

function planWithFlows(text: string): Plan {
  const { plan, diagnostics } = analyse(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"])
  if (plan === null) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"))
  return plan
}
