// Rows of a crosswalk that stand in a file: a release keeps them, and a later one is compared row by row.
import {
  type CrosswalkRow,
  checkRelease,
  comparing,
  cutRelease,
  emptyBook,
  emptyLock,
  isIntact,
  memoryHost,
  type ReleaseState,
  readLock,
  readManifest,
  stopsRelease,
  writeLock,
} from "@fmap/compiler"
import { expect, test } from "vitest"
import { rowsOfFiles } from "../../../cli/diff/rows-of-files.ts"
import { planOf } from "./project.ts"

const text = (
  version: string,
): string => `crosswalk CompanyOf(country: text(2)) -> text(20) version ${version}
  from csv "companies.csv" (country: "Country", value: "Company")
  unmapped hold NO_COMPANY "nobody sells to {country}"
`
const today = "2026-11-28"
const first = [
  ["DE", "100"],
  ["FR", "200"],
] as const
const nothing: ReleaseState = {
  lock: emptyLock,
  book: emptyBook,
  changelog: null,
  manifestOf: () => ({ problem: "nothing was released" }),
  manifestHashOf: () => null,
  strays: [],
}

function rows(pairs: readonly (readonly [string, string])[]): readonly CrosswalkRow[] {
  return pairs.map(([key, value]) => ({
    keys: [key],
    from: "0001-01-01",
    until: "9999-12-31",
    value,
    at: null,
  }))
}

function checked(of: string, found: readonly CrosswalkRow[] | null, state = nothing) {
  return checkRelease({
    plan: planOf({
      "main.fmap": of,
      "companies.csv": "Country,Company,Subsidiary\n",
      "regions.csv": "Code,Parent\n",
    }),
    state,
    project: null,
    today,
    compare: comparing({ today, maps: "standard", textOf: () => of, records: null }),
    rowsOf: () => found,
    shown: {
      lock: "lock",
      project: "package.json",
      changelog: "CHANGELOG.md",
      approval: () => "approvals:1:1",
    },
  })
}

function released(of: string, found: readonly CrosswalkRow[] | null): ReleaseState {
  const cut = cutRelease(checked(of, found), nothing, today, null)
  if (cut === null) throw new Error("nothing was cut")
  const lock = readLock(writeLock(cut.lock), "lock")
  if ("problem" in lock) throw new Error(lock.problem)
  const [manifest] = cut.manifests
  return {
    ...nothing,
    lock: lock.lock,
    changelog: cut.changelog,
    manifestOf: () => readManifest(manifest?.text ?? "", "CompanyOf"),
  }
}

const told = (of: string, found: readonly CrosswalkRow[] | null, state: ReleaseState): readonly string[] =>
  checked(of, found, state).changes.map(({ finding: { rule, path }, standing }) =>
    [rule, path, standing].filter(part => part !== "").join(" "),
  )

const state = released(text("1.0.0"), rows(first))

const regions = (version: string): string => `hierarchy Regions(member: text(20)) version ${version}
  levels All, Area, Country
  from csv "regions.csv" (member: "Code", parent: "Parent")
`
function membersOf(lines: readonly string[]): readonly CrosswalkRow[] {
  const csv = `Code,Parent\n${lines.join("\n")}\n`
  const files = new Map([
    ["main.fmap", regions("1.0.0")],
    ["regions.csv", csv],
  ])
  const found = rowsOfFiles(
    planOf({ "main.fmap": regions("1.0.0"), "regions.csv": csv }),
    memoryHost(files),
    "/",
  )("Regions")
  if (found === null) throw new Error("the file cannot be read")
  return found
}

