// No word is reserved: every keyword as field, target, source, following line and enum value means a name.
import { parse } from "@fmap/grammar"
import { describe, expect, test } from "vitest"
import { keywords } from "../../../grammar/tokens/keywords.ts"

function read(text: string) {
  const { tree, diagnostics } = parse(text, "t.fmap")
  expect(diagnostics.map(d => `${d.code} ${d.message}`)).toEqual([])
  return tree.declarations
}

describe.each(keywords.map(k => k.word))("%s", word => {
  test("as a field, required and optional, first and following", () => {
    const [record] = read(`record R {\n  ${word} : text\n  a : ${word}\n  ${word}? : text pii\n  b : text\n}`)
    expect(record).toMatchObject({
      members: [
        { name: { text: word } },
        { name: { text: "a" } },
        { name: { text: word }, optional: true },
        { name: { text: "b" } },
      ],
    })
  })

  test("as a target on the line after every kind of statement", () => {
    const before = [
      "a = x",
      "let a = x else y",
      'leave a because "b"',
      "ignore a.b",
      "check a == b",
      "key a = x on replay same skip",
      'control "t" a == b within 1 minor when c',
      'control "t" for each g, h: a == b within 1 minor when c',
      "a = match b { c -> d }",
      "a = each b as c where d { e = f }",
      'choose { b -> c = d, otherwise -> { e = f, leave g because "h" } }',
    ]
    for (const line of before) {
      const [map] = read(`map M version 1.0.0 {\n  ${line}\n  ${word} = 1\n}`)
      expect(map).toMatchObject({ statements: [{}, { kind: "assign", target: { text: word } }] })
    }
  })

  test("as a member of a path and in a hole", () => {
    const [map] = read(
      `map M version 1.0.0 {\n  a = x.${word} + y.${word}.z\n  b = "{x.${word}}"\n  ignore x.${word}, y.${word} because "c"\n}`,
    )
    expect(map).toMatchObject({
      statements: [
        { value: { left: { name: { text: word } }, right: { object: { name: { text: word } } } } },
        { value: { parts: [{ path: { names: [{ text: "x" }, { text: word }] } }] } },
        {
          paths: [{ names: [{ text: "x" }, { text: word }] }, { names: [{ text: "y" }, { text: word }] }],
          because: {},
        },
      ],
    })
  })

  test("as a source, target binder and parameter", () => {
    const [map] = read(
      `map M version 1.0.0 from ${word}: A given b: date to ${word}: B {\n  a = ${word}.x\n}`,
    )
    expect(map).toMatchObject({
      sources: [{ name: { text: word } }],
      target: { name: { text: word } },
      statements: [{ value: { object: { name: { text: word } } } }],
    })
  })

  test("as an enum value, as `.member` and as a pattern", () => {
    const [declared, map] = read(
      `enum E {\n  ${word}\n  A\n  ${word}, B\n}\nmap M version 1.0.0 {\n  a = .${word}\n  b = match x {\n    A, ${word} -> 1\n    B -> 2\n  }\n}`,
    )
    expect(declared).toMatchObject({
      members: [{ value: word }, { value: "A" }, { value: word }, { value: "B" }],
    })
    expect(map).toMatchObject({
      statements: [
        { value: { kind: "enumMember", name: { text: word } } },
        { value: { arms: [{ patterns: [{}, {}] }, {}] } },
      ],
    })
  })

  test("as the name of a declaration", () => {
    expect(read(`record ${word} {\n  a : text\n}\nmap ${word} version 1.0.0 {\n  a = 1\n}`)).toMatchObject([
      { name: { text: word } },
      { name: { text: word } },
    ])
  })
})
