// A project over several releases, with a comparison made by hand: what may be released, what may not, and what a cut writes down.
import {
  type Approval,
  type ChangeFinding,
  type Compare,
  checkRelease,
  cutRelease,
  emptyBook,
  emptyLock,
  manifestHash,
  manifestPath,
  type ReleaseCheck,
  type ReleaseState,
  readLock,
  readManifest,
  stopsRelease,
  writeLock,
} from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { finding } from "./findings.ts"
import { planOf, shop } from "./project.ts"

const places = {
  lock: "releases/fmap.lock.json",
  project: "package.json",
  changelog: "CHANGELOG.md",
  approval: (fingerprint: string) => `releases/approvals.json:${fingerprint.length}:1`,
}
const nothing: ReleaseState = {
  lock: emptyLock,
  book: emptyBook,
  changelog: null,
  manifestOf: () => ({ problem: "a.json is missing." }),
  manifestHashOf: () => null,
  strays: [],
}
/** Fields that are gone break, fields that are new do not: enough to try verdicts with. */
const compare: Compare = (before, after) => {
  const fieldsOf = ({ plan, id }: typeof before) =>
    new Set(plan.shapes.find(shape => shape.id === id)?.fields.map(({ name }) => name))
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const subject = before.plan.shapes.find(shape => shape.id === before.id)?.name ?? before.id
  const found = (rule: string, bump: "major" | "minor", name: string, words: string): ChangeFinding =>
    finding({
      rule,
      bump,
      severity: bump === "major" ? "error" : "information",
      subject,
      path: `/${name}`,
      message: `"${name}" ${words}.`,
    })
  return [
    ...[...old].filter(name => !now.has(name)).map(name => found("S005", "major", name, "is gone")),
    ...[...now].filter(name => !old.has(name)).map(name => found("S001", "minor", name, "is new")),
  ]
}

interface Given {
  readonly book?: ReleaseState["book"]
  readonly project?: string
  readonly today?: string
}
function check(text: string, state: ReleaseState, given: Given = {}): ReleaseCheck {
  return checkRelease({
    plan: planOf({ "shop.fmap": text }),
    state: { ...state, book: given.book ?? state.book },
    project: given.project ?? null,
    today: given.today ?? "2026-11-28",
    compare,
    shown: places,
  })
}
/** The state after a cut of what is written. */
function cut(text: string, state: ReleaseState, given: Given = {}): ReleaseState {
  const checked = check(text, state, given)
  expect(checked.changes.filter(stopsRelease).map(one => one.finding.message)).toEqual([])
  const made = cutRelease(
    checked,
    { ...state, book: given.book ?? state.book },
    "2026-11-28",
    given.project ?? null,
  )
  if (made === null) throw new Error("nothing was cut")
  const read = readLock(writeLock(made.lock), "lock")
  if ("problem" in read) throw new Error(read.problem)
  const texts = new Map(made.manifests.map(({ path, text: manifest }) => [path, manifest]))
  return {
    lock: read.lock,
    book: made.book,
    changelog: made.changelog,
    manifestHashOf: release => {
      const own = texts.get(manifestPath(release))
      return own === undefined ? state.manifestHashOf(release) : manifestHash(own)
    },
    strays: [],
    manifestOf: release => {
      const own = texts.get(manifestPath(release))
      return own === undefined ? state.manifestOf(release) : readManifest(own, manifestPath(release))
    },
  }
}
const codes = ({ changes }: ReleaseCheck) =>
  changes.filter(stopsRelease).map(({ finding: { rule, subject } }) => `${rule} ${subject}`)
const version = (text: string, to: string) => text.replace("of Shop version 1.0.0", `of Shop version ${to}`)
const withNote = shop
  .replace("  lines    :", "  note?    : text(80)\n  lines    :")
  .replace("ignore order.lines", 'ignore order.note because "-"\n  ignore order.lines')
const withMemo = withNote
  .replace("  note?    : text(80)\n", "  note?    : text(80)\n  memo?    : text(80)\n")
  .replace("ignore order.note", 'ignore order.memo because "-"\n  ignore order.note')
const first = cut(shop, nothing)

test("the first release takes everything, and everything is new", () => {
  expect(first.lock.releases.map(({ kind, name, version: of }) => `${kind} ${name} ${of}`)).toEqual([
    "contract Booking 1.0.0",
    "contract Order 1.0.0",
    "crosswalk RegionName 1.0.0",
    "map Book 1.0.0",
  ])
  expect(first.changelog).toBe(
    "# Changelog\n\n## 2026-11-28\n\n### Released for the first time\n\n- contract Booking 1.0.0\n- contract Order 1.0.0\n- crosswalk RegionName 1.0.0\n- map Book 1.0.0\n",
  )
})
test("what did not change may be released again and again", () => {
  const again = check(shop, first)
  expect(again.changes).toEqual([])
  expect(cutRelease(again, first, "2026-11-29", null)).toBeNull()
})

