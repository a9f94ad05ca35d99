// What changed in one map. Flows in: both versions with their Plans. Flows out: changes, none where both are proved to be one. The proof writes
// everything out; what changed is looked for with the target's fields kept apart, so that a change of a line is not told of the total too.
import { pointer } from "@fmap/runtime"
import type { PlanMap } from "../../plan/index.ts"
import { compareControls, compareRecords, rolesOf } from "./compare-records.ts"
import { type Change, type Comparing, tell } from "./comparing.ts"
import { fieldRoles } from "./field-roles.ts"
import type { Form, Forms } from "./form.ts"
import { type MapForm, mapForm, type SetForm, type ShapesOf } from "./map-form.ts"
import type { Meaning } from "./meaning.ts"
import { unfitted } from "./rebuild.ts"

export interface MapIn {
  readonly map: PlanMap
  readonly shapes: ShapesOf
  readonly forms: Forms
  readonly crosswalk: Meaning["crosswalk"]
}

/** `sameContracts`: no shape of the project is another one, so that what differs is the map's. */
export function mapChanges(
  old: MapIn,
  now: MapIn,
  isRate: (crosswalk: string) => boolean,
  sameContracts: boolean,
): readonly Change[] {
  const found: Change[] = []
  const report = (change: Change): void => void found.push(change)
  const input = inputNames(old.map, now.map)
  const inputs = inputChanges(old.map, now.map, input)
  for (const change of inputs) report(change)

  const formOf = (
    { map, shapes, forms, crosswalk }: MapIn,
    targets: Meaning["targets"],
    isNew: boolean,
  ): MapForm => mapForm(map, shapes, forms, { targets, crosswalk, input: isNew ? input : name => name })
  const [wholeOld, wholeNew] = [formOf(old, "inline", false), formOf(now, "inline", true)]
  const roleAt = fieldRoles(now.map, now.shapes.shape)
  const comparing = (path: string): Omit<Comparing, "targets" | "whole"> => ({
    forms: now.forms,
    path,
    role: roleAt(path),
    roleAt,
    domains: { old: old.forms.domainOf, new: now.forms.domainOf },
    isRate,
    inTarget: true,
    report,
    told: found,
  })
  if (wholeOld.body.id !== wholeNew.body.id) {
    const [before, after] = [formOf(old, "apart", false), formOf(now, "apart", true)]
    compareRecords(before.body, after.body, {
      ...comparing(""),
      targets: { old: fieldsByPath(before.body), new: fieldsByPath(after.body) },
      whole: { old: fieldsByPath(wholeOld.body), new: fieldsByPath(wholeNew.body) },
    })
  }
  if (wholeOld.body.id !== wholeNew.body.id && found.length === inputs.length && sameContracts)
    for (const change of unexplained(wholeOld.body, wholeNew.body, now.forms, roleAt)) report(change)
  const none = new Map<string, Form>()
  const outside: Comparing = {
    ...comparing(""),
    targets: { old: none, new: none },
    whole: { old: none, new: none },
  }
  compareKeys(wholeOld, wholeNew, outside)
  compareSets(wholeOld.set, wholeNew.set, outside)
  return withoutEchoes(found)
}

/** What differs and was not found further in is told as a whole: nothing is called equivalent that was not proved. */
function unexplained(
  old: Form,
  now: Form,
  forms: Forms,
  roleAt: ReturnType<typeof fieldRoles>,
): readonly Change[] {
  const [before, after] = [fieldsByPath(old), fieldsByPath(now)]
  const differing = [...after].flatMap(([path, is]) => {
    const was = before.get(path)
    return was !== undefined && unfitted(was, forms).id !== unfitted(is, forms).id ? [{ path, was, is }] : []
  })
  // the innermost ones; those around them differ because they do
  const inner = differing.filter(({ path }) => !differing.some(other => other.path.startsWith(`${path}/`)))
  if (inner.length === 0 && unfitted(old, forms).id === unfitted(now, forms).id) return []
  const told = inner.length === 0 ? [{ path: "", was: old, is: now }] : inner
  return told.map(({ path, was, is }) => ({
    rule: "M007",
    path,
    old: was,
    new: is,
    message: `"${roleAt(path).name}" is computed differently.`,
  }))
}

/** A source that only has another name goes by the old one. */
function inputNames(old: PlanMap, now: PlanMap): (name: string) => string {
  const known = new Set(inputsOf(old).map(one => one.name))
  const left = inputsOf(old).filter(one => !inputsOf(now).some(other => other.name === one.name))
  const names = new Map<string, string>()
  for (const one of inputsOf(now)) {
    if (known.has(one.name)) continue
    const index = left.findIndex(other => other.kind === one.kind && other.holds === one.holds)
    const [other] = index < 0 ? [] : left.splice(index, 1)
    if (other !== undefined) names.set(one.name, other.name)
  }
  return name => names.get(name) ?? name
}

interface Input {
  readonly name: string
  readonly kind: "source" | "given"
  /** What it must be to pass for one with another name. */
  readonly holds: string
  readonly optional: boolean
}

