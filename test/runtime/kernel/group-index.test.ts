// Keys of several parts as one text: two lists of parts give the same text only when they are equal.
import { keyPair } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

const part = fc.oneof(
  fc.stringMatching(/^[0-9:a]{0,4}$/),
  fc.string({ unit: "binary", maxLength: 3 }),
  fc.constantFrom("", ":", "1:", "0:", "__proto__"),
)
const three = fc.tuple(part, part, part)
const joined = ([a, b, c]: readonly [string, string, string]): string => keyPair(a, keyPair(b, c))

test("two lists of three parts have one key when they are equal, and only then", () => {
  fc.assert(
    fc.property(three, three, (left, right) => {
      expect(joined(left) === joined(right)).toBe(left.every((of, i) => of === right[i]))
    }),
    { numRuns: 20_000 },
  )
})

test("numbers and truths are keys by what they are", () => {
  expect(keyPair(12n, "3")).not.toBe(keyPair(1n, "23"))
  expect(keyPair(0, true)).not.toBe(keyPair(0, false))
  expect(keyPair(150, "a")).toBe(keyPair(150n, "a"))
})
