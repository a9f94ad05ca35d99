// Which version a change deserves, as a table: what was found, the step of the version, and what is said about it.
import {
  type Approval,
  type Bump,
  type ChangeFinding,
  judge,
  stopsRelease,
  withStanding,
} from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { finding } from "./findings.ts"

const breaking = finding({ rule: "S005", severity: "error", bump: "major" })
const adding = finding({
  rule: "S001",
  severity: "information",
  bump: "minor",
  path: "/note",
  message: `"note" is new.`,
})
const refactored = finding({ rule: "M001", severity: "information", bump: "patch", message: "Same result." })
const risky = finding({ rule: "M020", severity: "warning", bump: "major", message: "Another constant." })

interface Row {
  readonly when: string
  readonly findings: readonly ChangeFinding[]
  readonly step: readonly [before: string | null, now: string]
  readonly altered?: boolean
  readonly released?: boolean
  readonly approved?: readonly ChangeFinding[]
  readonly required: Bump
  readonly says: readonly string[]
  readonly wanted: string | null
}

const rows: readonly Row[] = [
  {
    when: "nothing changed",
    findings: [],
    step: ["1.2.0", "1.2.0"],
    required: "none",
    says: [],
    wanted: null,
  },
  { when: "it is new", findings: [], step: [null, "1.0.0"], required: "none", says: [], wanted: null },
  {
    when: "a break in a patch",
    findings: [breaking, adding],
    step: ["1.2.0", "1.2.1"],
    required: "major",
    says: ["V001"],
    wanted: "2.0.0",
  },
  {
    when: "a break in a major",
    findings: [breaking, adding],
    step: ["1.2.0", "2.0.0"],
    required: "major",
    says: [],
    wanted: "2.0.0",
  },
  {
    when: "a break below 1.0.0 in a minor",
    findings: [breaking],
    step: ["0.2.0", "0.3.0"],
    required: "major",
    says: [],
    wanted: "0.3.0",
  },
  {
    when: "a break below 1.0.0 in a patch",
    findings: [breaking],
    step: ["0.2.0", "0.2.1"],
    required: "major",
    says: ["V001"],
    wanted: "0.3.0",
  },
  {
    when: "an addition below 1.0.0 in a patch",
    findings: [adding],
    step: ["0.2.0", "0.2.1"],
    required: "minor",
    says: [],
    wanted: "0.2.1",
  },
  {
    when: "more than it deserves",
    findings: [adding],
    step: ["1.2.0", "3.0.0"],
    required: "minor",
    says: [],
    wanted: "1.3.0",
  },
  {
    when: "an addition and no step, released",
    findings: [adding],
    step: ["1.2.0", "1.2.0"],
    released: true,
    required: "minor",
    says: ["V004"],
    wanted: "1.3.0",
  },
  {
    when: "an addition and no step, between commits",
    findings: [adding],
    step: ["1.2.0", "1.2.0"],
    required: "minor",
    says: ["V002"],
    wanted: "1.3.0",
  },
  {
    when: "a step down",
    findings: [],
    step: ["1.2.0", "1.1.9"],
    required: "none",
    says: ["V002"],
    wanted: null,
  },
  {
    when: "another content nobody can name",
    findings: [],
    altered: true,
    released: true,
    step: ["1.2.0", "1.2.0"],
    required: "patch",
    says: ["V004"],
    wanted: "1.2.1",
  },
  {
    when: "a refactoring in a patch",
    findings: [refactored],
    altered: true,
    step: ["1.2.0", "1.2.1"],
    required: "patch",
    says: [],
    wanted: "1.2.1",
  },
  {
    when: "a warning asks for what its rule says",
    findings: [risky],
    step: ["1.2.0", "1.3.0"],
    required: "major",
    says: ["V001"],
    wanted: "2.0.0",
  },
  {
    when: "and for a minor when it is approved",
    findings: [risky],
    approved: [risky],
    step: ["1.2.0", "1.3.0"],
    required: "minor",
    says: [],
    wanted: "1.3.0",
  },
  {
    when: "an approved break is a minor",
    findings: [breaking],
    approved: [breaking],
    step: ["1.2.0", "1.3.0"],
    required: "minor",
    says: [],
    wanted: "1.3.0",
  },
  {
    when: "an approval raises nothing",
    findings: [refactored],
    approved: [refactored],
    step: ["1.2.0", "1.2.1"],
    required: "patch",
    says: [],
    wanted: "1.2.1",
  },
]