test("of a hierarchy the ancestors of each member are kept, level by level", () => {
  const was = membersOf(["HQ,", "EMEA,HQ", "APAC,HQ", "DE,EMEA"])
  const first = released(regions("1.0.0"), was)
  expect(told(regions("1.0.0"), membersOf(["DE,EMEA", "HQ,", "APAC,HQ", "EMEA,HQ"]), first)).toEqual([])
  // it is in another area now; at the top and for itself it is what it was
  const moved = membersOf(["HQ,", "EMEA,HQ", "APAC,HQ", "DE,APAC"])
  expect(told(regions("1.0.0"), moved, first)).toEqual(["M015 /DE/Area open", "V004 open"])
  expect(
    told(regions("1.1.0"), [...was, ...membersOf(["HQ,", "EMEA,HQ", "FR,EMEA"]).slice(-3)], first),
  ).toEqual(["M017 /FR/Country covered", "M017 /FR/Area covered", "M017 /FR/All covered"])
  expect(told(regions("1.0.0"), membersOf(["HQ,", "EMEA,HQ", "APAC,HQ"]), first)).toEqual([
    "M016 /DE/All open",
    "M016 /DE/Area open",
    "M016 /DE/Country open",
    "V004 open",
  ])
})
test("a manifest keeps the rows, one a line, and its hash holds them", () => {
  const reading = state.manifestOf({ ...state.lock.releases[0] } as never)
  if ("problem" in reading) throw new Error(reading.problem)
  expect(reading.manifest.rows?.rows).toEqual(rows(first))
  expect(isIntact(reading.manifest)).toBe(true)
  const { manifest } = reading
  const other = { ...manifest, rows: { hash: manifest.rows?.hash ?? "", rows: rows([["DE", "999"]]) } }
  expect(isIntact(other)).toBe(false)
})
test("the order of rows says nothing", () => {
  expect(told(text("1.0.0"), rows([first[1], first[0]]), state)).toEqual([])
})
test("a row that is another, gone or new is told by itself, and the number stays as it was released", () => {
  expect(told(text("1.0.0"), rows([["DE", "101"], first[1]]), state)).toEqual(["M015 /DE open", "V004 open"])
  expect(told(text("1.0.0"), rows([first[0]]), state)).toEqual(["M016 /FR open", "V004 open"])
  expect(told(text("1.0.0"), rows([...first, ["IT", "300"]]), state)).toEqual(["M017 /IT open", "V004 open"])
})
test("a new row is a minor version, another answer a major one", () => {
  expect(told(text("1.1.0"), rows([...first, ["IT", "300"]]), state)).toEqual(["M017 /IT covered"])
  expect(told(text("1.1.0"), rows([["DE", "101"], first[1]]), state)).toEqual(["M015 /DE open", "V001 open"])
  const major = checked(text("2.0.0"), rows([["DE", "101"], first[1]]), state)
  expect(major.changes.filter(stopsRelease)).toEqual([])
})
test("a file that is supplied when the map runs is told by its version", () => {
  expect(told(text("1.0.0"), null, state)).toEqual([])
  const without = released(text("1.0.0"), null)
  expect(without.lock.releases[0]?.rows).toBeUndefined()
  expect(told(text("1.0.0"), rows(first), without)).toEqual([])
  // its rows may be others whenever it runs: only another way to find them is a change
  expect(told(text("1.0.0").replace('"Company"', '"Subsidiary"'), null, without)).toEqual([
    "M023 open",
    "V004 open",
  ])
})
test("very many rows are known by their hash alone", () => {
  const many = rows(Array.from({ length: 50_001 }, (_, i) => [`${i}`, "1"] as const))
  const big = released(text("1.0.0"), many)
  const reading = big.manifestOf({ ...big.lock.releases[0] } as never)
  if ("problem" in reading) throw new Error(reading.problem)
  expect([reading.manifest.rows?.rows, isIntact(reading.manifest)]).toEqual([null, true])
  expect(told(text("1.0.0"), many, big)).toEqual([])
  expect(told(text("1.0.0"), many.slice(1), big)).toEqual(["V004 open"])
  expect(told(text("1.1.0"), many.slice(1), big)).toEqual(["M030 covered"])
})
