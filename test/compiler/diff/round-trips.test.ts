// Records that go through one map and back through another: what came back whole must do so in the next release, and what never did is no law.
import { changesOfRecords, type RecordedInput, runnable } from "@fmap/compiler"
import { expect, test } from "vitest"
import { planOf } from "../release/project.ts"

const versions = `contract Old version 1.0.0 {
  id    : text(20)  key
  code  : text(4)
  net   : decimal(12,2)
}

contract New version 1.0.0 {
  number : text(20)  key
  kind   : text(20)
  amount : decimal(12,2)
}

crosswalk Kind(code: text(4)) <-> text(20) version 1.0.0 {
  "A" -> "Asset"
  "L" -> "Liability"
}

map Up version 1.0.0
  from old: Old
  to   new: New
{
  key number = old.id
  kind   = Kind(old.code) else reject UNKNOWN_CODE
  amount = old.net
}

map Down version 1.0.0
  from new: New
  to   old: Old
{
  key id = new.number
  code   = inverse(Kind, new.kind) else reject NO_KIND
  net    = new.amount
}
`

const records: readonly RecordedInput[] = ["1.00", "2.50", "3.00"].map((net, i) => ({
  map: "Up",
  name: `record ${i + 1}`,
  input: { old: { id: `D-${i + 1}`, code: i === 1 ? "L" : "A", net } },
}))
const ready = (text: string) => runnable(planOf({ "a.fmap": text }), new Map(), new Map())
const told = (old: string, now: string) =>
  changesOfRecords(ready(old), ready(now), [], records, {
    mode: "standard",
    tolerance: "1000",
  }).findings.filter(({ rule }) => rule === "M034")

test("a way back that is lost is told once for its pair, with how many records show it", () => {
  const turned = versions.replace("net    = new.amount", "net    = -new.amount")
  expect(turned).not.toBe(versions)
  expect(
    told(versions, turned).map(({ subject, severity, bump, message }) => [subject, severity, bump, message]),
  ).toEqual([
    [
      "Up",
      "warning",
      "major",
      "3 of 3 recorded records that came back from Down as sent through Up do so no longer.",
    ],
  ])
})
test("a pair that changes together keeps its law", () => {
  const both = versions
    .replace("amount = old.net", "amount = -old.net")
    .replace("net    = new.amount", "net    = -new.amount")
  expect(told(versions, both)).toEqual([])
})
test("what never came back whole is no law, and what comes to is none that broke", () => {
  const lossy = versions.replace("net    = new.amount", "net    = new.amount * 0")
  expect(told(lossy, lossy.replace("* 0", "* 0 + 1"))).toEqual([])
  expect(told(lossy, versions)).toEqual([])
})
test("a record that is stopped on its way is told by other rules", () => {
  const stopped = versions.replace(
    "net    = new.amount",
    "net    = new.amount\n  check new.amount > 100 else reject TOO_SMALL",
  )
  expect(told(versions, stopped)).toEqual([])
})
