// What is allowed against policies, between two releases and in `diff`: whatever lets more through is told as a warning, whatever lets less through or has ended as information, and what stands as it stood
// is told nowhere.
import { compareGovernance, cutRelease, readLock, writeLock } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { planOf } from "./project.ts"
import { checked, released, today } from "./releases.ts"

const first = '  allow G026 at name because "Legal decides in May" until 2027-05-31 by "Jane Roe"\n'
const second = '  allow G055 because "the vendor is slow" until 2027-03-31 by "Jane Roe", "Al Poe"\n'
const project = (
  contract: string,
  more: { readonly system?: string; readonly map?: string; readonly version?: string } = {},
) =>
  `system Crm {\n  kind crm\n  owner "Sales"\n${more.system ?? ""}}\ncontract Deal of Crm version ${more.version ?? "1.0.0"}\n  owner "Sales"\n  lifecycle active\n${contract}{\n  id   : text(18)  key\n  name : text(80)  pii\n}\nmap Copy version 1.0.0\n  from deal: Deal\n  to copy: Deal\n${more.map ?? ""}{\n  id   = deal.id\n  name = deal.name\n}\n`

interface Row {
  readonly name: string
  readonly old: string
  readonly now: string
  readonly told: readonly string[]
}

const rows: readonly Row[] = [
  { name: "the same, in another order", old: first + second, now: second + first, told: [] },
  {
    name: "a new one",
    old: "",
    now: first,
    told: [
      "warning G026 of the contract Deal at name is allowed now until 2027-05-31, by Jane Roe: Legal decides in May.",
    ],
  },
  {
    name: "one that is gone",
    old: first,
    now: "",
    told: ["information G026 of the contract Deal at name is no longer allowed; it was until 2027-05-31."],
  },
  {
    name: "a later day",
    old: first,
    now: first.replace("2027-05-31", "2027-06-30"),
    told: [
      "warning G026 of the contract Deal at name is allowed until 2027-06-30, and was until 2027-05-31.",
    ],
  },
  {
    name: "an earlier day",
    old: first,
    now: first.replace("2027-05-31", "2027-04-30"),
    told: [
      "information G026 of the contract Deal at name is allowed until 2027-04-30, and was until 2027-05-31.",
    ],
  },
  {
    name: "all of it",
    old: first,
    now: first.replace(" at name", ""),
    told: ["warning G026 of the contract Deal is allowed for all of it, and was for name."],
  },
  {
    name: "less of it",
    old: first.replace(" at name", ""),
    now: first,
    told: ["information G026 of the contract Deal at name is allowed for name, and was for all of it."],
  },
  {
    name: "another field",
    old: first,
    now: first.replace("at name", "at id"),
    told: ["warning G026 of the contract Deal at id is allowed for id, and was for name."],
  },
  {
    name: "other people, another reason",
    old: first,
    now: first.replace("Jane Roe", "Al Poe").replace("May", "June"),
    told: [
      'warning G026 of the contract Deal at name is allowed by Al Poe, and was by Jane Roe; because "Legal decides in June", and was because "Legal decides in May".',
    ],
  },
  {
    name: "an earlier day for more",
    old: first,
    now: first.replace(" at name", "").replace("2027-05-31", "2027-04-30"),
    told: [
      "warning G026 of the contract Deal is allowed until 2027-04-30, and was until 2027-05-31; for all of it, and was for name.",
    ],
  },
  {
    name: "one more of the same rule",
    old: first,
    now: first + first.replace("at name", "at id"),
    told: [
      "warning G026 of the contract Deal at id is allowed now until 2027-05-31, by Jane Roe: Legal decides in May.",
    ],
  },
]

const ofDiff = (old: string, now: string) =>
  compareGovernance(planOf({ "main.fmap": old }), planOf({ "main.fmap": now }), { today, mode: "standard" })
    .filter(({ rule }) => rule === "L013")
    .map(({ severity, message }) => `${severity} ${message}`)
const ofRelease = (now: string, before: ReturnType<typeof released>) =>
  checked(now, before)
    .changes.filter(({ finding }) => finding.rule === "L013")
    .map(({ finding: { severity, message } }) => `${severity} ${message}`)

describe.each(rows)("$name", ({ old, now, told }) => {
  test("in a comparison", () => expect(ofDiff(project(old), project(now))).toEqual(told))
  test("in a release, under a version of its own", () =>
    expect(ofRelease(project(now, { version: "1.0.1" }), released(project(old)))).toEqual(told))
})

test.each([
  ["system", { system: first }, "G026 of the system Crm at name is allowed now"],
  ["map", { map: second }, "G055 of the map Copy is allowed now until 2027-03-31, by Jane Roe, Al Poe: "],
] as const)("of a %s", (_, more, words) => {
  const found = ofRelease(project("", more), released(project("")))
  expect(found).toEqual([expect.stringContaining(words)])
})

test("a day that has passed is told in a release, until the allowance is taken out", () => {
  const ended = project(first.replace("2027-05-31", "2026-11-27"))
  const before = released(ended)
  expect(ofRelease(ended, before)).toEqual([
    "information G026 of the contract Deal at name was allowed until 2026-11-27: that day has passed, and its findings count again.",
  ])
  expect(
    ofRelease(
      project(first.replace("2027-05-31", today)),
      released(project(first.replace("2027-05-31", today))),
    ),
  ).toEqual([])
  expect(ofDiff(ended, ended)).toEqual([])
})

test("nothing of it stops a release, the next cut keeps it, and then it is told no more", () => {
  const before = released(project(""))
  const now = project(first, { version: "1.0.1" })
  const check = checked(now, before)
  expect(check.changes.map(({ finding, standing }) => `${finding.rule} ${standing}`)).toContain("L013 open")
  const lock = cutRelease(check, before, today, null)?.lock
  expect(lock?.allowed).toEqual([
    {
      kind: "contract",
      subject: "Deal",
      rule: "G026",
      path: "name",
      because: "Legal decides in May",
      until: "2027-05-31",
      by: ["Jane Roe"],
    },
  ])
  if (lock === undefined) return
  expect(readLock(writeLock(lock), "fmap.lock.json")).toEqual({
    lock: expect.objectContaining({ allowed: lock.allowed }),
  })
  expect(ofRelease(now, released(now, before))).toEqual([])
})

test("a lock of before it was kept tells nothing", () => {
  const state = released(project(""))
  const { held: _, ...lock } = state.lock
  expect(ofRelease(project(first), { ...state, lock })).toEqual([])
})
