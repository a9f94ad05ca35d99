// A finding of a policy in the form reporters take. Flows in: the finding and a way to places. Flows out: a diagnostic whose code is a rule.
import type { At, GovernanceFinding } from "@fmap/compiler"
import type { Diagnostic, Place } from "@fmap/grammar"

export function diagnosticOf(
  { rule, severity, message, at, label, related, help }: GovernanceFinding,
  placeOf: (at: At) => Place,
): Diagnostic<string> {
  return {
    code: rule,
    severity,
    message,
    labels: [
      { place: placeOf(at), voice: "primary", text: label },
      ...related.map(one => ({ place: placeOf(one.at), voice: "secondary" as const, text: one.text })),
    ],
    help: { text: help, edits: [] },
  }
}
