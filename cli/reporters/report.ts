// Diagnostics in the form a reader asked for. Flows in: a reporter's name, diagnostics, texts. Flows out: text for standard
// output. The same diagnostics in the same order for every reporter.
import { rulePage } from "@fmap/compiler"
import type { Diagnostic } from "@fmap/grammar"
import { readPage } from "../explain/pages.ts"
import { version } from "../version.ts"
import { findingsOf, type TextOf } from "./finding.ts"
import { github } from "./github.ts"
import { gitlab } from "./gitlab.ts"
import { json } from "./json.ts"
import { junit } from "./junit.ts"
import { sarif } from "./sarif.ts"
import { text } from "./text.ts"

export type ReporterName = "text" | "json" | "github" | "gitlab" | "sarif" | "junit"

export interface ReportContext {
  readonly textOf: TextOf
  /** Project path to the path shown. */
  readonly shown: (file: string) => string
  /** Project-relative paths of the files looked at. */
  readonly files: readonly string[]
  readonly color: boolean
  readonly width: number
}

export function report(
  name: ReporterName,
  diagnostics: readonly Diagnostic<string>[],
  context: ReportContext,
): string {
  if (name === "text") return text(diagnostics, context)
  const findings = findingsOf(diagnostics, context.textOf, context.shown)
  switch (name) {
    case "json":
      return json(findings)
    case "github":
      return github(findings)
    case "gitlab":
      return gitlab(findings)
    case "sarif":
      return sarif(findings, version, code => readPage(code) ?? rulePage(code))
    case "junit":
      return junit(findings, context.files.map(context.shown))
  }
}

/** "2 errors, 1 warning in 5 files" for the last line of commentary. `sources` are the files read; one that could not be counts too. */
export function summary(diagnostics: readonly Diagnostic<string>[], sources: readonly string[]): string {
  const refused = diagnostics.map(({ labels }) => labels[0].place.file).filter(file => file.endsWith(".fmap"))
  const files = new Set([...sources, ...refused]).size
  const parts = (["error", "warning", "information"] as const).flatMap(severity => {
    const count = diagnostics.filter(diagnostic => diagnostic.severity === severity).length
    if (count === 0) return []
    return [severity === "information" ? `${count} information` : plural(count, severity)]
  })
  return `${parts.length === 0 ? "No findings" : parts.join(", ")} in ${plural(files, "file")}.`
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`
}
