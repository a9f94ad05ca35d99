// The cases of specs/conformance/diff as data. Flows in: the folders. Flows out: two texts each, what a comparison must find, and nothing more.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { MappingMode } from "@fmap/compiler"
import * as z from "zod"

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(["error", "warning", "information"]),
  subject: z.string(),
  path: z.string(),
})
const expectation = z.strictObject({
  description: z.string().min(10),
  mode: z.enum(["strict", "standard", "relaxed"]).default("standard"),
  findings: z.array(finding),
  /** Of the contracts, where the case changes them, too. */
  contracts: z.array(finding).default([]),
  bump: z.enum(["none", "patch", "minor", "major"]),
})

export interface DiffCase extends z.infer<typeof expectation> {
  readonly name: string
  readonly mode: MappingMode
  readonly old: string
  readonly new: string
  /** Files both versions name, by their paths. */
  readonly files: Readonly<Record<string, string>>
}

export const diffFolder = join(import.meta.dirname, "../../../specs/conformance/diff")

export function diffCases(): readonly DiffCase[] {
  return readdirSync(diffFolder)
    .sort()
    .map(name => {
      const read = (file: string): string => readFileSync(join(diffFolder, name, file), "utf8")
      const expected = expectation.parse(JSON.parse(read("expect.json")))
      const others = readdirSync(join(diffFolder, name)).filter(file => file.endsWith(".csv"))
      const files = Object.fromEntries(others.map(file => [file, read(file)]))
      return { ...expected, name, files, old: read("old.fmap"), new: read("new.fmap") }
    })
}
