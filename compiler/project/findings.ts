// How phases hand in what they find. Flows in: diagnostics. Flows out: one list per phase, and whether something in
// between was an error (which makes a declaration `broken`).
import type { Diagnostic, Place, Span } from "@fmap/grammar"

export interface Findings {
  readonly report: (diagnostic: Diagnostic) => void
  readonly all: () => readonly Diagnostic[]
  /** Errors reported up to now. */
  readonly errors: () => number
}

export function findings(): Findings {
  const list: Diagnostic[] = []
  let errors = 0
  return {
    report(diagnostic) {
      if (diagnostic.severity === "error") errors++
      list.push(diagnostic)
    },
    all: () => list,
    errors: () => errors,
  }
}

export function placeIn(file: string): (node: { readonly span: Span }) => Place {
  return node => ({ file, span: node.span })
}
