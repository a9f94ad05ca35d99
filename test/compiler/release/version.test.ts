// Laws of version numbers, and the promises below 1.0.0 spelled out.
import { atLeast, compareVersions, nextVersion, promised, sameLine } from "@fmap/compiler"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"

const version = fc
  .tuple(fc.nat(3), fc.nat(12), fc.nat(12))
  .map(([major, minor, patch]) => `${major}.${minor}.${patch}`)
const bump = fc.constantFrom("patch", "minor", "major")

test("the next version is the lowest that promises so much", () => {
  fc.assert(
    fc.property(version, version, bump, (from, to, wanted) => {
      const enough = compareVersions(to, nextVersion(from, wanted)) >= 0
      expect(atLeast(promised(from, to), wanted)).toBe(enough)
    }),
  )
})
test("versions are ordered", () => {
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(compareVersions(a, b)).toBe(0 - compareVersions(b, a) || 0)
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
      expect(compareVersions(a, b) === 0).toBe(a === b)
    }),
  )
})
test("a step that promises a break leaves the line, and no other does", () => {
  fc.assert(
    fc.property(version, version, (from, to) => {
      fc.pre(compareVersions(to, from) > 0)
      expect(promised(from, to) === "major").toBe(!sameLine(from, to))
    }),
  )
})

describe("what a step promises", () => {
  test.each([
    ["1.2.3", "1.2.3", "none"],
    ["1.2.3", "1.2.4", "patch"],
    ["1.2.3", "1.3.0", "minor"],
    ["1.2.3", "2.0.0", "major"],
    ["1.2.3", "1.2.2", "none"],
    ["0.2.3", "0.2.4", "minor"],
    ["0.2.3", "0.3.0", "major"],
    ["0.2.3", "1.0.0", "major"],
    ["9.9.9", "10.0.0", "major"],
    ["1.99999999999999999998.0", "1.99999999999999999999.0", "minor"],
  ] as const)("from %s to %s: %s", (from, to, words) => expect(promised(from, to)).toBe(words))
})

test("what is no version is a bug of the caller", () => {
  for (const text of ["", "1", "1.2", "1.2.x", "1.2.3-rc", "v1.2.3"])
    expect(() => compareVersions(text, "1.0.0"), text).toThrow("is no version")
})
