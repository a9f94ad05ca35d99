// Policies between two releases: what they ask for less is told rule by rule, a policy that changed has a version of its own, and what asks for more is nothing to tell.
import { cutRelease, readLock, writeLock } from "@fmap/compiler"
import { expect, test } from "vitest"
import { checked, released, today } from "./releases.ts"

const policy = `policy Finance version 2.0.0 {
  use bundle regulated
  every active contract of Erp has owner, docs
  every map is named re"^[A-Z].*$"
  pii reaches only systems cleared for pii
  pii stays in EU, CH
}
`
const rest = `system Erp { kind erp  residency EU  cleared for pii, confidential }
contract Order of Erp version 1.0.0 owner "finance-systems" {
  id : text(18)  key
}
`
const state = released(policy + rest)

const told = (now: string, before = state): readonly string[] =>
  checked(now + rest, before)
    .changes.filter(
      ({ finding: { rule, subject } }) => rule === "V008" || (rule === "V004" && subject === "Finance"),
    )
    .map(({ finding: { rule, message } }) => `${rule} ${message}`)

const replaced = (from: string, to: string, version = "2.1.0"): string => {
  expect(policy).toContain(from)
  return policy.replace(from, to).replace("2.0.0", version)
}

test("the same rules, in another order and place, are nothing to tell", () => {
  expect(told(policy)).toEqual([])
  const lines = policy.split("\n")
  expect(told([lines[0], ...lines.slice(1, 6).toReversed(), "", ...lines.slice(6)].join("\n"))).toEqual([])
})

test.each<readonly [what: string, now: string, expected: readonly (string | RegExp)[]]>([
  [
    "a rule that is no error any more",
    replaced("  use bundle regulated\n", "  use bundle standard\n"),
    [/^V008 G\d{3} was an error when a release was cut last, and is a warning now\.$/u],
  ],
  [
    "something that is no longer asked for",
    replaced("has owner, docs", "has owner"),
    [/^V008 A policy no longer asks for what G\d{3} wants of every active contract\.$/u],
  ],
  [
    "names that are no longer asked for",
    replaced('  every map is named re"^[A-Z].*$"\n', ""),
    [/^V008 A policy no longer asks for names like .* of every map\.$/u],
  ],
  [
    "data that may be in more places",
    replaced("EU, CH", "EU, CH, US"),
    ["V008 Data that is pii had to stay in CH, EU when a release was cut last, and may be elsewhere now."],
  ],
])("%s", (_, now, expected) => {
  const found = told(now)
  for (const one of expected)
    expect(found).toContainEqual(typeof one === "string" ? one : expect.stringMatching(one))
  for (const one of found) expect(one).toMatch(/^V008 /u)
})

test.each([
  ["data that may be in fewer places", replaced("EU, CH", "EU")],
  ["a rule more", replaced("}\n", "  every contract has owner\n}\n")],
])("%s is nothing to tell", (_, now) => {
  expect(told(now)).toEqual([])
})

test("no policy at all is less than one", () => {
  expect(told("").length).toBeGreaterThan(10)
  expect(told("").every(one => one.startsWith("V008 "))).toBe(true)
})

test("under the same version even a stricter policy is another one", () => {
  expect(told(replaced("EU, CH", "EU", "2.0.0"))).toEqual([
    "V004 The policy Finance says something else than it did when a release was cut last, and still has version 2.0.0.",
  ])
})

test("a lock of before policies were kept tells nothing", () => {
  const { held: _, ...lock } = state.lock
  expect(told("", { ...state, lock })).toEqual([])
})

test("the lock brings back what policies asked for", () => {
  const read = readLock(writeLock(state.lock), "fmap.lock.json")
  expect(read).toEqual({ lock: expect.objectContaining({ held: state.lock.held }) })
  expect(state.lock.held?.policies).toEqual([
    { name: "Finance", version: "2.0.0", content: expect.stringMatching(/^[0-9a-f]{64}$/u) },
  ])
})

test.each([
  ['"asked": [', '"asked": [ "x",', "is no lock of releases"],
  ['"version":"2.0.0"', '"version":"2"', "is no lock of releases"],
])("a lock with %s changed to %s is refused", (from, to, problem) => {
  const text = writeLock(state.lock)
  expect(text).toContain(from)
  expect(readLock(text.replace(from, to), "fmap.lock.json")).toEqual({
    problem: expect.stringContaining(problem),
  })
})

test("what two people agreed to goes into the lock with the next cut, and is told no more", () => {
  const now = replaced("EU, CH", "EU, CH, US")
  const changed = `${now}${rest.replace("1.0.0", "1.1.0").replace("key\n", "key\n  note? : text(9)\n")}`
  const fingerprints = checked(changed, state)
    .changes.filter(({ finding }) => finding.rule === "V008")
    .map(({ finding }) => finding.fingerprint)
  expect(fingerprints).toHaveLength(1)
  const approvals = fingerprints.map(fingerprint => ({
    fingerprint,
    rule: "V008",
    subject: "Finance",
    reason: "the US subsidiary keeps its own customers",
    approvedBy: ["mara", "jo"],
    expires: "2027-03-31",
  }))
  const agreed = { ...state, book: { ...state.book, approvers: ["mara", "jo"], approvals } }
  const cut = cutRelease(checked(changed, agreed), agreed, today, null)
  expect(cut?.book.approvals).toEqual([])
  expect(cut?.lock.agreed?.map(one => one.fingerprint)).toEqual(fingerprints)
  expect(cut?.lock.held?.regions).toEqual([{ label: "pii", regions: ["CH", "EU", "US"] }])
})
