// A change of a map or crosswalk and the version it deserves, by what the change means.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { type ReleaseCheck, stopsRelease } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { diffFolder } from "../diff/corpus.ts"
import { checked, released } from "./releases.ts"
import { invoices, netOnly, type VersionCase, versionCases } from "./version-cases.ts"

const first = released(invoices)

function edited(edits: VersionCase["edits"]): string {
  return edits.reduce((text, [from, to]) => {
    expect(text).toContain(from)
    return text.replace(from, to)
  }, invoices)
}

function of(check: ReleaseCheck, subject: string) {
  const found = check.subjects.find(one => one.subject.name === subject)
  if (found === undefined) throw new Error(`${subject} is not there`)
  return found
}

describe.each(versionCases)("$title", one => {
  const check = checked(edited(one.edits), first)
  const { verdict, findings } = of(check, one.subject)

  test("is judged by what it means", () => {
    expect(verdict).toMatchObject({
      before: "1.0.0",
      now: one.version,
      required: one.deserves,
      enough: one.enough,
    })
    expect(findings.map(({ rule }) => rule).toSorted()).toEqual(one.rules)
    expect(
      check.changes
        .filter(stopsRelease)
        .map(({ finding }) => finding.rule)
        .toSorted(),
    ).toEqual(one.stops)
  })
  test("says why, and names nothing else", () => {
    const idle = check.changes.flatMap(({ finding }) => (finding.rule === "L006" ? [finding.subject] : []))
    expect(idle).toEqual(one.idle === undefined ? [] : [one.idle])
    const others = check.changes.filter(({ finding }) => finding.rule !== "L006")
    expect(new Set(others.map(({ finding }) => finding.subject))).toEqual(
      new Set(one.rules.length === 0 ? [] : [one.subject]),
    )
    expect(verdict.reasons.length > 0).toBe(one.rules.length > 0)
    expect(check.subjects.filter(({ altered }) => altered).map(({ subject }) => subject.name)).toEqual([
      one.subject,
    ])
  })
})

test("a calendar that counts in another way is a change of the map that counts by it", () => {
  const folder = join(diffFolder, "M011-year-begins-in-july")
  const text = (name: string) =>
    readFileSync(join(folder, name), "utf8")
      .replace(/\n +status from csv.*\n/u, "\n")
      .replace("next open period", "period")
  const check = checked(text("new.fmap"), released(text("old.fmap")))
  expect(of(check, "Book").verdict).toMatchObject({ required: "major", enough: false })
  expect(
    of(check, "Book").findings.map(({ rule, subject, fingerprint }) => [rule, subject, fingerprint.length]),
  ).toEqual([["M011", "Book", 16]])
})

describe("recorded records", () => {
  const record = (number: string, net: string, tax: string) => ({
    map: "Post",
    name: number,
    input: {
      invoice: JSON.parse(
        `{ "number": "${number}", "currency": "EUR", "region": "EMEA", "net": "${net}", "tax": "${tax}" }`,
      ),
    },
  })
  const inputs = [record("1", "100.00", "19.00"), record("2", "50.00", "9.50")]
  const later = edited([netOnly, ["map Post version 1.0.0", "map Post version 1.1.0"]])

  test("run through both versions, and the check says what they add up to", () => {
    const { findings } = of(checked(later, first, { inputs }), "Post")
    expect(findings.map(({ rule, path }) => [rule, path])).toEqual([
      ["M007", "/amount"],
      ["M033", "/amount"],
    ])
    expect(findings.map(({ observed }) => observed?.deltaByCurrency)).toEqual([
      { EUR: "-28.5" },
      { EUR: "-28.5" },
    ])
  })
  test("are not asked of a map that did not change", () => {
    const record = {
      map: "Post",
      name: "1",
      get input(): never {
        throw new Error("read")
      },
    }
    expect(checked(invoices, first, { inputs: [record] }).changes).toEqual([])
  })
})

test("the changelog tells findings about maps and crosswalks as those about contracts", () => {
  const text = edited([
    ["map Post version 1.0.0", "map Post version 2.0.0"],
    ["text(30) version 1.0.0", "text(30) version 1.1.0"],
    ['"AMER" -> "America"', '"AMER" -> "America"\n  "APAC" -> "Asia"'],
    ["invoice.net + invoice.tax", "invoice.net - invoice.tax"],
  ])
  expect(released(text, first).changelog).toContain(`### crosswalk Area 1.1.0, was 1.0.0

- APAC in Area: "Asia" is given now. (M017)

### map Post 2.0.0, was 1.0.0

- **Breaks:** "amount" is computed differently. (M007)
`)
})

test("what was written then stands beside what is written now", () => {
  const check = checked(edited([netOnly]), first)
  expect(of(check, "Post").findings.map(({ old, new: now }) => [old, now])).toEqual([
    ["invoice.net + invoice.tax", "invoice.net"],
  ])
})
