// Flows are released: what their hash is of, what a manifest keeps, and what a check says of a change.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import {
  isIntact,
  type Manifest,
  manifestsOf,
  readManifest,
  releaseSubjects,
  stopsRelease,
  writeManifest,
} from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { planOf } from "./project.ts"
import { checked, released } from "./releases.ts"

const folder = join(import.meta.dirname, "../../../specs/conformance/flow-diff")
const read = (path: string): string => readFileSync(join(folder, path), "utf8")
const text = `${read("F010-the-seller-is-told-nothing/old.fmap")}\n${read("landscape.fmap")}`

function edited(...edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((now, [from, to]) => {
    expect(now).toContain(from)
    return now.replaceAll(from, to)
  }, text)
}

function manifestOfFlow(of: string): Manifest {
  const plan = planOf({ "main.fmap": of })
  const subject = releaseSubjects(plan).find(({ kind }) => kind === "flow")
  if (subject === undefined) throw new Error("no flow")
  return manifestsOf(plan, () => of)(subject)
}

const before = manifestOfFlow(text)

describe("the hash of a flow", () => {
  test.each<readonly [string, string]>([
    ["comments and documentation", `// Ours.\n/// Books orders.\n${text}`],
    ["an owner", edited(['"Integration Operations"', '"Finance Systems"'])],
    ["the name of a local", edited(["let number", "let erp"], ["(deal, number)", "(deal, erp)"])],
    ["the version itself", edited(["flow DealToOrder version 1.0.0", "flow DealToOrder version 1.2.0"])],
    [
      "steps that do not wait for each other, in another order",
      edited(
        [
          '  account  = read Crm.Account by deal.accountId else hold NO_ACCOUNT "no account {deal.accountId}"\n',
          "",
        ],
        [
          "  publish Booked",
          '  account  = read Crm.Account by deal.accountId else hold NO_ACCOUNT "no account {deal.accountId}"\n  publish Booked',
        ],
      ),
    ],
    [
      "a minor version of a contract it writes",
      edited(["contract Order of Erp version 1.0.0", "contract Order of Erp version 1.1.0"]),
    ],
  ])("is not of %s", (_, now) => {
    expect(now).not.toBe(text)
    expect(manifestOfFlow(now).content).toBe(before.content)
  })

  test.each<readonly [string, string]>([
    [
      "the name of a step, which is in the keys of its effects",
      edited(["sent     = send", "receipt  = send"], ["sent.number", "receipt.number"]),
    ],
    [
      "a code",
      edited(["else hold NO_ACCOUNT", "else hold NO_SELLER"], ["on hold NO_ACCOUNT", "on hold NO_SELLER"]),
    ],
    ["a condition", edited(["deal.total > 0", "deal.total > 1"])],
    ["a route", edited(["lane park", "lane block"])],
    ["a service level", edited(["99.5%", "99.9%"])],
    ["the version of a map it calls", edited(["map ToOrder version 1.0.0", "map ToOrder version 1.0.1"])],
    [
      "the major version of an event it publishes",
      edited(["contract OrderWasBooked version 1.0.0", "contract OrderWasBooked version 2.0.0"]),
    ],
  ])("is of %s", (_, now) => {
    expect(manifestOfFlow(now).content).not.toBe(before.content)
  })
})

describe("the manifest of a flow", () => {
  test("is read as it was written, with its questions and the lines it stood in, and nothing of maps", () => {
    const reading = readManifest(writeManifest(before), "DealToOrder@1.0.0.json")
    if ("problem" in reading) throw new Error(reading.problem)
    const { manifest } = reading
    expect(isIntact(manifest)).toBe(true)
    expect(manifest).toEqual(before)
    expect(manifest.plan.questions?.map(({ name }) => name)).toContain("DealToOrder.when")
    expect(manifest.source?.lines[0]).toBe("flow DealToOrder version 1.0.0")
    expect(manifest.plan.maps).toEqual([])
  })
  test("no other manifest holds a flow", () => {
    const plan = planOf({ "main.fmap": text })
    const others = releaseSubjects(plan).filter(({ kind }) => kind !== "flow")
    expect(others.length).toBeGreaterThan(10)
    for (const subject of others) {
      const { plan: part } = manifestsOf(plan)(subject)
      expect([part.flows, part.questions], subject.name).toEqual([undefined, undefined])
    }
  })
})

describe("a check of a flow", () => {
  const state = released(text)
  const told = (now: string, since = state): readonly string[] =>
    checked(now, since)
      .changes.filter(({ finding }) => finding.subject === "DealToOrder")
      .map(({ finding: { rule, path }, standing }) => `${rule} ${path} ${standing}`.replace("  ", " "))
  const flow = (version: string) =>
    ["flow DealToOrder version 1.0.0", `flow DealToOrder version ${version}`] as const

  test("says that what was released under a number stays as it was", () => {
    expect(told(edited(["by deal.accountId else", "by deal.id else"]))).toEqual([
      "F016 /account/id open",
      "V004 open",
    ])
    expect(told(edited(["sent     = send", "receipt  = send"], ["sent.number", "receipt.number"]))).toEqual([
      "F001 open",
      "V004 open",
    ])
  })
  test("asks for a patch of what is the same, and for a major version of what breaks", () => {
    const anew = [
      ["sent     = send", "receipt  = send"],
      ["sent.number", "receipt.number"],
    ] as const
    expect(told(edited(...anew, flow("1.0.1")))).toEqual(["F001 covered"])
    const other = ["by deal.accountId else", "by deal.id else"] as const
    expect(told(edited(other, flow("1.1.0")))).toEqual(["F016 /account/id open", "V001 open"])
    expect(told(edited(other, flow("2.0.0")))).toEqual(["F016 /account/id covered"])
  })
  test("lets nothing locked go by a number alone", () => {
    const twice = edited(["in Erp.Customer", "in Erp.Customer by crmId"], flow("2.0.0"))
    expect(told(twice)).toEqual(["F012 /customer/key open"])
  })
  test("asks for a new number of a flow whose map has one", () => {
    const map = edited(["map ToOrder version 1.0.0", "map ToOrder version 1.0.1"])
    expect(told(map)).toEqual(["F032 /sent/version open", "V004 open"])
    expect(told(map.replace(...flow("1.0.1")))).toEqual(["F032 /sent/version covered"])
  })
  test("tells of service levels and owners, as of contracts", () => {
    const slower = edited(
      ["99.5% within 15min", "99% within 15min"],
      ['  owner "Integration Operations"\n', ""],
      flow("2.0.0"),
    )
    expect(told(slower)).toEqual(["L008 covered", "L009 covered"])
    const faster = edited(["99.5% within 15min", "99.5% within 5min"], flow("1.1.0"))
    expect(told(faster)).toEqual(["L009 covered"])
    expect(checked(faster, state).changes.filter(stopsRelease)).toEqual([])
  })
  test("says that a flow which is gone was supported", () => {
    const gone = text.replace(/^flow DealToOrder.*?^\}\n/msu, "")
    expect(told(gone)).toEqual(["V003 open"])
  })
})
