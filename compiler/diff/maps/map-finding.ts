// A change of a map or a table as a finding: how severe it is, what stood on both sides, and where. Flows in: what is told, and both releases. Flows out: findings, none where the mode does not tell the rule.
import { sourceText } from "../../explain/source-text.ts"
import { shownAt } from "../../lineage/shown.ts"
import type { At, Plan, PlanMap } from "../../plan/index.ts"
import type { ChangeFinding } from "../finding.ts"
import { fingerprintOf } from "../fingerprint.ts"
import type { ChangeRule } from "../rules/change-rule.ts"
import { type MappingRule, mappingRules } from "../rules/mappings.ts"
import type { Change } from "./comparing.ts"
import type { TableChange } from "./crosswalk-changes.ts"
import type { Row } from "./crosswalk-rows.ts"
import { type Form, meaningOf } from "./form.ts"

/** How severe a change of meaning is taken. */
export type MappingMode = "strict" | "standard" | "relaxed"

export interface Release {
  readonly plan: Plan
  /** Undefined: the source of a file is not at hand, and findings show no text of it. */
  readonly textOf: (path: string) => string | undefined
  /** Rows of crosswalks that stand in files, by id, where they were read. */
  readonly rows: ReadonlyMap<string, readonly Row[]>
}

export interface Telling {
  readonly old: Release
  readonly new: Release
  readonly mode: MappingMode
}

export function once(findings: readonly ChangeFinding[]): readonly ChangeFinding[] {
  return [...new Map(findings.map(finding => [finding.fingerprint, finding])).values()]
}

export function equivalent(map: PlanMap, telling: Telling): readonly ChangeFinding[] {
  return finding(
    {
      rule: "M001",
      subject: map.name,
      path: "",
      old: null,
      new: null,
      message: `${map.name} gives every field the value it had, and stops the same records.`,
      newAt: map.at,
    },
    telling,
  )
}

export function mapFinding(
  map: PlanMap | null,
  gone: PlanMap | null,
  telling: Telling,
): readonly ChangeFinding[] {
  const subject = map?.name ?? gone?.name ?? ""
  const side = { canonical: "map", text: subject }
  return finding(
    {
      rule: "M037",
      other: map !== null,
      subject,
      path: "",
      old: gone === null ? null : side,
      new: map === null ? null : side,
      message: map === null ? `The map ${subject} is no longer there.` : `The map ${subject} is new.`,
      oldAt: gone?.at ?? null,
      newAt: map?.at ?? null,
    },
    telling,
  )
}

/** Each record comes out as it did; who calls it does so by its name. */
export function renamedFinding(map: PlanMap, was: PlanMap, telling: Telling): readonly ChangeFinding[] {
  const side = ({ name }: PlanMap): Side => ({ canonical: `map ${name}`, text: name })
  return finding(
    {
      rule: "M037",
      subject: map.name,
      path: "",
      old: side(was),
      new: side(map),
      message: `The map ${was.name} is called ${map.name} now and makes what it made: whoever calls it by the old name does not find it, and nothing else is another.`,
      oldAt: was.at,
      newAt: map.at,
    },
    telling,
  )
}

export function changeFinding(subject: string, change: Change, telling: Telling): readonly ChangeFinding[] {
  const { shown } = change
  const sideOf = (form: Form | null, release: Release, text: string | null | undefined) => {
    if (form === null && (text ?? null) === null) return null
    const source = form?.at ? sourceText(form.at, release.plan, release.textOf) : ""
    return {
      canonical: form === null ? (text ?? "") : meaningOf(form),
      text: text ?? (source === "" ? wordOf(form) : source),
    }
  }
  return finding(
    {
      rule: change.rule,
      ...(change.other === undefined ? {} : { other: change.other }),
      subject,
      path: change.path,
      old: sideOf(change.old, telling.old, shown?.old),
      new: sideOf(change.new, telling.new, shown?.new),
      message: change.message,
      oldAt: change.old?.at ?? null,
      newAt: change.new?.at ?? null,
    },
    telling,
  )
}

function wordOf(form: Form | null): string {
  return form === null ? "" : [form.op, ...form.detail].join(" ")
}

export function tableFinding(
  subject: string,
  change: TableChange,
  telling: Telling,
): readonly ChangeFinding[] {
  const { old, new: now, at: _, ...rest } = { at: null, ...change }
  return finding({ ...rest, subject, old, new: now, oldAt: old?.at ?? null, newAt: now?.at ?? null }, telling)
}

interface Side {
  readonly canonical: string
  readonly text: string
}

interface Told {
  readonly rule: MappingRule
  readonly other?: boolean
  readonly subject: string
  readonly path: string
  readonly old: Side | null
  readonly new: Side | null
  readonly message: string
  readonly oldAt?: At | null
  readonly newAt?: At | null
}

/** Nothing where the mode does not tell the rule at all. */
export function finding(told: Told, { old, new: now, mode }: Telling): readonly ChangeFinding[] {
  const rule: ChangeRule = mappingRules[told.rule]
  const judged = told.other === true ? (rule.other ?? rule) : rule
  const severity = judged.severity[mode] ?? "error"
  if (severity === "none") return []
  const { subject, path, message } = told
  const fingerprint = fingerprintOf({
    rule: told.rule,
    subject,
    path,
    old: told.old?.canonical ?? null,
    new: told.new?.canonical ?? null,
  })
  return [
    {
      rule: told.rule,
      fingerprint,
      subject,
      path,
      severity,
      bump: judged.bump,
      mode,
      direction: told.rule === "M001" ? "none" : "readers",
      old: told.old?.text ?? null,
      new: told.new?.text ?? null,
      message,
      fix: told.rule === "M001" ? null : rule.fix,
      oldAt: positionOf(told.oldAt, old.plan),
      newAt: positionOf(told.newAt, now.plan),
      witness: null,
      observed: null,
      consumers: [],
    },
  ]
}

function positionOf(at: At | null | undefined, plan: Plan): string | null {
  return at === null || at === undefined ? null : shownAt(at, plan)
}
