// A finding of the rules F. Flows in: the rule, what it is about, both sides. Flows out: a finding like any other, with what it means for events in flight.
import { pointer } from "@fmap/runtime"
import { sourceText } from "../../explain/source-text.ts"
import type { At, PlanFlow } from "../../plan/index.ts"
import type { ChangeFinding } from "../finding.ts"
import { fingerprintOf } from "../fingerprint.ts"
import type { MappingMode, Release } from "../maps/compare-maps.ts"
import { type Form, meaningOf } from "../maps/form.ts"
import type { ChangeRule } from "../rules/change-rule.ts"
import { type FlowRule, flowRules } from "../rules/flows.ts"

/** `canonical`: what it means, for fingerprints; `text`: as it is shown. */
export interface FlowText {
  readonly canonical: string
  readonly text: string
  readonly at?: At | null
}

export interface FlowChange {
  readonly rule: FlowRule
  /** The rule's other case holds. */
  readonly other?: boolean
  /** Of the step and its part: `accepted`, `customer`; empty: the whole flow. */
  readonly path: readonly string[]
  readonly old: FlowText | null
  readonly new: FlowText | null
  readonly message: string
  /** Completes "Events in flight end under …; after them": what a target, a reader or a caller sees. */
  readonly seen: string | null
  readonly oldAt?: At | null
  readonly newAt?: At | null
}

export interface FlowTelling {
  readonly old: Release
  readonly new: Release
  readonly mode: MappingMode
}

export function said(text: string): FlowText {
  return { canonical: text, text }
}

/** An expression of a flow: shown as its author wrote it. */
export function asked(form: Form, { plan, textOf }: Release): FlowText {
  const text = form.at === null ? "" : sourceText(form.at, plan, textOf)
  return { canonical: meaningOf(form), text: text === "" ? form.op : text, at: form.at }
}

/** Nothing where the mode does not tell the rule. */
export function flowFinding(
  change: FlowChange,
  sides: { readonly old: PlanFlow | null; readonly new: PlanFlow | null },
  { old, new: now, mode }: FlowTelling,
): ChangeFinding {
  const rule: ChangeRule = flowRules[change.rule]
  const judged = change.other === true ? (rule.other ?? rule) : rule
  const told = judged.severity[mode] ?? "error"
  const severity = told === "none" ? "information" : told
  const subject = sides.new?.name ?? sides.old?.name ?? ""
  const path = change.path.reduce((root, name) => pointer(root, name), "")
  const position = (at: At | null | undefined, { plan }: Release): string | null =>
    at === null || at === undefined ? null : `${plan.files[at[0]]?.path ?? ""}:${at[1]}:${at[2]}`
  const inFlight = change.seen === null ? null : inFlightText(sides, change.seen)
  return {
    rule: change.rule,
    fingerprint: fingerprintOf({
      rule: change.rule,
      subject,
      path,
      old: change.old?.canonical ?? null,
      new: change.new?.canonical ?? null,
    }),
    subject,
    path,
    severity,
    bump: judged.bump,
    mode,
    direction: change.rule === "F001" || change.rule === "F032" ? "none" : "readers",
    old: change.old?.text ?? null,
    new: change.new?.text ?? null,
    message: change.message,
    fix: severity === "information" ? null : rule.fix,
    oldAt: position(change.oldAt ?? change.old?.at ?? sides.old?.at, old),
    newAt: position(change.newAt ?? change.new?.at ?? sides.new?.at, now),
    witness: null,
    observed: null,
    ...(inFlight === null ? {} : { inFlight }),
    consumers: [],
  }
}

/** An event ends under the version it began with. */
function inFlightText(
  { old, new: now }: { readonly old: PlanFlow | null; readonly new: PlanFlow | null },
  seen: string,
): string {
  if (old === null) return `No event is in flight yet; ${seen}.`
  if (now === null || now.name !== old.name)
    return `Events in flight end only while ${old.name} ${old.version} still runs; ${seen}.`
  return old.version === now.version
    ? `Both are version ${old.version}, so events in flight go on with what is new; ${seen}.`
    : `Events in flight end under ${old.version} while it runs beside ${now.version}; after them ${seen}.`
}