describe("a contract that changes", () => {
  test.each([
    ["stays as it was numbered", withNote, ["V004 Order"]],
    ["gets a patch where a minor is deserved", version(withNote, "1.0.1"), ["V001 Order"]],
    ["gets a minor", version(withNote, "1.1.0"), []],
    ["goes down", version(shop, "0.9.0"), ["V002 Order"]],
    ["is renumbered without need", version(shop, "1.1.0"), []],
    ["changes as a draft", withNote.replace("lifecycle active", "lifecycle draft"), ["V003 Order"]],
    ["is gone", shop.replaceAll("Order", "Purchase"), ["V004 Book", "V003 Order"]],
  ])("%s", (_words, text, expected) => expect(codes(check(text, first))).toEqual(expected))
  test("loses a field", () => {
    const second = cut(version(withNote, "1.1.0"), first)
    expect(codes(check(version(shop, "1.2.0"), second))).toEqual(["S005 Order", "V001 Order"])
    const { changes, verdicts } = check(version(shop, "2.0.0"), second)
    expect(changes.map(one => [one.finding.rule, one.standing])).toEqual([
      ["S005", "covered"],
      // Nobody has written the way between the two yet.
      ["V005", "open"],
    ])
    expect(verdicts.find(({ name }) => name === "Order")).toMatchObject({
      before: "1.1.0",
      now: "2.0.0",
      required: "major",
      enough: true,
    })
  })
  test("a draft that was never released may change as it likes", () => {
    const draft = shop.replace("lifecycle active", "lifecycle draft")
    const state = cut(draft, nothing)
    expect(state.lock.releases.map(({ name }) => name)).not.toContain("Order")
    expect(codes(check(withNote.replace("lifecycle active", "lifecycle draft"), state))).toEqual([])
  })
})

test("a version of the line that is supported is not forgotten", () => {
  // 1.1.0 adds a field; 1.2.0, agreed to by hand, takes it back; a reader of 1.1.0 is still there when 1.3.0 comes.
  const second = cut(version(withNote, "1.1.0"), first)
  const broken = check(version(shop, "1.2.0"), second).changes.filter(stopsRelease)
  const approvals = broken.map(({ finding: { fingerprint, rule, subject } }) =>
    approval({ fingerprint, rule, subject }),
  )
  const third = cut(version(shop, "1.2.0"), second, {
    book: { approvers: ["Ana"], approvals: approvals.filter(({ rule }) => rule === "S005") },
  })
  const fields = version(shop, "1.3.0")
    .replace("  lines    :", "  memo?    : text(80)\n  lines    :")
    .replace("ignore order.lines", 'ignore order.memo because "-"\n  ignore order.lines')
  const found = check(fields, third)
  expect(codes(found)).toEqual(["V003 Order"])
  expect(found.changes.find(({ finding: { rule } }) => rule === "V003")?.finding.message).toBe(
    `Order 1.3.0 does not fit 1.1.0, which is still supported: "note" is gone.`,
  )
  const retired = third.lock.releases.map(one =>
    one.name === "Order" && one.version === "1.1.0" ? { ...one, retired: "2026-11-29" } : one,
  )
  expect(codes(check(fields, { ...third, lock: { ...third.lock, releases: retired } }))).toEqual([])
  // The approval that was used stands in the lock, and no longer among those that wait.
  expect(third.book.approvals).toEqual([])
  expect(
    third.lock.releases.find(one => one.name === "Order" && one.version === "1.2.0")?.approvals,
  ).toMatchObject([{ rule: "S005", approvedBy: ["Ana"] }])
})

describe("two lines of one contract in one project", () => {
  const second = cut(version(withNote, "2.0.0"), first)
  const both = (old: string) => ({
    "shop.fmap": version(withMemo, "2.1.0"),
    "old.fmap": `import { Shop, Line } from "./shop.fmap"\n${/\/\/\/ What was bought[\s\S]*?\n\}\n/u.exec(version(shop, old))?.[0] ?? ""}`,
  })
  const checkBoth = (old: string) =>
    checkRelease({
      plan: planOf(both(old)),
      state: second,
      project: null,
      today: "2026-11-28",
      compare,
      shown: places,
    })
  test("each follows its own", () => {
    const { verdicts, changes } = checkBoth("1.0.0")
    expect(changes.filter(stopsRelease)).toEqual([])
    expect(verdicts.filter(({ name }) => name === "Order").map(({ before, now }) => [before, now])).toEqual([
      ["1.0.0", "1.0.0"],
      ["2.0.0", "2.1.0"],
    ])
  })
  test("only the old one is too little", () => {
    expect(codes(check(version(shop, "1.1.0"), second))).toEqual(["V002 Order"])
  })
})

