// Versions of declarations. Flows in: what was written, or nothing. Flows out: diagnostics.
import { diagnostic, type Name, type Span } from "@fmap/grammar"
import { type Findings, placeIn } from "../project/findings.ts"

interface Written {
  readonly text: string
  readonly span: Span
}

/** Contracts, maps and crosswalks must have one. `after`: where it could be inserted. */
export function requireVersion(
  kind: string,
  name: Name,
  version: Written | null,
  after: number,
  file: string,
  found: Findings,
): void {
  if (version !== null) return
  found.report(
    diagnostic("FM6101", { kind, name: name.text }, placeIn(file)(name), {
      label: "without a version",
      help: "Say which version this is.",
      edits: [{ place: { file, span: { start: after, end: after } }, text: " version 1.0.0" }],
    }),
  )
}
