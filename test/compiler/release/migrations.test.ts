// Migrations between majors are ordinary maps: which ones are found, what is told when they are missing or lose something, and the law of a pair
// that loses nothing, tried with records.
import {
  type Compare,
  checkRelease,
  cutRelease,
  emptyBook,
  emptyLock,
  interpret,
  lostFields,
  migrationsOf,
  type ReleaseState,
  readManifest,
} from "@fmap/compiler"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { planOf } from "./project.ts"

const contract = (version: string, fields: string) => `contract Order version ${version} {\n${fields}}\n`
const one = contract(
  "1.3.0",
  "  id     : text(20)  key\n  amount : decimal(12,2)\n  status : text(10)\n  memo?  : text(40)\n",
)
const two = (more = "  remark? : text(40)\n") =>
  contract("2.0.0", `  number : text(20)  key\n  total  : decimal(12,2)\n  state  : text(10)\n${more}`)
const maps = (up: string, down: string) => `import { Order as Old } from "./one.fmap"
import { Order } from "./two.fmap"

map Upgrade version 1.0.0
  from old: Old
  to   order: Order
{
  key number = old.id
  total  = old.amount
  state  = old.status
  ${up}
}

map Downgrade version 1.0.0
  from order: Order
  to   old: Old
{
  key id = order.number
  amount = order.total
  status = order.state
  ${down}
}
`
const whole = {
  "one.fmap": one,
  "two.fmap": two(),
  "maps.fmap": maps("remark = old.memo", "memo   = order.remark"),
}
const lossy = {
  "one.fmap": one,
  "two.fmap": two(""),
  "maps.fmap": maps('ignore old.memo because "nobody reads it"', 'leave memo because "it is gone"'),
}

const compare: Compare = () => []
const places = { lock: "lock", project: "package.json", changelog: "CHANGELOG.md", approval: () => "" }
const nothing: ReleaseState = {
  lock: emptyLock,
  book: emptyBook,
  changelog: null,
  manifestOf: () => ({ problem: "a.json is missing." }),
  manifestHashOf: () => null,
  strays: [],
}
const check = (files: Readonly<Record<string, string>>, state: ReleaseState) =>
  checkRelease({ plan: planOf(files), state, project: null, today: "2026-11-28", compare, shown: places })
const first = (() => {
  const cut = cutRelease(check({ "one.fmap": one }, nothing), nothing, "2026-11-28", null)
  if (cut === null) throw new Error("nothing was cut")
  const [manifest] = cut.manifests
  return {
    ...nothing,
    lock: cut.lock,
    changelog: cut.changelog,
    manifestOf: () => readManifest(manifest?.text ?? "", "one"),
  }
})()
const told = (files: Readonly<Record<string, string>>, state: ReleaseState = first) =>
  check(files, state).changes.map(
    ({ finding: { rule, severity, message } }) => `${severity} ${rule} ${message}`,
  )

test("a map between two versions of one contract is a migration, and no other is", () => {
  expect(migrationsOf(planOf(whole)).map(({ map, from, to }) => [map.name, from, to])).toEqual([
    ["Upgrade", "1.3.0", "2.0.0"],
    ["Downgrade", "2.0.0", "1.3.0"],
  ])
  const sameMajor = { ...whole, "two.fmap": two().replace("2.0.0", "1.4.0") }
  expect(migrationsOf(planOf(sameMajor))).toEqual([])
  const other = {
    ...whole,
    "one.fmap": one.replace("contract Order", "contract Purchase"),
    "maps.fmap": whole["maps.fmap"].replace("Order as Old", "Purchase as Old"),
  }
  expect(migrationsOf(planOf(other))).toEqual([])
})

describe("V005", () => {
  test("is told where there is no way", () =>
    expect(told({ "one.fmap": one, "two.fmap": two() })).toEqual([
      "warning V005 No map leads records of Order from 1.3.0 to 2.0.0 and from 2.0.0 back to 1.3.0.",
    ]))
  test("where there is none back", () => {
    const upOnly = whole["maps.fmap"].slice(0, whole["maps.fmap"].indexOf("map Downgrade"))
    expect(told({ ...whole, "maps.fmap": upOnly })).toEqual([
      "warning V005 No map leads records of Order from 2.0.0 back to 1.3.0.",
    ])
  })
  test("where the way loses something", () =>
    expect(told(lossy)).toEqual([
      "warning V005 A record of Order 1.3.0 that goes to 2.0.0 by Upgrade and back by Downgrade loses memo.",
    ]))
  test("and not where it loses nothing, where nobody is left, or below 1.0.0", () => {
    expect(told(whole)).toEqual([])
    const retired = first.lock.releases.map(release => ({ ...release, retired: "2026-11-28" }))
    expect(told({ "two.fmap": two() }, { ...first, lock: { ...first.lock, releases: retired } })).toEqual([])
    const young = first.lock.releases.map(release => ({ ...release, version: "0.3.0" }))
    expect(
      told({ "two.fmap": two() }, { ...first, lock: { ...first.lock, releases: young } }).filter(line =>
        line.includes("V005"),
      ),
    ).toEqual([])
  })
})

test("the law: what loses no field brings every record back", () => {
  const plan = planOf(whole)
  const [up, down] = migrationsOf(plan)
  if (up === undefined || down === undefined) throw new Error("there is a pair")
  expect(lostFields(plan, up, down)).toEqual([])
  const word = fc.stringMatching(/^[A-Za-z0-9]{1,10}$/u)
  const order = fc.record(
    {
      id: word,
      amount: fc
        .nat(10 ** 9)
        .map(cents => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, "0")}`),
      status: word,
      memo: word,
    },
    { requiredKeys: ["id", "amount", "status"] },
  )
  fc.assert(
    fc.property(order, record => {
      const there = interpret(plan, "Upgrade", { old: record }, {})
      if (there.status !== "done") throw new Error(JSON.stringify(there))
      const back = interpret(plan, "Downgrade", { order: there.value }, {})
      expect(back).toMatchObject({ status: "done", value: record })
    }),
  )
})
