// Who answers for what was released: an owner or a consumer that is gone waits for somebody to agree, though nothing else changed.
import { approve, type ReleaseState, readLock, stopsRelease, writeLock } from "@fmap/compiler"
import { expect, test } from "vitest"
import { shop } from "./project.ts"
import { checked, released, today } from "./releases.ts"

const owned = shop.replace("lifecycle active", 'owner "Sales"\n  lifecycle active')
const text = `${owned}\nconsumer Bi owner "Data" { reads Booking { total } }\n`
const state = released(text)

const stopping = (now: string, since: ReleaseState = state): readonly string[] =>
  checked(now, since)
    .changes.filter(stopsRelease)
    .map(({ finding: { rule, subject } }) => `${rule} ${subject}`)

/** All that stands open is agreed to by as many as it takes. */
function agreed(now: string, since: ReleaseState): ReleaseState {
  const book = { ...since.book, approvers: ["Ana", "Ben"] }
  const open = checked(now, since).changes.filter(stopsRelease)
  return {
    ...since,
    book: open.reduce<ReleaseState["book"]>(
      (all, { finding }) =>
        ["Ana", "Ben"].reduce<ReleaseState["book"]>((one, by) => {
          const made = approve(one, finding, { by, reason: "agreed", expires: "2027-01-31" }, today)
          if (made.kind === "refused") throw new Error(made.problem)
          return made.book
        }, all),
      book,
    ),
  }
}

test("an owner that is gone is told, and nothing of the version", () => {
  expect(stopping(text.replace('owner "Sales"\n  ', ""))).toEqual(["L008 Order"])
  expect(stopping(text.replace('owner "Sales"', 'owner "Finance"'))).toEqual([])
})
test("a new version that says no owner is told once, and never again", () => {
  const later = text.replace('owner "Sales"\n  ', "").replace("Shop version 1.0.0", "Shop version 1.0.1")
  expect(stopping(later)).toEqual([])
  expect(stopping(later, released(later, state))).toEqual([])
})
test("a lock that does not say who answered tells nothing of it", () => {
  const releases = state.lock.releases.map(({ owner, ...one }) => one)
  const old = readLock(writeLock({ project: null, releases }), "lock")
  if ("problem" in old) throw new Error(old.problem)
  expect(old.lock).toEqual({ project: null, releases })
  expect(stopping(text.replace('owner "Sales"\n  ', ""), { ...state, lock: old.lock })).toEqual([])
})
test("a consumer that is gone is told until somebody agreed and a release was cut", () => {
  const gone = owned
  expect(stopping(gone)).toEqual(["L008 Bi"])
  const changed = gone
    .replace('"EMEA" -> "Europe"', '"EMEA" -> "Europe"\n  "APAC" -> "Asia"')
    .replace("text(30) version 1.0.0", "text(30) version 1.1.0")
  const after = released(changed, agreed(changed, state))
  expect(after.lock.agreed?.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(["L008 Bi"])
  expect(stopping(changed, after)).toEqual([])
  expect(after.book.approvals).toEqual([])
})
test("an approval of a consumer that breaks goes into the lock with the release", () => {
  const less = text
    .replace("  total  : money in ccy\n", "")
    .replace("  total  = order.total\n", '  ignore order.total because "-"\n')
    .replace("contract Booking version 1.0.0", "contract Booking version 2.0.0")
    .replace("map Book version 1.0.0", "map Book version 2.0.0")
  expect(stopping(less)).toContain("L007 Bi")
  const after = released(less, agreed(less, state))
  expect(after.lock.agreed?.map(({ rule }) => rule)).toEqual(["L007"])
  expect(stopping(less, after)).toEqual([])
  const read = readLock(writeLock(after.lock), "lock")
  expect("lock" in read && read.lock.agreed).toEqual(after.lock.agreed)
  expect("lock" in read && read.lock.consumers).toEqual(["Bi"])
})
