// The half of a release's comparison that is about what maps do. Flows in: two Plans, their sources where they are at hand, and how strict to be. Flows out:
// findings of the rules M001 to M037, in the order of the new Plan. Compares meaning: what is only written differently is told as proved equivalent.

import { sourceText } from "../../explain/source-text.ts"
import type { At, Plan, PlanCalendar, PlanCrosswalk, PlanMap } from "../../plan/index.ts"
import type { ChangeFinding } from "../finding.ts"
import { fingerprintOf } from "../fingerprint.ts"
import type { ChangeRule } from "../rules/change-rule.ts"
import { type MappingRule, mappingRules } from "../rules/mappings.ts"
import type { Change } from "./comparing.ts"
import { crosswalkChanges, type TableChange } from "./crosswalk-changes.ts"
import { inlineRows, type Row } from "./crosswalk-rows.ts"
import { createForms, type Form, meaningOf } from "./form.ts"
import { mapChanges } from "./map-changes.ts"
import { shapesOf } from "./map-form.ts"

/** How severe a change of meaning is taken. */
export type MappingMode = "strict" | "standard" | "relaxed"

export interface Release {
  readonly plan: Plan
  /** Undefined: the source of a file is not at hand, and findings show no text of it. */
  readonly textOf: (path: string) => string | undefined
  /** Rows of crosswalks that stand in files, by id, where they were read. */
  readonly rows: ReadonlyMap<string, readonly Row[]>
}

export function compareMaps(old: Release, now: Release, mode: MappingMode): readonly ChangeFinding[] {
  const side = createForms()
  const forms = { old: side(), new: side() }
  const names = crosswalkNames(old.plan, now.plan)
  const isRate = (name: string): boolean =>
    now.plan.crosswalks.some(one => names.new(one.id) === name && givesRate(one)) ||
    old.plan.crosswalks.some(one => names.old(one.id) === name && givesRate(one))
  const telling: Telling = { old, new: now, mode }
  const [before, after] = [shapesOf(old.plan), shapesOf(now.plan)]
  const oldMaps = new Map(old.plan.maps.map(map => [map.name, map]))
  const newMaps = new Set(now.plan.maps.map(map => map.name))
  const sameContracts = written(old.plan.shapes) === written(now.plan.shapes)
  const found: ChangeFinding[] = []
  for (const map of now.plan.maps) {
    const known = oldMaps.get(map.name)
    if (known === undefined) found.push(...mapFinding(map, null, telling))
    else if (written(known) !== written(map) || hasOtherNames(known, names)) {
      const changes = mapChanges(
        { map: known, shapes: before, forms: forms.old, crosswalk: names.old },
        { map, shapes: after, forms: forms.new, crosswalk: names.new },
        isRate,
        sameContracts,
      )
      const findings = changes.flatMap(change => changeFinding(map.name, change, telling))
      found.push(...(changes.length === 0 ? equivalent(map, telling) : once(findings)))
    }
  }
  for (const map of old.plan.maps) if (!newMaps.has(map.name)) found.push(...mapFinding(null, map, telling))
  for (const crosswalk of now.plan.crosswalks) {
    const known = old.plan.crosswalks.find(one => names.old(one.id) === names.new(crosswalk.id))
    if (known === undefined) continue
    const changes = crosswalkChanges(
      {
        crosswalk: known,
        plan: old.plan,
        forms: forms.old,
        rows: inlineRows(known) ?? old.rows.get(known.id) ?? null,
      },
      {
        crosswalk,
        plan: now.plan,
        forms: forms.new,
        rows: inlineRows(crosswalk) ?? now.rows.get(crosswalk.id) ?? null,
      },
    )
    found.push(...once(changes.flatMap(change => tableFinding(crosswalk.id, change, telling))))
  }
  for (const calendar of now.plan.calendars) {
    const known = old.plan.calendars.find(({ id }) => id === calendar.id)
    if (known !== undefined) found.push(...calendarFindings(known, calendar, telling))
  }
  return found
}

