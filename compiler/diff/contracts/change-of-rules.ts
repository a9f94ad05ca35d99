// What a contract checks and derives, compared by meaning. Flows in: both versions with their Plans. Flows out: S023 for each check and derived value that is another one, of records within too: a stricter check breaks who
// writes, a weaker one who reads. What is only written differently is no change.
import type { Plan, PlanRule, PlanShape, WireType } from "../../plan/index.ts"
import { createForms, type Form } from "../maps/form.ts"
import { implies } from "../maps/implies.ts"
import { shapesOf } from "../maps/map-form.ts"
import { formOf } from "../maps/meaning.ts"
import type { Breaks, PathPart, ShapeChange } from "../schema/shape-change.ts"

interface Plans {
  readonly old: Plan
  readonly now: Plan
}

export function changeOfRules(old: PlanShape, now: PlanShape, plans: Plans): readonly ShapeChange[] {
  const pairs = pairsOf(old, now, plans).filter(({ was, is }) => was.rules.length > 0 || is.rules.length > 0)
  if (pairs.length === 0) return []
  const side = createForms()
  const [formsOld, formsNow] = [rulesIn(plans.old, side()), rulesIn(plans.now, side())]
  return pairs.flatMap(({ was, is, path }) => {
    const [before, after] = [formsOld(was), formsNow(is)]
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): readonly ShapeChange[] => {
      const [one, other] = [before.get(key), after.get(key)]
      return one?.form.id === other?.form.id && one?.ends === other?.ends ? [] : [change(one, other, path)]
    })
  })
}

interface Rule {
  readonly kind: PlanRule["kind"]
  /** Its code, or the name of what is derived. */
  readonly name: string
  /** What becomes of a record that fails; empty for what is derived. */
  readonly ends: string
  readonly form: Form
}

function change(old: Rule | undefined, now: Rule | undefined, path: readonly PathPart[]): ShapeChange {
  const { kind, name } = now ?? old ?? { kind: "check", name: "" }
  const shown = (rule: Rule | undefined): string | null =>
    rule === undefined ? null : kind === "derive" ? `derive ${name}` : `${rule.ends} ${name}`
  return {
    rule: "S023",
    old: shown(old),
    new: shown(now),
    message: messageOf(old, now, kind, name),
    breaks: kind === "derive" ? derivedBreaks(old, now) : breaksOf(old, now),
    path,
    unproved: true,
  }
}

function messageOf(
  old: Rule | undefined,
  now: Rule | undefined,
  kind: PlanRule["kind"],
  name: string,
): string {
  if (kind === "derive") {
    if (old === undefined) return `"${name}" is derived now.`
    return now === undefined ? `"${name}" is no longer derived.` : `"${name}" is derived in another way.`
  }
  if (old === undefined) return `Records are checked for ${name} now.`
  if (now === undefined) return `Records are checked for ${name} no more.`
  if (old.form.id === now.form.id)
    return `A record that fails ${name} is ${past(now)} instead of ${past(old)}.`
  if (isStricter(old, now)) return `What is checked for ${name} is stricter now.`
  return isStricter(now, old)
    ? `What is checked for ${name} lets more through now.`
    : `What is checked for ${name} is something else now.`
}

function past({ ends }: Rule): string {
  return { reject: "rejected", hold: "held", warn: "let through with a warning" }[ends] ?? ends
}

/** What is derived stands in no payload: it can only stop a record, or mean something else to who reads it. */
function derivedBreaks(old: Rule | undefined, now: Rule | undefined): Breaks {
  if (old !== undefined && now !== undefined) return { backward: true, forward: true }
  return { backward: now?.form.exits === true, forward: old?.form.exits === true }
}

/** A record that was let through may be stopped: that breaks writers; one that was stopped comes through: readers. */
function breaksOf(old: Rule | undefined, now: Rule | undefined): Breaks {
  const stops = (rule: Rule | undefined): rule is Rule => rule !== undefined && rule.ends !== "warn"
  if (!stops(old) || !stops(now)) return { backward: stops(now), forward: stops(old) }
  if (old.form.id === now.form.id) return { backward: false, forward: false }
  return { backward: !isStricter(now, old), forward: !isStricter(old, now) }
}

/** Whatever the second lets through, the first does. */
function isStricter(than: Rule, rule: Rule): boolean {
  return implies(rule.form, than.form)
}

/** Rules about which fields have values together are in the schemas. */
function rulesIn(plan: Plan, forms: ReturnType<ReturnType<typeof createForms>>) {
  const { shape: shapeById } = shapesOf(plan)
  return (shape: PlanShape): ReadonlyMap<string, Rule> => {
    const record = forms.make("input", ["record"], [])
    const meaning = {
      forms,
      shape: shapeById,
      crosswalk: (id: string) => id,
      variables: new Map([[0, record]]),
      targets: "inline",
      path: null,
      scope: [],
    } as const
    const times = new Map<string, number>()
    return new Map(
      shape.rules.flatMap((rule): readonly (readonly [string, Rule])[] => {
        if (rule.kind === "check" && rule.says !== null) return []
        const name = rule.kind === "derive" ? rule.name : rule.exit.code
        const form = formOf(rule.kind === "derive" ? rule.value : rule.condition, {
          ...meaning,
          variables: new Map(meaning.variables),
        })
        const ends = rule.kind === "derive" ? "" : rule.exit.verb
        const key = `${rule.kind} ${name}`
        const count = times.get(key) ?? 0
        times.set(key, count + 1)
        return [[`${key} ${count}`, { kind: rule.kind, name, ends, form }]]
      }),
    )
  }
}

interface Pair {
  readonly was: PlanShape
  readonly is: PlanShape
  readonly path: readonly PathPart[]
}

/** The contract, and each record within it once. */
function pairsOf(old: PlanShape, now: PlanShape, plans: Plans): readonly Pair[] {
  const seen = new Set<string>()
  const found: Pair[] = []
  const visit = (was: PlanShape, is: PlanShape, path: readonly PathPart[]): void => {
    const key = `${was.id}\n${is.id}`
    if (seen.has(key)) return
    seen.add(key)
    found.push({ was, is, path })
    for (const field of was.fields) {
      const other = is.fields.find(({ wireName }) => wireName === field.wireName)
      if (other === undefined) continue
      const [before, after] = [recordIn(field.type, plans.old), recordIn(other.type, plans.now)]
      if (before !== undefined && after !== undefined)
        visit(before, after, [...path, { kind: "member", name: field.wireName }])
    }
  }
  visit(old, now, [])
  return found
}

function recordIn(type: WireType, plan: Plan): PlanShape | undefined {
  if (type.kind === "list" || type.kind === "dictionary") return recordIn(type.of, plan)
  return type.kind === "record" ? plan.shapes.find(({ id }) => id === type.shape) : undefined
}
