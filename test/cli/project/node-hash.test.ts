// The hash of Node and the runtime's own are one: a release that was cut with either is checked with the other.
import { emptyBook, emptyLock, manifestHash, type ReleaseState, stopsRelease } from "@fmap/compiler"
import { sha256 } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"
import { nodeHash } from "../../../cli/project/node-hash.ts"
import { checked, released } from "../../compiler/release/releases.ts"

test("of any text, surrogates without their other half among them", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom("\ud800", "\udc00", "é", "a") }),
  )
  fc.assert(fc.property(text, one => void expect(nodeHash(one)).toBe(sha256(one))))
  for (const length of [55, 56, 63, 64, 65, 119, 120, 4_096])
    expect(nodeHash("é".repeat(length))).toBe(sha256("é".repeat(length)))
})

test("of a manifest, however its lines end", () =>
  expect(manifestHash('{\r\n  "a": 1\r\n}\r\n', nodeHash)).toBe(manifestHash('{\n  "a": 1\n}\n')))

test("a cut that is hashed by Node is the cut that the compiler hashes itself", () => {
  const project =
    "system Crm { kind crm }\ncontract Deal of Crm version 1.0.0 {\n  id : text(18)  key\n}\nmap Copy version 1.0.0 from deal: Deal to copy: Deal {\n  id = deal.id\n}\n"
  const empty: ReleaseState = {
    lock: emptyLock,
    book: emptyBook,
    changelog: null,
    manifestOf: () => ({ problem: "nothing was released" }),
    manifestHashOf: () => null,
    strays: [],
  }
  let asked = 0
  const hash = (text: string) => {
    asked++
    return nodeHash(text)
  }
  const cut = released(project, { ...empty, hash })
  // Of each of the two its content and its manifest.
  expect(asked).toBe(4)
  expect(cut.lock).toEqual(released(project, empty).lock)
  expect(checked(project, { ...cut, hash }).changes.filter(stopsRelease)).toEqual([])
})
