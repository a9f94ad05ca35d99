// Pages as a browser gets them: sound markup, links that lead somewhere, nothing that runs; names and texts of hostile authors included.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { analyse } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { globSync } from "tinyglobby"
import { describe, expect, test } from "vitest"
import { root } from "../../architecture/source-files.ts"
import { pageProblems } from "./page-problems.ts"
import { attribute, filesOf, parsePage, siteOf, siteOfPlan, textIn } from "./site-of.ts"

const cases = join(root, "specs/conformance")

test("conformance projects that compile have sound pages, every fourth of them", () => {
  const folders = globSync("**/main.fmap", { cwd: cases })
    .toSorted()
    .filter((_, i) => i % 4 === 0)
    .map(path => join(cases, path, ".."))
  const found = folders.flatMap(folder => {
    const { plan } = analyse(nodeHost(folder), ["main.fmap"])
    if (plan === null) return []
    const textOf = (path: string) => readFileSync(join(folder, path), "utf8")
    return [pageProblems(filesOf(siteOfPlan(plan, textOf))).map(problem => `${folder}: ${problem}`)]
  })
  expect(found.length).toBeGreaterThan(70)
  expect(found.flat()).toEqual([])
})

describe("a hostile author", () => {
  const attack = `<script>alert(1)</script>`
  const text = `
/// ${attack} [a](javascript:alert(1)) [b](https://example.com/x) ![c](https://example.com/y.png)
/// # Heading
/// | a | b |
system S {
  kind crm
  owner "\\u{202E}evil"
}
enum E { "${attack}", "__proto__" }
/// \`"><img src=x onerror=alert(1)>\`
contract \`In<script>\` of S version 1.0.0
  owner "\\"><svg onload=alert(1)>"
{
  \`__proto__\` : text(9)  key as "<i>"
  \`a"b' onclick=x\`? : text(9)  pii
  kind : E
}
contract \`__proto__\` of S version 1.0.0 {
  \`constructor\` : text(99)
  kind : E
  \`x\`? : text(9)
}
/// {{evil}} {{{evil}}} ${attack}
map \`M/../..\` version 1.0.0
  from i: \`In<script>\`
  to   o: \`__proto__\`
  owner "=cmd|' /C calc'!A0"
  per "${attack}"
{
  \`constructor\` = i.\`__proto__\`
  kind = i.kind
  x = i.\`a"b' onclick=x\` else hold NO "${attack} {i.kind}"
}
test "${attack}" of \`M/../..\` {
  given i = { \`__proto__\` = "a", kind = "__proto__" }
  expect hold NO
}
`
  const files = filesOf(siteOf(text, { project: attack }))

  test("gets pages that are sound and stay in their folder", () => {
    expect(pageProblems(files)).toEqual([])
    expect(
      [...files.keys()].filter(path => !/^(?:[a-z]+\/)?[A-Za-z0-9_-]+\.(?:html|md|csv)$/u.test(path)),
    ).toEqual([])
  })
  test("is read, not run", () => {
    const page = parsePage(
      [...files].find(([path]) => path.startsWith("maps/") && path.endsWith(".html"))![1],
    )
    const main = page.elements.find(({ tagName }) => tagName === "main")!
    expect(textIn(main)).toContain(attack)
    expect(textIn(main)).toContain("{{evil}} {{{evil}}}")
  })
  test("links only to http and https", () => {
    const all = [...files.values()].flatMap(html => parsePage(html).elements)
    const links = all.flatMap(element => attribute(element, "href") ?? []).filter(href => href.includes(":"))
    expect(new Set(links)).toEqual(
      // A picture of elsewhere is not fetched: it is a link that a reader may follow.
      new Set(["data:,", "https://example.com/x", "https://example.com/y.png"]),
    )
  })
  test("cannot reorder what is read", () => {
    const joined = [...files.values()].join("")
    expect(joined).not.toContain("\u202e")
    expect(joined).toContain("\\u{202e}evil")
  })
  test("puts no formula into a spreadsheet and no tag into Markdown", () => {
    const sheets = [...files].filter(([path]) => path.startsWith("maps/"))
    const markdown = sheets.find(([path]) => path.endsWith(".md"))![1]
    expect(markdown).not.toContain("<script>")
    expect(markdown).toContain("&lt;script&gt;")
  })
})

describe("what a page may do", () => {
  const page = parsePage(filesOf(siteOf(`contract C version 1.0.0 { id : text }`)).get("index.html")!)
  const policy = page.elements.flatMap(one =>
    attribute(one, "http-equiv") === "Content-Security-Policy" ? (attribute(one, "content") ?? []) : [],
  )
  test("is said by a policy that lets nothing in but the page's own style sheet", () => {
    expect(policy).toEqual([
      expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; img-src data:; base-uri 'none'; form-action 'none'$/u,
      ),
    ])
  })
})

test("the same project gives the same bytes", () => {
  const text = readFileSync(join(cases, "problems/18-signs/flipped/main.fmap"), "utf8")
  expect(filesOf(siteOf(text))).toEqual(filesOf(siteOf(text)))
})
