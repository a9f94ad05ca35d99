// A change of a shape as a finding: how severe it is in the mode asked for, and which version it deserves. Flows in: the change. Flows out:
// the finding, without a payload yet.
import type { Bump, ChangeFinding, ChangeSeverity, CompatibilityMode } from "../finding.ts"
import { fingerprintOf } from "../fingerprint.ts"
import { type ShapeRule, shapeRules } from "../rules/shapes.ts"
import { type Breaks, pathText, type ShapeChange } from "./shape-change.ts"

export interface FindingContext {
  readonly subject: string
  readonly mode: CompatibilityMode
  /** Where it stands in the sources, when there are some. */
  readonly oldAt?: string | null
  readonly newAt?: string | null
}

export function shapeFinding(change: ShapeChange, context: FindingContext): ChangeFinding {
  const { subject, mode, oldAt = null, newAt = null } = context
  const { rule, old, new: now, message, breaks } = change
  const path = pathText(change.path)
  const severity = change.severity ?? severityOf(rule, breaks, mode)
  const isGuess = severity === "error" && change.unproved === true && change.witness === undefined
  return {
    rule,
    fingerprint: fingerprintOf({ rule, subject, path, old, new: now }),
    subject,
    path,
    severity,
    bump: bumpOf(severity, rule),
    mode,
    direction: directionOf(breaks),
    old,
    new: now,
    message: isGuess ? `${message} ${guess}` : message,
    fix: severity === "error" ? shapeRules[rule].fix : null,
    oldAt,
    newAt,
    witness: change.witness ?? null,
    observed: null,
    consumers: [],
  }
}

const guess = "No payload shows it; what cannot be proved counts as breaking."

function severityOf(rule: ShapeRule, breaks: Breaks, mode: CompatibilityMode): ChangeSeverity {
  const isBreaking = (breaks.backward && mode !== "forward") || (breaks.forward && mode !== "backward")
  if (isBreaking) return "error"
  const plain = shapeRules[rule].severity[mode]
  return plain === "warning" ? "warning" : "information"
}

/** What breaks nobody whom the mode protects is a smaller step, but a step. */
function bumpOf(severity: ChangeSeverity, rule: ShapeRule): Bump {
  return severity === "error" ? "major" : rule === "S025" ? "patch" : "minor"
}

function directionOf({ backward, forward }: Breaks): ChangeFinding["direction"] {
  if (backward && forward) return "both"
  return backward ? "writers" : forward ? "readers" : "none"
}
