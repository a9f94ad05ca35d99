// What one change makes of the others: the rules about labels, reads and layers are asked of all contracts, maps and flows of a release together.
import { cutRelease } from "@fmap/compiler"
import { expect, test } from "vitest"
import { checked, released, today } from "./releases.ts"

const text = `policy Privacy version 1.0.0 {
  use bundle standard
  pii reaches only systems cleared for pii
}
system Crm { kind crm  platform salesforce  cleared for pii }
system Hub { kind canonical }
system Mailer { kind marketing  platform http }

contract Account of Crm version 1.0.0 reads {
  id   : text(18)  key
  name : text(80)
  size : int
}
contract Party of Hub version 1.0.0 {
  id   : text(18)  key
  name : text(80)
}
contract Letter of Mailer version 1.0.0 writes {
  id  : text(18)  key
  for : text(80)
}

map ToParty version 1.0.0 from account: Account to party: Party {
  id   = account.id
  name = account.name
}
map ToLetter version 1.0.0 from party: Party to letter: Letter {
  id  = party.id
  for = party.name
}
map ToSize version 1.0.0 from account: Account to size: Size {
  id   = account.id
  size = account.size
  ignore account.name because "a size has no name"
}
contract Size of Hub version 1.0.0 { id: text(18)  key, size: int }
`
const state = released(text)

const told = (now: string): readonly string[] =>
  checked(now, state)
    .changes.filter(({ finding }) => finding.rule.startsWith("L"))
    .map(({ finding: { rule, subject, path }, standing }) => `${rule} ${subject} ${path} ${standing}`)

test("a label that one contract takes on is told of maps that did not change, over as many as there are", () => {
  const labelled = text
    .replace("  name : text(80)\n  size", "  name : text(80)  pii\n  size")
    .replace("contract Account of Crm version 1.0.0", "contract Account of Crm version 1.1.0")
  expect(labelled).not.toBe(text)
  expect(told(labelled)).toEqual([
    "L001 Account /name open",
    // it reaches a system that is not cleared, and the label is lost there
    "L002 ToLetter /for open",
    "L002 ToParty /name open",
    "L002 ToLetter /for open",
  ])
})
test("a field that the last map left is told of its contract, which did not change", () => {
  const less = text
    .replace("  size = account.size\n", '  size = 0\n  ignore account.size because "nobody asks"\n')
    .replace("map ToSize version 1.0.0", "map ToSize version 2.0.0")
  expect(told(less)).toEqual(["L006 Account /size open"])
})
test("a map that is new is judged by what there was before", () => {
  const more = text.replace("  name : text(80)\n  size", "  name : text(80)  pii\n  size")
  const first = released(more.replace(/^map .*?^\}\n/gmsu, ""))
  const found = checked(more, first).changes.filter(({ finding }) => finding.rule === "L002")
  expect(found.map(({ finding: { subject } }) => subject).toSorted()).toEqual([
    "ToLetter",
    "ToLetter",
    "ToParty",
  ])
  expect(checked(more, released(more)).changes).toEqual([])
})
test("what a change of a crosswalk or a rewriting makes is nothing", () => {
  const anew = text
    .replaceAll("party: Party {", "made: Party {")
    .replace("map ToParty version 1.0.0", "map ToParty version 1.0.1")
  expect(anew).not.toBe(text)
  expect(told(anew)).toEqual([])
})

const labelled = text
  .replace("  name : text(80)\n  size", "  name : text(80)  pii\n  size")
  .replace(
    "system Mailer { kind marketing  platform http }",
    "system Mailer { kind marketing  platform http  residency EU  cleared for pii }",
  )
  .replace("system Crm { kind crm", "system Crm { kind crm  residency EU")

test.each([
  [
    "moves to another region",
    "residency EU  cleared for pii }",
    "residency US  cleared for pii }",
    "L004 ToLetter /for open",
  ],
  ["is cleared no more", "residency EU  cleared for pii }", "residency EU }", "L002 ToLetter /for open"],
])(
  "a system that %s is told of what goes there, though nothing that is released changed",
  (_words, was, is, wanted) => {
    const moved = labelled.replace(was, is)
    expect(moved).not.toBe(labelled)
    expect(told(labelled).length).toBeGreaterThan(0)
    const state = released(labelled)
    expect(checked(labelled, state).changes).toEqual([])
    expect(
      checked(moved, state).changes.map(
        ({ finding: { rule, subject, path }, standing }) => `${rule} ${subject} ${path} ${standing}`,
      ),
    ).toEqual([wanted])
  },
)

test("what people agreed to of a map that is not cut goes with the cut, and is not asked for again", () => {
  const state = released(labelled)
  const moved = labelled.replace("residency EU  cleared for pii }", "residency US  cleared for pii }")
  const later = moved
    .replace(
      "contract Size of Hub version 1.0.0 { id: text(18)  key, size: int }",
      "contract Size of Hub version 1.1.0 { id: text(18)  key, size: int, more?: text(1) }",
    )
    .replace(
      "map ToSize version 1.0.0 from account: Account to size: Size {",
      'map ToSize version 1.0.0 from account: Account to size: Size {\n  leave more because "-"',
    )
  const [open] = checked(later, state).changes.filter(({ finding }) => finding.rule === "L004")
  const approval = {
    fingerprint: open?.finding.fingerprint ?? "",
    rule: "L004",
    subject: "ToLetter",
    reason: "a new centre",
    approvedBy: ["Ana", "Ben"],
    expires: today,
  }
  const agreed = { ...state, book: { approvers: ["Ana", "Ben"], approvals: [approval] } }
  const cut = cutRelease(checked(later, agreed), agreed, today, null)
  expect(cut?.lock.agreed).toEqual([approval])
  expect(cut?.book.approvals).toEqual([])
  expect(cut?.lock.systems?.find(({ name }) => name === "Mailer")).toEqual({
    name: "Mailer",
    kind: "marketing",
    residency: "US",
    cleared: ["pii"],
  })
})