function calendarFindings(old: PlanCalendar, now: PlanCalendar, telling: Telling): readonly ChangeFinding[] {
  const facts = { subject: now.id, path: "", oldAt: old.at, newAt: now.at }
  const side = (value: unknown, text: string) => ({ canonical: JSON.stringify(value), text })
  const rules = ({ rules: own, weekend }: PlanCalendar): readonly unknown[] => [own, weekend]
  const files = ({ periods, status, holidays }: PlanCalendar): readonly unknown[] => [
    periods,
    status,
    holidays,
  ]
  const paths = ({ periods, status, holidays }: PlanCalendar): string =>
    [periods, status, holidays].flatMap(file => (file === null ? [] : [file.path])).join(", ")
  return [
    ...(JSON.stringify(rules(old)) === JSON.stringify(rules(now))
      ? []
      : finding(
          {
            ...facts,
            rule: "M011",
            old: side(rules(old), old.name),
            new: side(rules(now), now.name),
            message: `The calendar ${now.name} divides the year, or counts business days, in another way.`,
          },
          telling,
        )),
    ...(JSON.stringify(files(old)) === JSON.stringify(files(now))
      ? []
      : finding(
          {
            ...facts,
            rule: "M030",
            old: side(files(old), paths(old)),
            new: side(files(now), paths(now)),
            message: `The calendar ${now.name} reads other files.`,
          },
          telling,
        )),
  ]
}

interface Telling {
  readonly old: Release
  readonly new: Release
  readonly mode: MappingMode
}

/** One name for a crosswalk that only has another one: its rows, its source and its types are the same. */
function crosswalkNames(
  old: Plan,
  now: Plan,
): { readonly old: (id: string) => string; readonly new: (id: string) => string } {
  const ids = new Set(old.crosswalks.map(({ id }) => id))
  const others = new Set(now.crosswalks.map(({ id }) => id))
  const left = new Map(
    old.crosswalks.filter(({ id }) => !others.has(id)).map(one => [content(one), one.id] as const),
  )
  const renamed = new Map(
    now.crosswalks
      .filter(({ id }) => !ids.has(id))
      .flatMap(one => {
        const known = left.get(content(one))
        return known === undefined ? [] : [[one.id, known] as const]
      }),
  )
  return { old: id => id, new: id => renamed.get(id) ?? id }
}

function content({
  parameters,
  result,
  keyForm,
  unmapped,
  bothWays,
  dated,
  rows,
  external,
}: PlanCrosswalk): string {
  const types = parameters.map(({ type }) => type)
  return written({ types, result, keyForm, unmapped, bothWays, dated, rows, external })
}

function hasOtherNames(map: PlanMap, names: { readonly new: (id: string) => string }): boolean {
  return map.crosswalks.some(id => names.new(id) !== id)
}

/** Without places, words for readers, and what follows from the rest. */
function written(value: object): string {
  const silent = new Set([
    "at",
    "docs",
    "file",
    "version",
    "report",
    "codes",
    "message",
    "because",
    "owner",
    "per",
    "calls",
  ])
  return JSON.stringify(value, (name, member: unknown) => {
    if (silent.has(name)) return undefined
    // records that a map makes up are called by where they stand
    return name === "shape" && typeof member === "string" ? member.replace(/@\d+$/u, "") : member
  })
}

function givesRate({ result }: PlanCrosswalk): boolean {
  return "rate" in result
}

function once(findings: readonly ChangeFinding[]): readonly ChangeFinding[] {
  return [...new Map(findings.map(finding => [finding.fingerprint, finding])).values()]
}

function equivalent(map: PlanMap, telling: Telling): readonly ChangeFinding[] {
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

function mapFinding(map: PlanMap | null, gone: PlanMap | null, telling: Telling): readonly ChangeFinding[] {
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

function changeFinding(subject: string, change: Change, telling: Telling): readonly ChangeFinding[] {
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

function tableFinding(subject: string, change: TableChange, telling: Telling): readonly ChangeFinding[] {
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
function finding(told: Told, { old, new: now, mode }: Telling): readonly ChangeFinding[] {
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
  if (at === null || at === undefined) return null
  const [file, line, column] = at
  return `${plan.files[file]?.path ?? ""}:${line}:${column}`
}
