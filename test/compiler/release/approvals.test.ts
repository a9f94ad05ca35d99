// Who may agree to what, as a table: one change to a thing in the entry, and what is said of it.
import { type Approval, judgeApprovals } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { finding } from "./findings.ts"

const plain = finding({ rule: "V001", severity: "error", bump: "none" })
const locked = finding({ rule: "V004", severity: "error", bump: "none" })
const approvers = ["Ana", "Ben"]
const good: Approval = {
  fingerprint: plain.fingerprint,
  rule: "V001",
  subject: "Order",
  reason: "nobody reads it yet",
  approvedBy: ["Ana"],
  expires: "2026-11-30",
}
const two: Approval = { ...good, fingerprint: locked.fingerprint, rule: "V004", approvedBy: ["Ana", "Ben"] }

const cases: readonly (readonly [string, Approval, string | null])[] = [
  ["one person, an open rule", good, null],
  ["on its last day", { ...good, expires: "2026-11-28" }, null],
  ["a day later", { ...good, expires: "2026-11-27" }, "it held until 2026-11-27"],
  ["somebody else", { ...good, approvedBy: ["Eve"] }, "Eve is not among the approvers"],
  [
    "one approver and somebody else",
    { ...good, approvedBy: ["Ana", "Eve"] },
    "Eve is not among the approvers",
  ],
  ["nobody", { ...good, approvedBy: [] }, "nobody approved it"],
  ["a change that is not there", { ...good, fingerprint: "0000" }, "no change has this fingerprint"],
  ["another rule", { ...good, rule: "S001" }, "the change with this fingerprint is V001 of Order"],
  ["another subject", { ...good, subject: "Invoice" }, "the change with this fingerprint is V001 of Order"],
  ["two people, a locked rule", two, null],
  ["one person, a locked rule", { ...two, approvedBy: ["Ana"] }, "V004 is locked and needs two people"],
  ["one person twice", { ...two, approvedBy: ["Ana", "Ana"] }, "V004 is locked and needs two people"],
]

describe("an approval", () => {
  test.each(cases)("of %s", (_words, approval, problem) => {
    const judged = judgeApprovals({ approvers, approvals: [approval] }, [plain, locked], "2026-11-28")
    expect([...judged.holding.keys()]).toEqual(problem === null ? [approval.fingerprint] : [])
    expect(judged.findings.map(one => [one.rule, one.severity])).toEqual(
      problem === null ? [] : [["V006", "error"]],
    )
    if (problem !== null) expect(judged.findings[0]?.message).toContain(`does not hold: ${problem}.`)
  })
  test("of the same change twice is one too many", () => {
    const judged = judgeApprovals({ approvers, approvals: [good, good] }, [plain], "2026-11-28")
    expect(judged.holding.size).toBe(1)
    expect(judged.findings.map(one => one.rule)).toEqual(["V006"])
  })
})
