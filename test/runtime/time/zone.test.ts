// Zones against another reading of the engine's tzdata: dates of every hour over changes of the clock, and the way back.
import { dateOf, datetimeOf, instantOf, isZoneName, zoneOf } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

const names = [
  "Europe/Berlin",
  "America/New_York",
  "Pacific/Kiritimati",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "UTC",
]
const zones = new Map(names.map(name => [name, zoneOf(name)]))
const instants = fc
  .integer({ min: -2_000_000_000, max: 4_000_000_000 })
  .map(seconds => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`)
const zoneNames = fc.constantFrom(...names)

test("the date is the one the engine shows", () =>
  fc.assert(
    fc.property(instants, zoneNames, (instant, name) => {
      // Sweden writes dates as ISO does.
      const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: name }).format(new Date(instant))
      expect(dateOf(instant, zones.get(name)!)).toBe(shown)
    }),
    { numRuns: 500 },
  ))

test("an instant is among those its own local time stands for", () =>
  fc.assert(
    fc.property(instants, zoneNames, (instant, name) => {
      const zone = zones.get(name)!
      const local = datetimeOf(instant, zone)!
      const [early, late] = (["earlier", "later"] as const).map(policy => instantOf(local, zone, policy)!)
      expect([early, late]).toContain(instant)
      expect(early! <= late!).toBe(true)
      const exact = instantOf(local, zone, "refuse")
      expect(exact).toBe(early === late ? instant : undefined)
    }),
    { numRuns: 500 },
  ))

test("a skipped time is read with the offset of either side", () => {
  const berlin = zones.get("Europe/Berlin")!
  expect(instantOf("2025-03-30T02:30:00", berlin, "refuse")).toBeUndefined()
  expect(instantOf("2025-03-30T02:30:00", berlin, "earlier")).toBe("2025-03-30T00:30:00Z")
  expect(instantOf("2025-03-30T02:30:00", berlin, "later")).toBe("2025-03-30T01:30:00Z")
})

test.each([
  ["UTC", true],
  ["Europe/Berlin", true],
  ["Etc/GMT+5", true],
  ["Europe/Berln", false],
  ["+01:00", false],
  ["europe/berlin", false],
  ["", false],
])("%s is a zone: %s", (name, known) => expect(isZoneName(name)).toBe(known))

test("the first and last days there are", () => {
  expect(dateOf("0001-01-01T00:00:00Z", zones.get("UTC")!)).toBe("0001-01-01")
  expect(dateOf("1500-03-01T00:00:00Z", zones.get("UTC")!)).toBe("1500-03-01")
  expect(dateOf("0001-01-01T00:00:00Z", zones.get("America/New_York")!)).toBeUndefined()
  expect(dateOf("9999-12-31T23:59:59Z", zones.get("Asia/Kolkata")!)).toBeUndefined()
})
