// The cases of specs/conformance/diff as data. Flows in: the folders. Flows out: two texts each, what a comparison must find, what recorded records must show, and nothing more.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { MappingMode } from "@fmap/compiler"
import * as z from "zod"

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(["error", "warning", "information"]),
  subject: z.string(),
  path: z.string(),
})
const figures = z.strictObject({
  /** Records in which it differs. */
  differs: z.int().positive(),
  withinTolerance: z.int().positive().optional(),
  largestDelta: z.string().optional(),
  /** Sum of new minus old. */
  deltaByCurrency: z.record(z.string(), z.string()).optional(),
  /** The first one that differs. */
  first: z.strictObject({ old: z.unknown(), new: z.unknown() }),
})
const observed = z.strictObject({
  compared: z.int(),
  newlyFailing: z.int(),
  newlyPassing: z.int(),
  /** By file: `same`, or `same: held NO_RATE` where both stop; the fields that differ; or how it ended before and ends now. */
  records: z.record(
    z.string(),
    z.union([
      z.string().regex(/^same(: |$)/u),
      z.array(z.string()).min(1),
      z.strictObject({ was: z.string(), is: z.string() }),
    ]),
  ),
  /** By path; empty: that of the whole record. */
  fields: z.record(z.string(), figures),
})
export type ObservedOfCase = z.infer<typeof observed>

const expectation = z.strictObject({
  description: z.string().min(10),
  mode: z.enum(["strict", "standard", "relaxed"]).default("standard"),
  findings: z.array(finding),
  /** Of the contracts, where the case changes them, too. */
  contracts: z.array(finding).default([]),
  bump: z.enum(["none", "patch", "minor", "major"]),
  /** By how much a total may drift in one currency. */
  tolerance: z.string().default("0"),
  /** What its payloads show, by map. */
  observed: z.record(z.string(), observed).default({}),
  /** What only running them finds. */
  told: z.array(finding).default([]),
})

export interface DiffCase extends z.infer<typeof expectation> {
  readonly name: string
  readonly mode: MappingMode
  readonly old: string
  readonly new: string
  /** Files both versions name, by their paths. */
  readonly files: Readonly<Record<string, string>>
  /** Of recorded inputs, as `fmap diff --payloads` takes it; null: the case has none. */
  readonly payloads: string | null
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
      const payloads = join(diffFolder, name, "payloads")
      return {
        ...expected,
        name,
        files,
        old: read("old.fmap"),
        new: read("new.fmap"),
        payloads: existsSync(payloads) ? payloads : null,
      }
    })
}