describe("a verdict", () => {
  test.each(rows)("$when", row => {
    const [before, now] = row.step
    const { verdict, findings } = judge(
      {
        kind: "contract",
        name: "Order",
        at: "contracts/order.fmap:3:1",
        before,
        now,
        released: row.released ?? false,
        least: (row.altered ?? false) ? { bump: "patch", because: "its content is another" } : null,
        findings: row.findings,
      },
      approvals(row.approved ?? []),
    )
    expect(verdict.required).toBe(row.required)
    expect(verdict.wanted).toBe(row.wanted)
    expect(findings.map(one => one.rule)).toEqual(row.says)
    expect(verdict.enough).toBe(row.says.length === 0)
    const asking = row.findings.filter(one => one.bump === row.required || (row.approved ?? []).includes(one))
    if (row.required !== "none")
      expect(verdict.reasons.map(({ rule }) => rule)).toEqual(asking.map(one => one.rule))
  })
})

test("the message names the number and the reason", () => {
  const { findings } = judge(
    {
      kind: "contract",
      name: "Order",
      at: null,
      before: "1.2.0",
      now: "1.2.1",
      released: false,
      least: null,
      findings: [adding, breaking],
    },
    new Map(),
  )
  expect(findings[0]).toMatchObject({
    message: `Order goes from version 1.2.0 to 1.2.1, but the change deserves 2.0.0: "total" is gone (S005).`,
    fix: "Say version 2.0.0.",
  })
})

describe("standing", () => {
  const judged = (
    now: string,
    findings: readonly ChangeFinding[],
    approved: readonly ChangeFinding[] = [],
  ) => {
    const holding = approvals(approved)
    const { verdict } = judge(
      {
        kind: "contract",
        name: "Order",
        at: null,
        before: "1.2.0",
        now,
        released: false,
        least: null,
        findings,
      },
      holding,
    )
    return withStanding(findings, verdict.enough, holding)
  }
  test("a version that is high enough speaks for a break", () =>
    expect(judged("2.0.0", [breaking]).map(one => [one.standing, stopsRelease(one)])).toEqual([
      ["covered", false],
    ]))
  test("one that is not leaves it open", () =>
    expect(judged("1.3.0", [breaking]).map(one => [one.standing, stopsRelease(one)])).toEqual([
      ["open", true],
    ]))
  test("what no version can say stays open", () => {
    const leak = finding({ rule: "L002", severity: "error", bump: "none" })
    expect(judged("2.0.0", [leak]).map(stopsRelease)).toEqual([true])
  })
  test("an approved one does not stop", () =>
    expect(judged("1.3.0", [breaking], [breaking])[0]).toMatchObject({
      standing: "approved",
      approval: { approvedBy: ["Ana"] },
    }))
  test("a warning never stops", () => expect(judged("1.2.1", [risky]).map(stopsRelease)).toEqual([false]))
  test("a locked rule stops whatever the number is, until people agree", () => {
    const edited = finding({ rule: "V004", severity: "error", bump: "major" })
    expect(judged("2.0.0", [edited]).map(stopsRelease)).toEqual([true])
    expect(judged("2.0.0", [edited], [edited]).map(stopsRelease)).toEqual([false])
  })
})

test("an approval of a locked rule does not lower the number", () => {
  const locked = finding({ rule: "V002", severity: "error", bump: "major" })
  const { verdict } = judge(
    {
      kind: "map",
      name: "Order",
      at: null,
      before: "1.2.0",
      now: "1.3.0",
      released: false,
      least: null,
      findings: [locked],
    },
    approvals([locked]),
  )
  expect(verdict).toMatchObject({ required: "major", enough: false })
})

function approvals(findings: readonly ChangeFinding[]): ReadonlyMap<string, Approval> {
  return new Map(
    findings.map(({ fingerprint, rule, subject }) => [
      fingerprint,
      { fingerprint, rule, subject, reason: "agreed", approvedBy: ["Ana"], expires: "2026-12-31" },
    ]),
  )
}
