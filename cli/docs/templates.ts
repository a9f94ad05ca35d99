// The templates of the site, compiled. Flows in: files of cli/docs/templates. Flows out: functions from page data to text. Everything is
// escaped but what two functions here have made: words with names in <code>, and Markdown without foreign tags.
import { readFileSync } from "node:fs"
import type { Words } from "@fmap/compiler"
import Handlebars from "handlebars"
import { docsFolder } from "../resources.ts"
import type { AuthorMarkdown } from "./author-markdown.ts"
import { escapeMarkdown, markdownWords } from "./markdown-text.ts"

const partials = [
  "calls",
  "field-table",
  "flow-picture",
  "map-picture",
  "navigation",
  "rule",
  "sign-off",
  "test",
  "ways-out",
] as const
const pages = ["index", "contract", "map", "crosswalk", "calendar", "flow", "tests", "lineage"] as const

export type PageName = (typeof pages)[number]

export interface Templates {
  readonly page: (name: PageName, data: object) => string
  readonly sheet: (data: object) => string
}

export function loadTemplates(markdown: AuthorMarkdown): Templates {
  const html = Handlebars.create()
  html.registerHelper("words", (words: Words) => new Handlebars.SafeString(htmlWords(words)))
  html.registerHelper("coded", (text: string) => new Handlebars.SafeString(htmlName(text)))
  html.registerHelper("markdown", (text: string) => new Handlebars.SafeString(markdown(text)))
  html.registerHelper("short", (hash: string) => hash.slice(0, 12))
  html.registerHelper("plural", (count: number, one: string, many: unknown) =>
    count === 1 ? `1 ${one}` : `${count} ${typeof many === "string" ? many : `${one}s`}`,
  )
  html.registerHelper("is", (a: unknown, b: unknown) => a === b)
  for (const name of partials) html.registerPartial(name, source(`${name}.hbs`))
  html.registerPartial("layout", source("layout.hbs"))
  const compiled = new Map(pages.map(name => [name, html.compile(source(`${name}.hbs`), { strict: true })]))

  const text = Handlebars.create()
  text.registerHelper("md", (value: string) => escapeMarkdown(value))
  text.registerHelper("words", (words: Words) => markdownWords(words))
  text.registerHelper("is", (a: unknown, b: unknown) => a === b)
  const sheet = text.compile(source("map.md.hbs"), { strict: true, noEscape: true })
  return {
    page: (name, data) => compiled.get(name)?.(data) ?? "",
    sheet: data => sheet(data),
  }
}

export function styleSheet(): string {
  return source("site.css")
}

function htmlWords(words: Words): string {
  return words
    .map(word => (typeof word === "string" ? Handlebars.escapeExpression(word) : htmlName(word.code)))
    .join("")
}

/** A long path may break where a reader would break it. */
function htmlName(name: string): string {
  const parts = name.split(name.length > 20 ? /(?<=[._/])(?=[^._/\s])/u : /(?<=[./])(?=[^./\s])/u)
  return `<code>${parts.map(part => Handlebars.escapeExpression(part)).join("<wbr>")}</code>`
}

function source(name: string): string {
  return readFileSync(new URL(name, docsFolder), "utf8")
}
