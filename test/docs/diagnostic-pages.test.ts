// Every code has a page and every page a code; the wrong example gives exactly its code, the right one nothing. For codes of
// records, the same with payloads.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import {
  compile,
  type InterpretReference,
  interpret,
  type Plan,
  setInterpreter,
  validatePayload,
  wireSpec,
} from "@fmap/compiler"
import { catalogue, type Diagnostic } from "@fmap/grammar"
import { readJsonBytes, runRows } from "@fmap/runtime"
import { describe, expect, test } from "vitest"
import { recordsOf } from "../../cli/run/records.ts"
import { resultSink } from "../../cli/run/sinks.ts"
import { inputForm } from "../../cli/run/wire-form.ts"
import { fakeTerminal } from "../cli/fake-terminal.ts"
import { calendarsOf } from "../conformance/calendars-of.ts"
import { exampleProject, type Fence, fence, type Page, parsePage } from "./page.ts"

const folder = join(import.meta.dirname, "../../specs/diagnostics")
// Those of FM8xxx are made of runtime/problems; test/cli/problems raises each.
const names = readdirSync(folder).filter(name => name !== "README.md" && !name.startsWith("FM8"))
const pages = new Map(
  names.map(name => [name.replace(/\.md$/u, ""), parsePage(readFileSync(join(folder, name), "utf8"))]),
)
const codes = Object.entries(catalogue)

test("every code has a page", () =>
  expect(codes.map(([code]) => code).filter(code => !pages.has(code))).toEqual([]))
test("every page has a code", () =>
  expect([...pages.keys()].filter(code => !Object.hasOwn(catalogue, code))).toEqual([]))

describe.each([...pages])("%s", (code, page) => {
  test("has the form of a page", () => {
    expect(page.code).toBe(code)
    const entry = codes.find(([one]) => one === code)?.[1]
    expect(page.title).toBe(entry?.title)
    expect(page.introduction.length).toBeGreaterThan(40)
    expect(page.headings).toEqual(["How to fix it"])
  })
  if (code.startsWith("FM9")) recordExamples(code, page)
  else sourceExamples(code, page)
})

function sourceExamples(code: string, page: Page): void {
  test("the wrong example gives exactly this code", () => {
    const example = fence(page, "fmap", "wrong")
    const beside = example?.words.filter(word => /^FM\d{4}$/u.test(word)) ?? []
    const found = compiled(example)
    expect([...new Set(found.map(one => one.code))].toSorted(), told(found)).toEqual(
      [code, ...beside].toSorted(),
    )
  })
  test("the right example gives nothing", () => {
    expect(told(compiled(fence(page, "fmap", "right")))).toBe("")
  })
}

function recordExamples(code: string, page: Page): void {
  test("the wrong payload gives exactly this code", async () =>
    expect(await issueCodes(page, "wrong")).toEqual([page.title]))
  test("the right payload gives none", async () => expect(await issueCodes(page, "right")).toEqual([]))
  test("the heading is the code records carry", () => expect(page.title, code).toMatch(/^[A-Z][A-Z0-9_]+$/u))
}

function compiled(example: Fence | undefined): readonly Diagnostic[] {
  if (example === undefined) throw new Error("the page has no such example")
  const { host, entries } = exampleProject(example.body)
  return compile(host, entries, { emit: {} }).diagnostics
}

async function issueCodes(page: Page, word: "wrong" | "right"): Promise<string[]> {
  const payload = ["json", "csv", "xml"]
    .map(language => fence(page, language, word))
    .find(one => one !== undefined)
  const rules = fence(page, "fmap", "rules")
  if (payload === undefined || rules === undefined) throw new Error("the page lacks its rules or a payload")
  const { host, entries } = exampleProject(rules.body)
  const { plan, diagnostics } = compile(host, entries, { emit: {} })
  if (plan === null) throw new Error(told(diagnostics))
  const calendars = calendarsOf(plan, path => {
    const file = host.readFile(path, 1 << 20)
    return file.kind === "bytes" ? file.bytes : undefined
  })
  if ("problems" in calendars) throw new Error(JSON.stringify(calendars))
  const reference = calendars.ok
  if (payload.words.includes("JSON.parse")) return codesOf(plan, JSON.parse(payload.body), reference)
  const isHex = payload.words.includes("hex")
  const bytes = Buffer.from(isHex ? payload.body.replace(/\s/gu, "") : payload.body, isHex ? "hex" : "utf8")
  const transported = await wireCodes(plan, bytes, payload.language, page.title)
  if (transported !== null) return transported
  const read = readJsonBytes(bytes)
  return "refused" in read ? [read.refused.code] : codesOf(plan, read.ok, reference)
}

/** Of a contract whose documents are more than their records: what the codec says, and then the door. Null: plain JSON. */
async function wireCodes(
  plan: Plan,
  bytes: Uint8Array,
  language: string,
  title: string,
): Promise<string[] | null> {
  const contract = plan.shapes.findLast(shape => shape.contract !== null)
  const spec = wireSpec(plan, contract?.id ?? "")
  if (spec.transport === null) return null
  if (title === "UNWRITABLE") {
    const read = readJsonBytes(bytes)
    const sink = resultSink({ format: "csv", spec }, false, fakeTerminal("."))
    const problem = sink.refusal("ok" in read ? read.ok : undefined)
    return problem === undefined ? [] : [problem.code]
  }
  const { form, spec: reading } = inputForm(plan, contract?.id ?? "", {
    file: `page.${language}`,
    format: undefined,
    each: false,
  })
  const found: string[] = []
  for await (const record of recordsOf(chunksOf(bytes), form, reading)) {
    if ("notice" in record) found.push(record.notice.code)
    else if ("problem" in record) found.push(record.problem.code)
    else found.push(...codesOf(plan, record.value, {}))
  }
  return [...new Set(found)]
}

async function* chunksOf(bytes: Uint8Array) {
  yield bytes
}

function codesOf(plan: Plan, payload: unknown, reference: InterpretReference): string[] {
  const [map] = plan.maps
  if (map !== undefined && map.set !== null) return codesOfGroups(plan, map.name, payload as unknown[])
  const contract = plan.shapes.findLast(shape => shape.kind === "contract")
  const result =
    map === undefined
      ? validatePayload(plan, contract?.id ?? "", payload)
      : interpret(plan, map.name, { [map.sources[0]?.name ?? ""]: payload }, reference)
  const issues = result.status === "done" ? result.notes : result.issues
  return [...new Set(issues.map(issue => issue.code))]
}

/** What the page is about befalls groups; their lost rows have codes of their own. */
function codesOfGroups(plan: Plan, map: string, rows: readonly unknown[]): string[] {
  const { out, rejected, held, dropped } = runRows(setInterpreter(plan)(map, {}), rows)
  const stopped = [...rejected, ...held, ...dropped].filter(({ row }) => row === null)
  const issues = [...out.flatMap(({ notes }) => notes), ...stopped.flatMap(one => one.issues)]
  return [...new Set(issues.map(issue => issue.code))]
}

function told(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(one => `${one.code} ${one.labels[0].place.file}:${one.labels[0].place.span.start} ${one.message}`)
    .join("\n")
}
