// The one diagnostic type of every phase, reporter and editor. Flows in: a catalogue entry's code with its
// parameters and a place. Flows out: plain data that any reporter can render without knowing the phase.
import type { Span } from "../tree/common.ts"
import { type Catalogue, catalogue, type DiagnosticCode } from "./catalogue/index.ts"

export type Severity = "error" | "warning" | "information"

/** A place in a file. `file` is the path the host knows the file by. */
export interface Place {
  readonly file: string
  readonly span: Span
}

/** One underlined place with what stands there ("primary") or what was wanted and where that was said ("secondary"). */
export interface Label {
  readonly place: Place
  readonly voice: "primary" | "secondary"
  readonly text: string
}

/** Replaces the text of a span; an empty span inserts. */
export interface Edit {
  readonly place: Place
  readonly text: string
}

/** At most one help, in the imperative; with edits it is a fix that `fmap check --fix` and an editor apply. */
export interface Help {
  readonly text: string
  readonly edits: readonly Edit[]
}

/** `C`: the codes of the catalogue, or of what else is told in this form: the rules of a policy. */
export interface Diagnostic<C extends string = DiagnosticCode> {
  readonly code: C
  readonly severity: Severity
  /** One plain sentence an analyst understands. */
  readonly message: string
  /** The first label is primary. */
  readonly labels: readonly [Label, ...Label[]]
  readonly help: Help | null
}

type Parameters<C extends DiagnosticCode> = Catalogue[C]["message"] extends (p: infer P) => string ? P : never

/**
 * Makes a diagnostic of the catalogue. `label` says what stands at the place; `related` what was wanted and where that was said.
 * A wrong code or parameter does not compile.
 */
export function diagnostic<C extends DiagnosticCode>(
  code: C,
  parameters: Parameters<C>,
  at: Place,
  details: {
    label?: string
    related?: readonly { place: Place; text: string }[]
    help?: string
    edits?: readonly Edit[]
  } = {},
): Diagnostic {
  const entry = catalogue[code]
  const message = (entry.message as (p: Parameters<C>) => string)(parameters)
  return {
    code,
    severity: entry.severity,
    message,
    labels: [
      { place: at, voice: "primary", text: details.label ?? "" },
      ...(details.related ?? []).map(r => ({ place: r.place, voice: "secondary" as const, text: r.text })),
    ],
    help: details.help === undefined ? null : { text: details.help, edits: details.edits ?? [] },
  }
}
