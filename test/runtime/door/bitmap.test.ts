// Bitmaps of changed fields: written and read they name the same fields, whatever the schema; and no text makes them throw or hang.
import { isRefused, readList, writeList } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

const names = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/u), {
  minLength: 1,
  maxLength: 8,
})
const layouts = fc
  .tuple(
    fc.uniqueArray(fc.stringMatching(/^[A-Z][A-Za-z0-9_]{0,20}$/u), { minLength: 1, maxLength: 150 }),
    fc.array(fc.option(names, { freq: 3 })),
  )
  .map(([fields, parts]) => fields.map((name, i) => ({ name, parts: parts[i] ?? [] })))
const listOf = (bitmap: readonly { readonly name: string; readonly parts: readonly string[] }[]) =>
  ({ min: 0, max: null, wire: { bitmap } }) as const

test("names written as bitmaps are read as the same names, whole fields first, in the order of the schema", () => {
  fc.assert(
    fc.property(layouts, fc.infiniteStream(fc.boolean()), (layout, stream) => {
      const drawn = (): boolean => stream.next().value === true
      const whole = layout.filter(drawn).map(({ name }) => name)
      const parts = layout.flatMap(({ name, parts: all }) => all.filter(drawn).map(part => `${name}.${part}`))
      const written = writeList([...parts, ...whole], listOf(layout))
      expect(isRefused(written)).toBe(false)
      expect(readList(written, listOf(layout))).toEqual([...whole, ...parts])
    }),
  )
})

test("any texts are names, or are refused with BAD_BITMAP", () => {
  const texts = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[0-9]{0,3}-?0x[0-9a-fA-F]{0,40}$/u),
    fc.constant("__proto__"),
    fc.constant("constructor"),
  )
  fc.assert(
    fc.property(layouts, fc.array(texts), (layout, entries) => {
      const read = readList(entries, listOf(layout))
      const known = new Set(
        layout.flatMap(({ name, parts }) => [name, ...parts.map(part => `${name}.${part}`)]),
      )
      if (isRefused(read)) expect(read.refused).toBe("BAD_BITMAP")
      else
        for (const name of read) expect(known.has(String(name)) || entries.includes(String(name))).toBe(true)
    }),
  )
})

test("a bitmap is never taken for a name", () => {
  const layout = [{ name: "Header", parts: [] }]
  for (const entry of ["0x", "0x2", "0xg", "0-0x01", "1-0x01", "-1-0x01", "00x1", " 0x1", "\u{FF10}x1", ""])
    expect(readList([entry], listOf(layout))).toMatchObject({ refused: "BAD_BITMAP" })
  expect(readList(["0x1", "0X1"], listOf(layout))).toMatchObject({ refused: "BAD_BITMAP" })
})