function inputsOf({ sources, givens, set }: PlanMap): readonly Input[] {
  return [
    ...sources.map(({ name, binding }) => ({
      name,
      kind: "source" as const,
      holds: binding.shape,
      optional: false,
    })),
    ...(set?.sets ?? []).map(({ name, type }) => ({
      name,
      kind: "source" as const,
      holds: JSON.stringify(type),
      optional: false,
    })),
    ...givens.map(({ name, type, optional }) => ({
      name,
      kind: "given" as const,
      holds: JSON.stringify(type),
      optional,
    })),
  ]
}

function inputChanges(old: PlanMap, now: PlanMap, known: (name: string) => string): readonly Change[] {
  const before = inputsOf(old)
  const after = inputsOf(now)
  const change = (was: string | null, is: string | null, message: string, other: boolean): Change => ({
    rule: "M035",
    path: "",
    old: null,
    new: null,
    shown: { old: was, new: is },
    message,
    other,
  })
  return [
    ...after.flatMap(({ name, kind, optional }) => {
      const was = known(name)
      if (was !== name) return [change(was, name, `The ${kind} "${was}" is called "${name}" now.`, false)]
      if (before.some(one => one.name === name)) return []
      return [change(null, name, `The ${kind} "${name}" is wanted now.`, optional)]
    }),
    ...before
      .filter(({ name }) => !after.some(one => known(one.name) === name))
      .map(({ name, kind }) => change(name, null, `The ${kind} "${name}" is no longer taken.`, false)),
  ]
}

/** Fields of records at any depth, by path; what wraps a list or record is looked through. */
function fieldsByPath(body: Form): ReadonlyMap<string, Form> {
  const found = new Map<string, Form>()
  const visit = (form: Form, path: string): void => {
    switch (form.op) {
      case "record":
        for (const [name, value] of rolesOf(form).fields) {
          const inside = pointer(path, name)
          if (!found.has(inside)) found.set(inside, value)
          visit(value, inside)
        }
        return
      case "each":
        if (form.parts[1] !== undefined) visit(form.parts[1], `${path}/[]`)
        return
      case "list":
        form.parts.forEach((part, i) => {
          if (i % 2 === 1) visit(part, form.detail[(i - 1) / 2] === "spread" ? path : `${path}/[]`)
        })
        return
      case "fit":
      case "coalesce":
        if (form.parts[0] !== undefined) visit(form.parts[0], path)
        return
      default:
        return
    }
  }
  visit(body, "")
  return found
}

function compareKeys(old: MapForm, now: MapForm, comparing: Comparing): void {
  const shown = (was: string | null, is: string | null) => ({ shown: { old: was, new: is } })
  if (old.key?.field !== now.key?.field)
    tell(comparing, "M029", null, null, "Another field identifies the record.", {
      ...shown(old.key?.field ?? null, now.key?.field ?? null),
    })
  else if (old.key !== null && now.key !== null && old.key.replay !== now.key.replay)
    tell(comparing, "M029", null, null, "A record that comes again is treated in another way.", {
      ...shown(old.key.replay, now.key.replay),
    })
}

function compareSets(old: SetForm | null, now: SetForm | null, comparing: Comparing): void {
  const shown = (was: string | null, is: string | null) => ({ shown: { old: was, new: is } })
  if (old === null || now === null) {
    if (old !== now)
      tell(
        comparing,
        "M022",
        null,
        null,
        now === null ? "The map no longer runs over a set of rows." : "The map runs over a set of rows now.",
      )
    return
  }
  const keys = (set: SetForm): string | null => set.collect?.keys.join(", ") ?? null
  if (keys(old) !== keys(now))
    tell(
      comparing,
      "M022",
      null,
      null,
      "Rows that become one record agree in other fields.",
      shown(keys(old), keys(now)),
    )
  const folds = {
    old: old.collect?.folds ?? new Map<string, string>(),
    new: now.collect?.folds ?? new Map<string, string>(),
  }
  for (const field of new Set([...folds.old.keys(), ...folds.new.keys()])) {
    const [was, is] = [folds.old.get(field) ?? null, folds.new.get(field) ?? null]
    if (was === is) continue
    const order = [was, is].every(one => one === "first" || one === "last")
    tell(
      { ...comparing, path: pointer("", field) },
      order ? "M024" : "M022",
      null,
      null,
      `"${field}" of several rows is put together in another way.`,
      shown(was, is),
    )
  }
  if (old.collect !== null && now.collect !== null && old.collect.incomplete !== now.collect.incomplete)
    tell(comparing, "M025", null, null, "A group that lost a row is treated in another way.", {
      ...shown(old.collect.incomplete, now.collect.incomplete),
    })
  compareControls(old.controls, now.controls, comparing)
}

/** Another currency changes the questions whether two are one: what follows from a locked change is not told again. */
function withoutEchoes(changes: readonly Change[]): readonly Change[] {
  const converted = new Set(changes.filter(({ rule }) => rule === "M010").map(({ path }) => path))
  return changes.filter(({ rule, path }) => !(rule === "M021" && converted.has(path)))
}
