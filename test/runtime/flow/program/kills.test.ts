// A process may die at any moment of a flow: what is there in the end is the same, and each effect has happened once.
import { expect, test } from "vitest"
import { cases } from "./cases.ts"
import { lifeOf } from "./kill-everywhere.ts"

const lived = [
  "an order is booked",
  "two orders of one customer",
  "left out by a map",
  "an answer is lost",
  "a lost answer of ensure is looked up",
  "held, then a newer one takes its place",
  "rejected after the order: it is cancelled",
  "edited",
  "given up after the order: it is cancelled",
  "each line",
  "rejected after two lines: both are taken back, the last one first",
  "actuals by a target that takes a load again",
  "actuals by jobs of the target",
]

test.each(lived)("%s", async name => {
  const one = cases.find(candidate => candidate.name === name)
  if (one === undefined) throw new Error(`no case ${name}`)
  const alive = await lifeOf(one, Number.POSITIVE_INFINITY)
  expect(alive.broken).toEqual([])
  expect(alive.moments).toBeGreaterThan(8)
  for (let moment = 0; moment < alive.moments; moment++) {
    const { end, broken } = await lifeOf(one, moment)
    expect(end, `killed at moment ${moment} of ${alive.moments}`).toBe(alive.end)
    expect(broken, `killed at moment ${moment} of ${alive.moments}`).toEqual([])
  }
})

test("a load that cannot be asked twice stops for a person, wherever its answer is lost", async () => {
  const one = cases.find(candidate => candidate.name === "actuals")
  if (one === undefined) throw new Error("no case")
  const ends = new Set<string>()
  const { moments } = await lifeOf(one, Number.POSITIVE_INFINITY)
  for (let moment = 0; moment < moments; moment++) {
    const { end, broken } = await lifeOf(one, moment)
    expect(broken).toEqual([])
    const [loads, doubts] = [end.match(/load accounts/gu)?.length ?? 0, end.includes("IN_DOUBT")]
    expect(loads).toBeLessThan(2)
    ends.add(doubts ? "a person looks" : "done")
  }
  expect([...ends].toSorted()).toEqual(["a person looks", "done"])
})

test("what was taken back stays so, though the target would take it the next time", async () => {
  const one = cases.find(candidate => candidate.name === "rejected and cancelled: a retry changes nothing")
  if (one === undefined) throw new Error("no case")
  const { decisions: _, ...undecided } = one
  const { moments } = await lifeOf(undecided, Number.POSITIVE_INFINITY)
  const ends = new Set<string>()
  for (let moment = 0; moment < moments; moment++) {
    const { end } = await lifeOf(undecided, moment)
    const told = `${/event-0 \| (\w+)/u.exec(end)?.[1]}, ${end.includes('"status":"cancelled"') ? "cancelled" : "booked"}`
    ends.add(told)
    expect(["parked, cancelled", "done, booked"], `killed at moment ${moment}`).toContain(told)
  }
  expect(ends.size).toBe(2)
})
