// Reference data swapped under a running service: all of it or nothing, never half, never for a record that has begun.
import { type Crosswalk, createReference, crosswalkOf } from "@fmap/runtime"
import { expect, test } from "vitest"

interface Reference {
  readonly Customer: Crosswalk
  readonly __proto__: Crosswalk
}
const table = (value: string): { ok: Crosswalk } => ({ ok: crosswalkOf("T", [["a", value]]) })
const bad = {
  problems: [{ row: 3, column: "id", code: "DUPLICATE_KEY", message: "The key stands already in line 2." }],
} as const
const start = () => {
  const opened = createReference<Reference>({ Customer: table("1"), ["__proto__"]: table("2") })
  if (!("ok" in opened)) throw new Error("not opened")
  return opened.ok
}

test("a good file takes the place of the old one; a record that began keeps what it had", () => {
  const holder = start()
  const before = holder.current
  expect(holder.replace({ Customer: table("3") })).toEqual({ changed: ["Customer"] })
  expect(before.Customer.find("a")).toBe("1")
  expect(holder.current.Customer.find("a")).toBe("3")
  expect(Object.getOwnPropertyDescriptor(holder.current, "__proto__")?.value.find("a")).toBe("2")
  expect(Object.isFrozen(holder.current)).toBe(true)
})

test("a bad file changes nothing, the good ones that came with it neither, and says why", () => {
  const holder = start()
  const before = holder.current
  expect(holder.replace({ Customer: bad, ["__proto__"]: table("4") })).toEqual({
    problems: { Customer: bad.problems },
  })
  expect(holder.current).toBe(before)
})

test("equal content is no change", () => {
  const holder = start()
  const before = holder.current
  expect(holder.replace({ Customer: table("1") })).toEqual({ changed: [] })
  expect(holder.current).toBe(before)
})

test("nothing starts on half of its reference data", () => {
  expect(createReference<Reference>({ Customer: bad, ["__proto__"]: table("2") })).toEqual({
    problems: { Customer: bad.problems },
  })
})
