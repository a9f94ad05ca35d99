// The site of a project, for tests that look at pages. Flows in: `.fmap` text and files it names. Flows out: page data, or files by path.
import {
  branchCoverage,
  codeCoverage,
  type DocsInput,
  docsSite,
  type Plan,
  runTests,
  type Site,
} from "@fmap/compiler"
import { type DefaultTreeAdapterMap, parse } from "parse5"
import { siteRenderer } from "../../../cli/docs/render-site.ts"
import { planOf } from "../../conformance/plan-of.ts"

export function siteOf(
  text: string,
  changes: Partial<DocsInput> = {},
  files: Readonly<Record<string, string>> = {},
): Site {
  return siteOfPlan(planOf(text, files), path => (path === "main.fmap" ? text : undefined), changes)
}

export function siteOfPlan(plan: Plan, textOf: DocsInput["textOf"], changes: Partial<DocsInput> = {}): Site {
  const tests = runTests(plan, () => {
    throw new Error("there is no such file")
  })
  return docsSite({
    project: "Example",
    plan,
    planHash: "0".repeat(64),
    textOf,
    tests,
    coverage: branchCoverage(plan, tests),
    codes: codeCoverage(plan, tests),
    tables: new Map(),
    snapshots: new Map(),
    calendars: new Map(),
    ...changes,
  })
}

const render = siteRenderer()

export function filesOf(site: Site): ReadonlyMap<string, string> {
  return new Map(render(site).map(({ path, text }) => [path, text]))
}

export type Element = DefaultTreeAdapterMap["element"]
type Node = DefaultTreeAdapterMap["node"]

export interface ParsedPage {
  /** What a strict reader of HTML objects to. */
  readonly errors: readonly string[]
  readonly elements: readonly Element[]
}

export function parsePage(html: string): ParsedPage {
  const errors: string[] = []
  const document = parse(html, {
    onParseError: ({ code, startLine }) => errors.push(`line ${startLine}: ${code}`),
  })
  return { errors, elements: elementsBelow(document) }
}

function elementsBelow(node: Node): readonly Element[] {
  const children = "childNodes" in node ? node.childNodes : []
  return children.flatMap(child => ["tagName" in child ? [child] : [], elementsBelow(child)].flat())
}

export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find(one => one.name === name)?.value
}

export function textIn(node: Node): string {
  if ("value" in node) return node.value
  return "childNodes" in node ? node.childNodes.map(textIn).join("") : ""
}
