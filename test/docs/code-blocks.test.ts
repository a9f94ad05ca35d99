// Code shown in the documentation is code: fmap fences parse, JSON fences are JSON, links lead to files. Pages of codes have their
// own, stricter test.
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parse } from "@fmap/grammar"
import { expect, test } from "vitest"
import { repositoryFiles, root } from "../architecture/source-files.ts"

const documents = repositoryFiles().filter(
  path => path.endsWith(".md") && !path.startsWith("specs/diagnostics/"),
)

interface Block {
  readonly where: string
  readonly language: string
  readonly body: string
}
const blocks: readonly Block[] = documents.flatMap(path => {
  const text = readFileSync(join(root, path), "utf8")
  return [...text.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gmu)].map(found => ({
    where: `${path}:${text.slice(0, found.index).split("\n").length}`,
    language: found[1] ?? "",
    body: found[2] ?? "",
  }))
})
const of = (language: string) =>
  blocks.filter(block => block.language === language).map(block => [block.where, block.body] as const)

test("there is something to look at", () => {
  expect(documents).toContain("README.md")
  expect(of("fmap").length).toBeGreaterThan(0)
})
test.each(of("fmap"))("%s parses", (where, body) => {
  expect(parse(body, where).diagnostics.map(one => `${one.code} ${one.message}`)).toEqual([])
})
test.each(of("json"))("%s is JSON", (_where, body) => {
  expect(() => JSON.parse(body)).not.toThrow()
})
test.each(documents)("links of %s lead somewhere", path => {
  const text = readFileSync(join(root, path), "utf8").replace(/^```[\s\S]*?^```$/gmu, "")
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/gu)].map(
    found => found[1] ?? "",
  )
  expect(links.filter(link => !existsSync(join(root, dirname(path), link)))).toEqual([])
})
