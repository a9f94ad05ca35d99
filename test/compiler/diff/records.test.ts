// The payloads of specs/conformance/diff through both versions: what differs in which record and by how much, and what only running them finds. What is told as equivalent differs nowhere.
// FMAP_ACCEPT=1 writes what was observed to expect.json: read it then.
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import {
  changesOfRecords,
  compareMaps,
  memoryHost,
  observeMaps,
  type Plan,
  type RecordedInput,
  type Runnable,
  renamedMaps,
  runnable,
} from "@fmap/compiler"
import { isExactNumber, writeJson } from "@fmap/runtime"
import { describe, expect, test } from "vitest"
import { recordedInputs } from "../../../cli/diff/recorded-inputs.ts"
import { referenceOf } from "../../../cli/diff/reference-of.ts"
import { type Ended, runnerOfBoth } from "../../../compiler/diff/execute/run-both.ts"
import { planOf } from "../../conformance/plan-of.ts"
import { type DiffCase, diffCases, diffFolder, type ObservedOfCase } from "./corpus.ts"

const cases = diffCases()

/** Changes that no payload can show, and why. */
const unseen: Readonly<Record<string, string>> = {
  "M029-replay": "what a repeated record does is done where it is written",
  "M030-items-of-another-version": "only the number is another: the file has the rows it had",
  "M032-nobody-recorded-half-a-cent": "that nobody recorded such a deal is what the case is about",
  "M035-source-renamed": "who hands in the source has to call it by its new name, and gets what it got",
  "M037-renamed": "who calls the map has to call it by its new name, and gets what it got",
  "release-renaming": "who calls the map has to call it by its new name, and gets what it got",
}

/** Maps that are on one side only cannot be run on both. */
const withoutPayloads = ["M037-map-gone", "M037-renamed-and-changed"]

interface RanCase {
  readonly old: Runnable
  readonly new: Runnable
  readonly inputs: readonly RecordedInput[]
}

function ranCase(one: DiffCase, payloads: string): RanCase {
  const [old, now] = [ready(one.old, one.files), ready(one.new, one.files)]
  const recorded = recordedInputs(payloads, now.plan, null, "/", renamedMaps(old.plan, now.plan))
  if (recorded.kind === "problems") throw new Error(recorded.problems.join("\n"))
  const inputs = recorded.inputs.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return { old, new: now, inputs }
}

function ready(text: string, files: DiffCase["files"]): Runnable {
  const plan: Plan = planOf(text, files)
  const host = memoryHost(new Map([["main.fmap", text], ...Object.entries(files)]))
  const { crosswalks, calendars } = referenceOf(plan, host, "/")
  return runnable(plan, crosswalks, calendars)
}

function endText(ended: Ended): string {
  if (ended.kind === "stopped") return `${ended.status} ${[...new Set(ended.codes)].toSorted().join(", ")}`
  return ended.kind === "done" ? "done" : ended.reason
}

function observedIn(
  { old, new: now, inputs }: RanCase,
  tolerance: string,
): Readonly<Record<string, ObservedOfCase>> {
  const both = runnerOfBoth(old, now)
  const recordsOf = (map: string): ObservedOfCase["records"] =>
    Object.fromEntries(
      inputs
        .filter(input => input.map === map)
        .map(input => {
          const ran = both(input)
          if (ran === null) throw new Error(`${map} is not there on both sides`)
          const [was, is] = [endText(ran.old), endText(ran.new)]
          const paths = [...new Set(ran.differences.map(({ path }) => path))].toSorted()
          const name = input.name.replace(/^.*\/|\.json$/gu, "")
          const same = is === "done" ? "same" : `same: ${is}`
          return [name, was !== is ? { was, is } : paths.length > 0 ? paths : same] as const
        }),
    )
  const observations = observeMaps(old, now, inputs, tolerance)
  return Object.fromEntries(
    observations.map(({ map, compared, newlyFailing, newlyPassing, fields }) => [
      map,
      {
        compared,
        newlyFailing,
        newlyPassing,
        records: recordsOf(map),
        fields: Object.fromEntries(
          fields.map(
            ({ path, observed: { differs, withinTolerance, largestDelta, deltaByCurrency, examples } }) => [
              path,
              {
                differs,
                ...(withinTolerance === 0 ? {} : { withinTolerance }),
                ...(largestDelta === null ? {} : { largestDelta }),
                ...(Object.keys(deltaByCurrency).length === 0 ? {} : { deltaByCurrency }),
                first: { old: examples[0]?.old, new: examples[0]?.new },
              },
            ],
          ),
        ),
      },
    ]),
  )
}

