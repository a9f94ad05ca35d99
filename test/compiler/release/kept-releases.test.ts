// What lies in the folder of releases is asked of every check, whether or not something changed: a manifest that was edited, is gone, or is of no release of the lock.
import { manifestPath, type ReleaseState } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { shop } from "./project.ts"
import { checked, released } from "./releases.ts"

const state = released(shop)
const told = (of: ReleaseState, text = shop) =>
  checked(text, of).changes.map(
    ({ finding: { rule, subject, severity }, standing }) => `${rule} ${subject} ${severity} ${standing}`,
  )
const without = ({ lock, ...rest }: ReleaseState): ReleaseState => ({
  ...rest,
  lock: { ...lock, releases: lock.releases.map(({ manifest: _, ...release }) => release) },
})
const isBook = ({ name }: { readonly name: string }) => name === "Book"

test("releases that are as they were say nothing, with or without hashes of their manifests", () => {
  expect(state.lock.releases.every(({ manifest }) => manifest?.length === 64)).toBe(true)
  expect(told(state)).toEqual([])
  expect(told(without(state))).toEqual([])
})

describe("the manifest of something that did not change", () => {
  const missing: ReleaseState = {
    ...state,
    manifestHashOf: release => (isBook(release) ? null : state.manifestHashOf(release)),
    manifestOf: release => (isBook(release) ? { problem: "a.json is missing." } : state.manifestOf(release)),
  }
  const edited: ReleaseState = {
    ...state,
    manifestHashOf: release => (isBook(release) ? "0".repeat(64) : state.manifestHashOf(release)),
    manifestOf: release => {
      const kept = state.manifestOf(release)
      if ("problem" in kept || !isBook(release)) return kept
      const { manifest } = kept
      return { manifest: { ...manifest, plan: { ...manifest.plan, maps: [] } } }
    },
  }
  test.each([
    ["is missing", missing, "a.json is missing."],
    ["is missing, in a lock without hashes", without(missing), "a.json is missing."],
    ["was edited", edited, "maps/Book@1.0.0.json does not hold what was released."],
    [
      "was edited, in a lock without hashes",
      without(edited),
      "maps/Book@1.0.0.json does not hold what was released.",
    ],
  ])("%s", (_words, of, why) => {
    expect(told(of)).toEqual(["V004 Book error open"])
    expect(checked(shop, of).changes[0]?.finding.message).toBe(
      `What is kept of map Book 1.0.0 is not what was released: ${why}`,
    )
  })
  test("is not asked for once its version is retired", () => {
    const retired = {
      ...missing,
      lock: {
        ...state.lock,
        releases: state.lock.releases.map(one => (isBook(one) ? { ...one, retired: "2026-01-01" } : one)),
      },
    }
    expect(told(retired)).toEqual([])
  })
  test("is told once where that thing changed, too", () => {
    const changed = shop
      .replace("total  = order.total", "total  = order.total + order.total")
      .replace("map Book version 1.0.0", "map Book version 2.0.0")
    expect(changed).not.toBe(shop)
    expect(told(missing, changed).filter(one => one.startsWith("V004"))).toEqual(["V004 Book error open"])
  })
})

test("a release that was taken out of the lock is found by its manifest, and so is the whole lock", () => {
  const gone = { ...state.lock, releases: state.lock.releases.filter(one => !isBook(one)) }
  expect(told({ ...state, lock: gone, strays: ["maps/Book@1.0.0.json"] })).toEqual([
    "V004 maps/Book@1.0.0.json error open",
  ])
  const strays = state.lock.releases.map(manifestPath)
  expect(told({ ...state, lock: { project: null, releases: [] }, strays })).toEqual(
    strays.map(path => `V004 ${path} error open`),
  )
})
