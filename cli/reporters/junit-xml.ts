// JUnit XML, the form every CI reads. Flows in: suites of named cases, each with at most one failure. Flows out: the document.
// Text of authors is escaped here and nowhere else; characters XML cannot hold are written out.

export interface JUnitCase {
  readonly name: string
  readonly file: string
  readonly line: number
  /** Null: it passed. */
  readonly failure: { readonly kind: string; readonly message: string; readonly text: string } | null
}
export interface JUnitSuite {
  readonly name: string
  readonly cases: readonly JUnitCase[]
}

export function junitXml(suites: readonly JUnitSuite[]): string {
  const all = suites.flatMap(suite => suite.cases)
  const lines = [`<?xml version="1.0" encoding="UTF-8"?>`, `<testsuites name="fmap" ${counts(all)}>`]
  for (const suite of suites) {
    lines.push(`  <testsuite name="${attribute(suite.name)}" ${counts(suite.cases)}>`)
    for (const one of suite.cases) lines.push(...testCase(one, suite.name))
    lines.push("  </testsuite>")
  }
  return `${[...lines, "</testsuites>"].join("\n")}\n`
}

function counts(cases: readonly JUnitCase[]): string {
  return `tests="${cases.length}" failures="${cases.filter(one => one.failure !== null).length}"`
}

function testCase(one: JUnitCase, suite: string): string[] {
  const head = `    <testcase name="${attribute(one.name)}" classname="${attribute(suite)}" file="${attribute(one.file)}" line="${one.line}"`
  if (one.failure === null) return [`${head}/>`]
  return [
    `${head}>`,
    `      <failure type="${attribute(one.failure.kind)}" message="${attribute(one.failure.message)}">${content(one.failure.text)}</failure>`,
    "    </testcase>",
  ]
}

// Everything XML 1.0 cannot hold, lone surrogates among it.
const impossible = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

function content(text: string): string {
  return text
    .replace(impossible, character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
}

function attribute(text: string): string {
  return content(text)
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;")
    .replaceAll("\t", "&#9;")
}
