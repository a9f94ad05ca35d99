// Objects, lists and open JSON at the door: own members only, bounds, and nesting that cannot hurt.
import {
  ExactNumber,
  isPayloadObject,
  isRefused,
  ownMember,
  readJsonValue,
  readList,
  readObject,
  unknownMembers,
} from "@fmap/runtime"
import { beforeAll, describe, expect, test } from "vitest"

beforeAll(() => {
  Object.freeze(Object.prototype)
})

const shown = (read: unknown) => (isRefused(read) ? read.refused : read)

describe("objects", () => {
  test.each<[unknown]>([[null], [[]], ["{}"], [1], [true], [undefined], [new ExactNumber("1")], [() => 1]])(
    "%s is none",
    value => {
      expect(isPayloadObject(value)).toBe(false)
      expect(shown(readObject(value))).toBe("NOT_AN_OBJECT")
    },
  )

  test("own members only; null and absent are one", () => {
    const payload = JSON.parse('{"a":null,"__proto__":{"b":1},"constructor":"c"}') as Record<string, unknown>
    expect(ownMember(payload, "a")).toBeUndefined()
    expect(ownMember(payload, "b")).toBeUndefined()
    expect(ownMember(payload, "toString")).toBeUndefined()
    expect(ownMember(payload, "constructor")).toBe("c")
    expect(ownMember(payload, "__proto__")).toEqual({ b: 1 })
    expect(ownMember({}, "__proto__")).toBeUndefined()
    expect(
      ownMember(Object.create({ inherited: 1 }) as object as Record<string, unknown>, "inherited"),
    ).toBeUndefined()
    expect(unknownMembers({ a: 1, b: undefined, toString: 2 }, new Set(["a"]))).toEqual(["toString"])
  })

  test("a payload cannot look like a refusal", () => {
    const forged = { refused: "TOO_LONG", message: "x" }
    expect(isRefused(forged)).toBe(false)
    expect(readObject(forged)).toBe(forged)
  })
})

describe("lists", () => {
  const array = { min: 1, max: 2, wire: "array" } as const
  test.each<[unknown, Parameters<typeof readList>[1], unknown]>([
    [[1], array, [1]],
    [[], array, "TOO_FEW_ROWS"],
    [[1, 2, 3], array, "TOO_MANY_ROWS"],
    [1, array, "WRONG_TYPE"],
    [{ 0: 1, length: 1 }, array, "WRONG_TYPE"],
    ["ab", array, "WRONG_TYPE"],
    [{ results: [1] }, { ...array, wire: { under: "results" } }, [1]],
    [{ result: [1] }, { ...array, wire: { under: "results" } }, "WRONG_TYPE"],
    [[1], { ...array, wire: { under: "length" } }, "NOT_AN_OBJECT"],
    ["a;b", { ...array, wire: { joined: ";" } }, ["a", "b"]],
    ["", { ...array, wire: { joined: ";" } }, "TOO_FEW_ROWS"],
    [["a"], { ...array, wire: { joined: ";" } }, "WRONG_TYPE"],
  ])("%j by %j: %j", (value, spec, expected) => expect(shown(readList(value, spec))).toEqual(expected))
})

describe("json", () => {
  const nested = (depth: number) => {
    let value: unknown = 1
    for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value }
    return value
  }
  const cyclic: unknown[] = []
  cyclic.push(cyclic)
  test.each<[string, unknown, string]>([
    ["plain data", { a: [1, "x", null, true, new ExactNumber("1e400")] }, "ok"],
    ["200 levels", nested(200), "ok"],
    ["201 levels", nested(201), "TOO_DEEP"],
    ["1e6 levels", nested(1_000_000), "TOO_DEEP"],
    ["a cycle", cyclic, "TOO_DEEP"],
    ["half a character", ["\ud800"], "BAD_TEXT"],
    ["half a character in a key", { "\ud800": 1 }, "BAD_TEXT"],
    ["NaN", [Number.NaN], "BAD_NUMBER"],
    ["16 digits", [0.1 + 0.2], "INEXACT_NUMBER"],
    ["bigint", [1n], "WRONG_TYPE"],
    ["a function", { f: () => 1 }, "WRONG_TYPE"],
  ])("%s: %s", (_, value, expected) => {
    const read = readJsonValue(value)
    if (expected === "ok") expect(read).toBe(value)
    else expect(shown(read)).toBe(expected)
  })
})