describe("what cannot be compared is said", () => {
  const changed = version(withNote, "1.1.0")
  test.each<readonly [string, ReleaseState["manifestOf"], string]>([
    [
      "the manifest is missing",
      () => ({ problem: "a.json is missing." }),
      "cannot be compared with 1.0.0: a.json is missing.",
    ],
    [
      "the manifest was changed by hand",
      release => {
        const kept = first.manifestOf(release)
        if ("problem" in kept) return kept
        const [shape, ...rest] = kept.manifest.plan.shapes
        return shape === undefined
          ? kept
          : {
              manifest: {
                ...kept.manifest,
                plan: { ...kept.manifest.plan, shapes: [{ ...shape, fields: [] }, ...rest] },
              },
            }
      },
      "contracts/Shop/Order@1.0.0.json does not hold what was released.",
    ],
  ])("%s", (_words, manifestOf, message) => {
    const { changes } = check(changed, { ...first, manifestOf })
    const told = changes.filter(stopsRelease).map(one => one.finding)
    expect(told.map(({ rule }) => rule)).toEqual(["V004"])
    expect(told[0]?.message).toContain(message)
  })
})

describe("approvals", () => {
  const changed = version(withNote, "1.0.1")
  const v001 = check(changed, first).changes.find(({ finding: { rule } }) => rule === "V001")?.finding
  const entry = approval({ fingerprint: v001?.fingerprint ?? "", rule: "V001", subject: "Order" })
  test("let a change through", () => {
    const { changes } = check(changed, first, { book: { approvers: ["Ana"], approvals: [entry] } })
    expect(changes.filter(stopsRelease)).toEqual([])
    expect(changes.find(({ finding: { rule } }) => rule === "V001")?.standing).toBe("approved")
  })
  test("that hold no more stand in the way, at their place", () => {
    const found = check(changed, first, {
      book: { approvers: ["Ana"], approvals: [entry] },
      today: "2027-01-01",
    })
    expect(codes(found)).toEqual(["V001 Order", "V006 Order"])
    expect(found.changes.find(({ finding: { rule } }) => rule === "V006")?.finding.newAt).toBe(
      "releases/approvals.json:16:1",
    )
  })
  test("of changes that were taken back, too", () =>
    expect(codes(check(shop, first, { book: { approvers: ["Ana"], approvals: [entry] } }))).toEqual([
      "V006 Order",
    ]))
})

describe("the package", () => {
  const state = cut(shop, nothing, { project: "1.4.0" })
  const verdict = (text: string, project: string) =>
    check(text, state, { project }).verdicts.find(({ kind }) => kind === "package")
  test.each([
    ["nothing", shop, "1.4.0", "none", true],
    ["an addition", version(withNote, "1.1.0"), "1.5.0", "minor", true],
    ["an addition and no number", version(withNote, "1.1.0"), "1.4.0", "minor", false],
    ["something gone", shop.replaceAll("Order", "Purchase"), "1.5.0", "major", false],
  ])("deserves for %s what the highest of what it holds does", (_words, text, project, required, enough) =>
    expect(verdict(text, project)).toMatchObject({ before: "1.4.0", required, enough }),
  )
  test("without a version is not judged", () =>
    expect(check(shop, first).verdicts.some(({ kind }) => kind === "package")).toBe(false))
})

test("the changelog is told where it is silent", () => {
  const silent = check(shop, { ...first, changelog: "# Changelog\n" })
  expect(silent.changes.map(({ finding: { rule, severity } }) => [rule, severity])).toEqual(
    Array.from({ length: 4 }, () => ["V007", "warning"]),
  )
  expect(codes(silent)).toEqual([])
})
test("a section goes on top, below what is not released yet", () => {
  const before = "# Changes\n\nWords.\n\n## Unreleased\n\n- soon\n\n## 2026-01-01\n\n- contract Order 1.0.0\n"
  const checked = check(version(withNote, "1.1.0"), first)
  const made = cutRelease(checked, { ...first, changelog: before }, "2026-11-28", null)
  expect(made?.changelog).toBe(
    `# Changes\n\nWords.\n\n## Unreleased\n\n- soon\n\n## 2026-11-28\n\n### contract Order 1.1.0, was 1.0.0\n\n- "note" is new. (S001)\n\n## 2026-01-01\n\n- contract Order 1.0.0\n`,
  )
})

function approval(facts: Pick<Approval, "fingerprint" | "rule" | "subject">): Approval {
  return { ...facts, reason: "agreed", approvedBy: ["Ana"], expires: "2026-12-31" }
}