describe.each(cases.flatMap(one => (one.payloads === null ? [] : [[one.name, one, one.payloads] as const])))(
  "%s",
  (name, one, payloads) => {
    const ran = ranCase(one, payloads)
    const { old, new: now, inputs } = ran
    const told = compareMaps(
      { plan: old.plan, textOf: () => undefined, rows: new Map() },
      { plan: now.plan, textOf: () => undefined, rows: new Map() },
      one.mode,
    )
    const { mode, tolerance } = one
    const onlyRunning = changesOfRecords(old, now, told, inputs, { mode, tolerance })
      .findings.slice(told.length)
      .map(({ rule, severity, subject, path }) => ({ rule, severity, subject, path }))
    const observed = JSON.parse(
      writeJson(observedIn(ran, tolerance) as Parameters<typeof writeJson>[0]),
    ) as object

    test("its payloads show what changed, in which of them and by how much", () => {
      if (process.env["FMAP_ACCEPT"] === "1") accept(name, observed, onlyRunning)
      expect(observed).toEqual(one.observed)
      expect(onlyRunning).toEqual(one.told)
    })
    test("nothing differs that was not told", () => {
      expect(onlyRunning.filter(({ rule }) => rule === "M031")).toEqual([])
      const records = Object.values(one.observed).flatMap(of => Object.values(of.records))
      expect(records.length).toBeGreaterThan(0)
      const same = records.filter(record => typeof record === "string")
      if (one.findings.every(({ rule }) => rule === "M001")) expect(same).toEqual(records)
      else expect(same.length < records.length, "a payload shows it").toBe(!(name in unseen))
    })
    test("examples are no larger than what was recorded, and still show it", () => {
      const both = runnerOfBoth(old, now)
      for (const { map, fields } of observeMaps(old, now, inputs))
        for (const { path, observed: seen } of fields)
          for (const { payload } of seen.examples) {
            const again = both({ map, name: "example", input: payload as RecordedInput["input"] })
            const shows =
              path === ""
                ? endText(again!.old) !== endText(again!.new) ||
                  again!.differences.some(one => one.path === "")
                : again!.differences.some(one => one.path === path)
            expect(shows, `${path}: ${writeJson(payload as Parameters<typeof writeJson>[0])}`).toBe(true)
            const largest = Math.max(...inputs.map(({ input }) => membersIn(input)))
            expect(membersIn(payload)).toBeLessThanOrEqual(largest)
          }
    })
  },
)

function membersIn(value: unknown): number {
  if (typeof value !== "object" || value === null || isExactNumber(value)) return 1
  return Object.values(value).reduce<number>((sum, member) => sum + membersIn(member), 1)
}

function accept(name: string, observed: object, told: readonly object[]): void {
  const file = join(diffFolder, name, "expect.json")
  const { observed: _, told: __, ...rest } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>
  const more = { observed, ...(told.length === 0 ? {} : { told }) }
  writeFileSync(file, `${JSON.stringify({ ...rest, ...more }, null, 2)}\n`)
}

test("every case about a map has payloads of its own", () => {
  expect(cases.filter(({ payloads }) => payloads === null).map(({ name }) => name)).toEqual(withoutPayloads)
  expect(Object.keys(unseen).filter(name => !cases.some(one => one.name === name))).toEqual([])
})
