// XML as a tree: names, namespaces, places; and what is refused, each with its line and column.
import { attributeOf, childElements, readXml, textOf, type XmlElement } from "@fmap/runtime/formats/xml"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const tree = (text: string): XmlElement => {
  const result = readXml(text)
  if ("problem" in result) throw new Error(JSON.stringify(result.problem))
  return result.ok
}
const problem = (text: string, depth?: number) => {
  const result = readXml(text, depth === undefined ? {} : { depth })
  return "problem" in result ? result.problem : null
}

test("elements, attributes and texts with their namespaces", () => {
  const root = tree(
    `\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<!-- c --><a xmlns="urn:a" xmlns:s="urn:s" s:unit="U" x="1">\n  <s:b>2 &lt; 3<![CDATA[ & 4]]></s:b>\n</a>\n`,
  )
  expect([root.name, root.local, root.uri, root.line]).toEqual(["a", "a", "urn:a", 2])
  expect(attributeOf(root, "unit", "urn:s")).toBe("U")
  expect(attributeOf(root, "unit")).toBeNull()
  expect(attributeOf(root, "x")).toBe("1")
  expect(root.attributes.map(each => each.name)).toEqual(["s:unit", "x"])
  expect([...root.namespaces]).toEqual([
    ["", "urn:a"],
    ["s", "urn:s"],
  ])
  const [inner] = childElements(root)
  expect([inner?.name, inner?.uri, inner?.line]).toEqual(["s:b", "urn:s", 3])
  expect(inner && textOf(inner)).toBe("2 < 3 & 4")
})

test("a name of Object.prototype is a name", () => {
  const root = tree(`<__proto__ constructor="c" __proto__="p"><toString/></__proto__>`)
  expect(root.name).toBe("__proto__")
  expect(attributeOf(root, "__proto__")).toBe("p")
  expect(attributeOf(root, "constructor")).toBe("c")
  expect(childElements(root).map(each => each.name)).toEqual(["toString"])
})

test("a chunk may end anywhere", () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `<r n="${at}">é😀${at}</r>`).join("")
  const root = tree(`<a>${rows}</a>`)
  expect(root.children.length).toBe(20_000)
  expect(childElements(root).every((row, at) => textOf(row) === `é😀${at}`)).toBe(true)
})

describe("what is refused", () => {
  const laughs = `<?xml version="1.0"?>\n<!DOCTYPE lolz [\n<!ENTITY lol "lol">\n<!ENTITY lol2 "&lol;&lol;&lol;">\n]>\n<lolz>&lol2;</lolz>`
  const cases: readonly [string, string, string, number, RegExp][] = [
    ["nothing", "", "BAD_XML", 1, /root|element/u],
    ["text", "hello", "BAD_XML", 1, /no XML/u],
    ["truncated in a tag", "<a>\n <b x='1", "BAD_XML", 2, /no XML/u],
    ["truncated between tags", "<a>\n <b/>\n", "BAD_XML", 3, /unclosed tag: a/u],
    ["two roots", "<a/><b/>", "BAD_XML", 1, /no XML/u],
    ["crossed tags", "<a><b></a></b>", "BAD_XML", 1, /no XML/u],
    ["an attribute twice", `<a x="1" x="2"/>`, "BAD_XML", 1, /duplicate attribute/u],
    ["an unbound prefix", "<s:a/>", "BAD_XML", 1, /unbound namespace prefix/u],
    ["an unknown entity", "<a>&nbsp;</a>", "BAD_XML", 1, /entity/u],
    ["an entity bomb", laughs, "DTD", 5, /DTD/u],
    [
      "an external entity",
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`,
      "DTD",
      1,
      /DTD/u,
    ],
    ["an external DTD", `<!DOCTYPE a SYSTEM "urn:x">\n<a/>`, "DTD", 1, /DTD/u],
    ["a NUL", "<a>\0</a>", "BAD_XML", 1, /no XML/u],
  ]
  test.each(cases)("%s", (_name, text, code, line, message) => {
    const found = problem(text)
    expect([found?.code, found?.line]).toEqual([code, line])
    expect(found?.message).toMatch(message)
    expect(found?.column).toBeGreaterThan(0)
  })

  test("depth", () => {
    const nested = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth)
    expect(problem(nested(200))).toBeNull()
    expect(problem(nested(201))?.code).toBe("TOO_DEEP")
    expect(problem(nested(1_000_000))?.code).toBe("TOO_DEEP")
    expect(problem(nested(4), 3)?.code).toBe("TOO_DEEP")
  })
})

test("a document with one place broken gives a tree or a problem, never an exception", () => {
  const document = `<?xml version="1.0"?><a xmlns:s="urn:s"><s:b x="1">t&amp;<![CDATA[c]]></s:b><!-- d --><?p i?></a>`
  fc.assert(
    fc.property(
      fc.nat(document.length),
      fc.nat(5),
      fc.oneof(fc.string(), fc.string({ unit: "binary" })),
      (at, gone, put) => {
        const result = readXml(document.slice(0, at) + put + document.slice(at + gone))
        expect("ok" in result || result.problem.line > 0).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
