// The conformance cases as data. Flows in: the folders of specs/conformance. Flows out: one typed case per case.json, its
// files as bytes; figures keep every digit because case.json is read by the exact reader. Knows nothing of the compiler.
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { readJson, writeJson } from "@fmap/runtime"

export interface ConformanceCase {
  /** `money/same-currency`. */
  readonly name: string
  readonly folder: string
  /** All files of the folder but case.json, by path with `/`. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly description: string
  readonly entry: string
  readonly map: string
  /** Errors the compiler must give, and no others; empty: it compiles. */
  readonly diagnostics: readonly ExpectedDiagnostic[]
  readonly runs: readonly ConformanceRun[]
  readonly tests: { readonly passed: number; readonly failed: number } | null
}

export interface ExpectedDiagnostic {
  readonly code: string
  /** Default: the entry. Not compared for a diagnostic about a file that is no source. */
  readonly file?: string
  readonly line?: number
}

export interface ConformanceRun {
  /** JSON text of an object of all sources and givens by name, as it arrives. */
  readonly text: string
  /** A caller that used `JSON.parse`: figures beyond 15 digits are already doubtful. */
  readonly plainJson: boolean
  /** External crosswalks read from another file than the declared one. */
  readonly crosswalks: Readonly<Record<string, string>>
  /** Files of calendars read from another file than the declared one, by `Corp.periods`, `Corp.status`, `Corp.holidays`. */
  readonly calendars: Readonly<Record<string, string>>
  readonly expect: ExpectedRun
}

export type ExpectedRun =
  /** Of a map over a set of rows: the members that the case names, as `setOutcome` shows them. */
  | { readonly kind: "set"; readonly members: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "done"
      readonly value: unknown
      readonly key: string | undefined
      readonly notes: readonly ExpectedIssue[]
    }
  | {
      readonly kind: "held" | "rejected"
      readonly issues: readonly ExpectedIssue[]
      readonly messages: readonly string[] | null
      /** The offending values, where the case says them. */
      readonly values: readonly unknown[] | null
    }
  /** The payload is no JSON that anybody may read. */
  | { readonly kind: "json" }
  /** Reference data that must not be used. */
  | {
      readonly kind: "crosswalk"
      readonly problems: readonly { readonly row: number; readonly code: string }[]
    }
  | {
      readonly kind: "calendar"
      readonly problems: readonly { readonly row: number; readonly column: string; readonly code: string }[]
    }

export interface ExpectedIssue {
  readonly code: string
  readonly severity: string
  readonly root: string
  readonly pointer: string
}

export const conformanceFolder = join(dirname(fileURLToPath(import.meta.url)), "../../specs/conformance")

export function readCases(): readonly ConformanceCase[] {
  return readdirSync(conformanceFolder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name === "case.json")
    .map(entry => readCase(entry.parentPath))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readCase(folder: string): ConformanceCase {
  const name = relative(conformanceFolder, folder).split(sep).join("/")
  const json = readFileSync(join(folder, "case.json"), "utf8")
  const read = readJson(json)
  if (!("ok" in read)) throw new Error(`${name}/case.json: ${read.refused.message}`)
  const data = record(read.ok)
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name !== "case.json")
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [relative(folder, path).split(sep).join("/"), new Uint8Array(readFileSync(path))]),
  )
  const entry = text(data.entry) ?? "main.fmap"
  return {
    name,
    folder,
    files,
    description: text(data.description) ?? "",
    entry,
    map: text(data.map) ?? "",
    diagnostics: list(data.diagnostics).map(item => {
      const { code, file, line } = record(item)
      return {
        code: text(code) ?? "",
        ...(typeof file === "string" ? { file } : {}),
        ...(typeof line === "number" ? { line } : {}),
      }
    }),
    runs: list(data.runs).map(item => readRun(record(item), files)),
    tests: data.tests === undefined ? null : (data.tests as ConformanceCase["tests"]),
  }
}

function readRun(data: Record<string, unknown>, files: ReadonlyMap<string, Uint8Array>): ConformanceRun {
  const file = text(data.inputFile)
  return {
    text:
      file === undefined
        ? (text(data.inputText) ?? writeJson(data.input))
        : new TextDecoder().decode(files.get(file)),
    plainJson: data.plainJson === true,
    crosswalks: record(data.crosswalks) as Record<string, string>,
    calendars: record(data.calendars) as Record<string, string>,
    expect: readExpectation(record(data.expect)),
  }
}

function readExpectation(data: Record<string, unknown>): ExpectedRun {
  if (data.refused === "json") return { kind: "json" }
  if (data.refused === "crosswalk") {
    return { kind: "crosswalk", problems: list(data.problems) as { row: number; code: string }[] }
  }
  if (data.counts !== undefined) return { kind: "set", members: data }
  if (data.refused === "calendar") {
    return {
      kind: "calendar",
      problems: list(data.problems) as { row: number; column: string; code: string }[],
    }
  }
  if (data.status === "done") {
    return {
      kind: "done",
      value: data.value,
      key: text(data.key),
      notes: list(data.notes) as ExpectedIssue[],
    }
  }
  if (data.status !== "held" && data.status !== "rejected")
    throw new Error(`No such outcome: ${JSON.stringify(data)}`)
  return {
    kind: data.status,
    issues: list(data.issues) as ExpectedIssue[],
    messages: data.messages === undefined ? null : (list(data.messages) as string[]),
    values: data.values === undefined ? null : list(data.values),
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}
