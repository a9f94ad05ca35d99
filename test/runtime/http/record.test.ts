// Records as roles see and change them: cases, and laws over any record: what is hidden is nowhere in what is shown, and a change touches its place alone.
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { changeRecord, namesIn } from "../../../runtime/http/record/change-record.ts"
import { type LabelledField, shownRecord, touchesHidden } from "../../../runtime/http/record/labels.ts"
import { pointer } from "../../../runtime/results/pointer.ts"

const record = {
  id: "1",
  customer: { name: "Acme", email: "a@b" },
  lines: [
    { sku: "A", cost: "1", tags: { owner: "x" } },
    { sku: "B", cost: "2" },
  ],
}
const pii = (...path: string[]): LabelledField => ({ path, label: "pii" })
const confidential = (...path: string[]): LabelledField => ({ path, label: "confidential" })

describe("what is shown", () => {
  test.each([
    ["a field", [pii("id")], { ...record, id: "•••" }],
    ["a record", [pii("customer")], { ...record, customer: "•••" }],
    [
      "a field of a record",
      [pii("customer", "email")],
      { ...record, customer: { name: "Acme", email: "•••" } },
    ],
    [
      "a field of each row",
      [confidential("lines", "*", "cost")],
      { ...record, lines: record.lines.map(line => ({ ...line, cost: "•••" })) },
    ],
    [
      "each member of a dictionary",
      [pii("lines", "*", "tags", "*")],
      { ...record, lines: [{ ...record.lines[0], tags: { owner: "•••" } }, record.lines[1]] },
    ],
    ["what is not there", [pii("phone")], record],
    ["a text where the contract has a record", [pii("id", "first")], { ...record, id: "•••" }],
    [
      "rows where the contract has one record",
      [pii("lines", "cost")],
      { ...record, lines: record.lines.map(line => ({ ...line, cost: "•••" })) },
    ],
  ])("without %s", (_, labels, shown) => expect(shownRecord(record, labels, "architect")).toEqual(shown))
  test("of what nobody knows the labels nothing is shown, but to who may see all", () => {
    expect(shownRecord(record, undefined, "operations")).toBe("•••")
    expect(shownRecord(record, undefined, "controller")).toBe(record)
  })
  test("absent and null tell nothing, and stay", () => {
    expect(shownRecord({ a: null }, [pii("a"), pii("b", "c")], "architect")).toEqual({ a: null })
  })
})

/** Records whose texts are all different, and the places of these texts. */
const anyRecord = fc
  .letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constant("leaf"),
      fc.array(tie("value"), { maxLength: 3 }),
      tie("record"),
    ),
    record: fc.dictionary(
      fc.constantFrom("a", "b", "__proto__", "constructor", "a/b", "~", "0", ""),
      tie("value"),
      { maxKeys: 4 },
    ),
  }))
  .record.map(shape => {
    let count = 0
    const places: (readonly string[])[] = []
    const fill = (value: unknown, at: readonly string[]): unknown => {
      if (value === "leaf") {
        places.push(at)
        return `text ${count++}.`
      }
      if (Array.isArray(value)) return value.map((item, i) => fill(item, [...at, String(i)]))
      return Object.fromEntries(
        Object.entries(value as object).map(([name, member]) => [name, fill(member, [...at, name])]),
      )
    }
    return { record: fill(shape, []), places }
  })
  .filter(({ places }) => places.length > 0)

test("what is hidden is nowhere in what is shown, all else is, and neither may be confused by names", () => {
  fc.assert(
    fc.property(anyRecord, fc.nat(), fc.nat(), ({ record: any, places }, pick, depth) => {
      const place = places[pick % places.length] ?? []
      const path = place.slice(0, (depth % place.length) + 1)
      const shown = JSON.stringify(shownRecord(any, [{ path, label: "pii" }], "architect"))
      for (const [i, one] of places.entries()) {
        const isHidden = path.every((name, at) => name === one[at])
        // A list has no names: a label that names its items hides what stands there of each row.
        if (isHidden && !path.some(name => /^\d+$/u.test(name))) expect(shown).not.toContain(`"text ${i}."`)
        if (isHidden) expect(touchesHidden(one, [{ path, label: "pii" }], "architect")).toBe(true)
      }
      expect(shownRecord(any, [{ path, label: "pii" }], "operations")).toEqual(any)
      expect(touchesHidden(path, [{ path, label: "pii" }], "operations")).toBe(false)
      expect(({} as Record<string, unknown>)["a"]).toBeUndefined()
    }),
  )
})

test("a change touches its place alone", () => {
  fc.assert(
    fc.property(anyRecord, fc.nat(), ({ record: any, places }, pick) => {
      const before = JSON.stringify(any)
      const place = places[pick % places.length] ?? []
      const at = place.reduce((text, name) => pointer(text, name), "")
      expect(namesIn(at)).toEqual(place)
      const changed = changeRecord(any, [{ pointer: at, value: "changed" }])
      expect(changed.kind).toBe("record")
      expect(JSON.stringify(any)).toBe(before)
      const number = places.indexOf(place)
      expect(JSON.stringify("record" in changed ? changed.record : null)).toBe(
        before.replace(`"text ${number}."`, '"changed"'),
      )
    }),
  )
})

test.each([
  ["", "its whole"],
  ["id", "no pointer"],
  ["/~2", "an escape that is none"],
  ["/nothing/there", "below nothing"],
  ["/id/first", "below a text"],
  ["/lines/2/sku", "below a row that is not there"],
  ["/lines/3", "beyond the end"],
  ["/lines/-1", "before the beginning"],
  ["/lines/01", "a number that is none"],
])("a change of %j is nowhere: %s", at => {
  expect(changeRecord(record, [{ pointer: at, value: 1 }])).toEqual({ kind: "nowhere", pointer: at })
})
test("fields and rows are added, and removed", () => {
  const changes = [
    { pointer: "/phone", value: "1" },
    { pointer: "/lines/2", value: { sku: "C" } },
    { pointer: "/lines/0", remove: true },
    { pointer: "/customer/email", remove: true },
  ] as const
  expect(changeRecord(record, changes)).toEqual({
    kind: "record",
    record: { id: "1", customer: { name: "Acme" }, lines: [record.lines[1], { sku: "C" }], phone: "1" },
  })
})
