// A record that a `let` makes up has no name: messages tell it by its fields, never by the place it was made at.
import { analyse, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"

const cases: readonly (readonly [title: string, value: string, messages: readonly string[]])[] = [
  [
    "a field only one arm has",
    `match i.c { "x" -> { p = "1" }, otherwise -> { p = "2", q = "3" } }`,
    [`This record has no field "q".`],
  ],
  [
    "a text beside a record",
    `match i.c { "x" -> { p = "1", q = "2" }, otherwise -> "1" }`,
    [`A record of p, q is wanted here, and this is the text "1".`],
  ],
  [
    "many fields",
    `match i.c { "x" -> { a = "1", b = "2", c = "3", d = "4", e = "5" }, otherwise -> 1 }`,
    [
      `"a" is also a field of this record, so a plain "a" could mean either.`,
      `A record of a, b, c, d … is wanted here, and this is the number 1.`,
    ],
  ],
]

test.each(cases)("%s", (_title, value, messages) => {
  const text = `contract In version 1.0.0 { c: text(10) }
contract Out version 1.0.0 { x: text(10) }
map M version 1.0.0 from i: In to o: Out {
  let a = ${value}
  x = i.c
}`
  const { diagnostics } = analyse(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"])
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual(
    messages,
  )
})
