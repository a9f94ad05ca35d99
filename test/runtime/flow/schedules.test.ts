// Schedules (R13): every occurrence once, over daylight saving, month ends, days nobody was there, several nodes and deaths.
import { describe, expect, test } from "vitest"
import { NotPossible } from "../../../runtime/flow/port/failures.ts"
import { createScheduler, type Schedule } from "../../../runtime/flow/schedules/index.ts"
import { missed, occurrencesOf } from "../../../runtime/flow/schedules/occurrences.ts"
import { flowOf } from "./engine-on-disk.ts"
import { ledgerOn, newDisk } from "./simulation/faulty-store.ts"
import { randomOf } from "./simulation/random.ts"
import { virtualTime } from "./simulation/virtual-time.ts"

const scheduleOf = (more: Partial<Schedule> = {}): Schedule => ({
  name: "nightly",
  cron: "30 2 * * *",
  zone: "Europe/Berlin",
  flow: "orders",
  misfire: "all",
  ...more,
})
const hour = 3_600_000
const day = 24 * hour

describe("a daily time is once on each day of a year, in zones with and without gaps and overlaps", () => {
  test.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata"])(
    "%s",
    zone => {
      for (const cron of ["30 2 * * *", "0 0 * * *", "15 1 * * *"]) {
        const all = missed(
          occurrencesOf(scheduleOf({ zone, cron })),
          "all",
          Date.UTC(2026, 0, 1, 12),
          Date.UTC(2027, 0, 1, 12),
          1_000,
        )
        const days = all.map(at =>
          new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at),
        )
        expect(days.length, cron).toBe(365)
        expect(new Set(days).size, cron).toBe(365)
      }
    },
  )
})

test("a time in the gap is moved to its end, one that comes twice is once", () => {
  const { after } = occurrencesOf(scheduleOf())
  const text = (ms: number | undefined) => (ms === undefined ? "" : new Date(ms).toISOString())
  // 2026-03-29 02:30 is not there in Berlin; 2026-10-25 02:30 is there twice.
  const spring = after(Date.UTC(2026, 2, 28, 12))
  expect(text(spring)).toBe("2026-03-29T01:00:00.000Z")
  expect(text(after(spring ?? 0))).toBe("2026-03-30T00:30:00.000Z")
  const autumn = after(Date.UTC(2026, 9, 24, 12))
  expect(text(autumn)).toBe("2026-10-25T00:30:00.000Z")
  expect(text(after(autumn ?? 0))).toBe("2026-10-26T01:30:00.000Z")
})

test("the last day of each month, February of a leap year too", () => {
  const all = missed(
    occurrencesOf(scheduleOf({ cron: "0 18 L * *", zone: "UTC" })),
    "all",
    Date.UTC(2028, 0, 1),
    Date.UTC(2028, 11, 31, 23),
    100,
  )
  expect(all.map(at => new Date(at).toISOString().slice(5, 10))).toEqual([
    "01-31",
    "02-29",
    "03-31",
    "04-30",
    "05-31",
    "06-30",
    "07-31",
    "08-31",
    "09-30",
    "10-31",
    "11-30",
    "12-31",
  ])
})

/** Nodes with the same schedules on one disk, in one time. */
function nodes() {
  const random = randomOf(3)
  const time = virtualTime(random, { beforeCommit: () => undefined, afterCommit: () => undefined })
  const disk = newDisk(() => false)
  let told = 0
  return {
    time,
    /** Events that all nodes told of. */
    told: () => told,
    start(schedules: readonly Schedule[], skewMs = 0) {
      const process = { alive: true }
      const world = time.worldOf(process, skewMs)
      const scheduler = createScheduler({
        schedules,
        flows: [flowOf(() => undefined)],
        ledger: ledgerOn(disk, world),
        world,
        observer: {
          accepted({ accepted }) {
            told += accepted
          },
        },
      })
      void scheduler.run({ signal: new AbortController().signal })
      return process
    },
    async pass(ms: number) {
      const end = time.now() + ms
      void time.sleep({ alive: true }, ms)
      await time.run(() => time.now() >= end, 100_000)
    },
    fired: () =>
      disk.database
        .prepare(
          "SELECT schedule_run.occurrence, inbox.payload FROM schedule_run JOIN inbox ON inbox.id = schedule_run.event ORDER BY occurrence",
        )
        .all(),
    events: () =>
      disk.database
        .prepare("SELECT source_id FROM inbox ORDER BY lane_seq")
        .all()
        .map(row => row["source_id"]),
  }
}

test("three nodes with clocks a little apart fire each occurrence once", async () => {
  const on = nodes()
  for (const skew of [0, 40, -70])
    on.start([scheduleOf({ cron: "*/30 * * * *", payload: { scope: "all" } })], skew)
  await on.pass(day + 60_000)
  expect(on.fired()).toHaveLength(48)
  expect(on.told()).toBe(48)
  expect(on.events()).toEqual(on.fired().map(row => row["occurrence"]))
  expect(on.fired()[0]?.["payload"]).toBe('{"scope":"all","occurrence":"2026-03-01T00:30:00.000Z"}')
})

test.each([
  ["all", ["03-02", "03-03", "03-04", "03-05"]],
  ["latest", ["03-02", "03-05"]],
  ["skip", ["03-02"]],
] as const)("three days down, misfire %s", async (misfire, wanted) => {
  const on = nodes()
  // From 2026-03-01 00:00; one occurrence a day at noon.
  const noon = scheduleOf({ misfire, cron: "0 12 * * *", zone: "UTC" })
  await on.pass(day)
  const first = on.start([noon])
  await on.pass(day)
  first.alive = false
  await on.pass(3 * day)
  on.start([noon])
  await on.pass(hour)
  expect(on.events().map(at => String(at).slice(5, 10))).toEqual(wanted)
})

test("more missed occurrences than fit in one transaction, in order, each once", async () => {
  const on = nodes()
  const minutely = scheduleOf({ cron: "* * * * *", zone: "UTC" })
  const first = on.start([minutely])
  await on.pass(60_000)
  first.alive = false
  await on.pass(5 * hour)
  on.start([minutely])
  on.start([minutely])
  await on.pass(10 * 60_000 + 1_000)
  const events = on.events()
  expect(events).toHaveLength(1 + 300 + 10)
  expect(on.told()).toBe(events.length)
  expect(events).toEqual(events.toSorted())
})

test("a schedule that cannot be is refused by its name", () => {
  const refused = (schedule: Schedule, more: readonly Schedule[] = []) => {
    const world = virtualTime(randomOf(1), {
      beforeCommit: () => undefined,
      afterCommit: () => undefined,
    }).worldOf({ alive: true })
    return () =>
      createScheduler({
        schedules: [schedule, ...more],
        flows: [flowOf(() => undefined)],
        ledger: ledgerOn(
          newDisk(() => false),
          world,
        ),
        world,
      })
  }
  expect(refused(scheduleOf({ cron: "61 * * * *" }))).toThrow("Schedule nightly")
  expect(refused(scheduleOf({ zone: "Europe/Berlinn" }))).toThrow("Schedule nightly")
  expect(refused(scheduleOf({ flow: "nothing" }))).toThrow(NotPossible)
  expect(refused(scheduleOf(), [scheduleOf()])).toThrow("Two schedules are called nightly")
})
