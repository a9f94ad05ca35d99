// Law 1 on every case that compiles: without any one assignment there is exactly one error, and it names the field.
import { compile, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"
import { assignments } from "./assignments.ts"
import { type ConformanceCase, readCases } from "./read-cases.ts"

const deletions = readCases()
  .filter(one => one.diagnostics.length === 0)
  .flatMap(one =>
    assignments(textOf(one), one.entry).map(
      ({ target, span }) => [one.name, target.text, one, span] as const,
    ),
  )

test("there are many", () => expect(deletions.length).toBeGreaterThan(300))

test.each(deletions)("%s without %s", (_, field, one, span) => {
  const text = textOf(one)
  // What separates it from the next on its line goes with it.
  const without = text.slice(0, span.start) + text.slice(span.end).replace(/^ *, */, "")
  const files = new Map<string, string | Uint8Array>([...one.files, [one.entry, without]])
  const { diagnostics } = compile(memoryHost(files), [one.entry], { emit: {} })
  const errors = diagnostics
    .filter(found => found.severity === "error")
    .map(found => `${found.code} ${found.message}`)
  // Where one of several kinds of a union is wanted, all of them are named.
  const named = errors.map(error => /^FM4101 ((?:"[^"]*" or )*"[^"]*")/.exec(error)?.[1]?.split(" or "))
  expect(named, errors.join("\n")).toEqual([expect.arrayContaining([`"${field}"`])])
})

function textOf(one: ConformanceCase): string {
  return new TextDecoder().decode(one.files.get(one.entry))
}
