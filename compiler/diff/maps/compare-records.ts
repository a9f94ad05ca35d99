// What changed in a record that is made: its fields by name, and what can end it. Flows in: both forms. Flows out: changes, each at its field.
import { pointer } from "@fmap/runtime"
import { said } from "./compare-choices.ts"
import { changesAskedAbout } from "./compare-conditions.ts"
import { roundingApart } from "./compare-figures.ts"
import { compareForms, partOf } from "./compare-forms.ts"
import { at, type Change, type Comparing, tell } from "./comparing.ts"
import { boolForm } from "./conditions.ts"
import { type Form, within } from "./form.ts"
import { implies } from "./implies.ts"
import { differenceOf } from "./linear.ts"
import { rebuilt, unfitted } from "./rebuild.ts"

export function compareRecords(old: Form, now: Form, comparing: Comparing): void {
  const before = rolesOf(old)
  const after = rolesOf(now)
  for (const name of new Set([...before.fields.keys(), ...after.fields.keys()])) {
    const inside = at(comparing, pointer(comparing.path, name))
    const [was, is] = [before.fields.get(name), after.fields.get(name)]
    if (was !== undefined && is !== undefined) {
      if (was.id !== is.id && !isWritingOnly(inside)) compareForms(was, is, inside)
    } else
      tell(
        inside,
        "M028",
        was ?? null,
        is ?? null,
        is === undefined
          ? `"${inside.role.name}" is no longer filled.`
          : `"${inside.role.name}" is filled now.`,
        { other: is !== undefined },
      )
  }
  compareChecks(before.checks, after.checks, comparing)
  compareControls(before.controls, after.controls, comparing)
  compareStops(before.stops, after.stops, comparing)
}

/** Written out they are one, or differ in nothing but rounding, which is told. */
function isWritingOnly(comparing: Comparing): boolean {
  const { path, whole, forms } = comparing
  const [was, is] = [whole.old.get(path), whole.new.get(path)]
  if (was === undefined || is === undefined) return false
  const [a, b] = [unfitted(was, forms), unfitted(is, forms)]
  return a.id === b.id || (a.op !== b.op && roundingApart(a, b, comparing))
}

interface Roles {
  readonly fields: ReadonlyMap<string, Form>
  readonly checks: readonly Form[]
  readonly controls: ReadonlyMap<string, Form>
  readonly stops: readonly Form[]
}

export function rolesOf({ detail, parts }: Form): Roles {
  const fields = new Map<string, Form>()
  const controls = new Map<string, Form>()
  const checks: Form[] = []
  const stops: Form[] = []
  detail.forEach((role, i) => {
    const part = parts[i]
    if (part === undefined) return
    if (role.startsWith("field ")) fields.set(role.slice("field ".length), part)
    else if (role.startsWith("control ")) controls.set(role.slice("control ".length), part)
    else if (role === "check") checks.push(part)
    else stops.push(part)
  })
  return { fields, checks, controls, stops }
}

/** Those with one code are one check that judges differently. */
function compareChecks(old: readonly Form[], now: readonly Form[], comparing: Comparing): void {
  const rest = now.filter(form => !old.some(other => other.id === form.id))
  for (const form of old) {
    if (now.some(other => other.id === form.id)) continue
    const index = rest.findIndex(other => other.detail[1] === form.detail[1])
    const [other] = index < 0 ? [] : rest.splice(index, 1)
    const code = form.detail[1] ?? ""
    if (other === undefined)
      tell(comparing, "M036", form, null, `Nothing is checked under ${code} any more.`, { other: true })
    else {
      if (form.detail[0] !== other.detail[0])
        tell(
          comparing,
          "M025",
          form,
          other,
          `A record that fails ${code} gets ${other.detail[0]} instead of ${form.detail[0]}.`,
          {
            shown: { old: form.detail[0] ?? "", new: other.detail[0] ?? "" },
          },
        )
      const [was, is] = [partOf(form), partOf(other)]
      if (judgesOtherwise(was, is, comparing) && !isToldElsewhere(was, is, comparing))
        tell(comparing, "M036", was, is, `${code} judges by another condition.`, { other: !implies(is, was) })
    }
  }
  for (const form of rest)
    tell(comparing, "M036", null, form, `Records are checked under ${form.detail[1]} now.`)
}

/** The check asks what it asked, of something whose change is told where it is made. */
function isToldElsewhere(was: Form, is: Form, comparing: Comparing): boolean {
  const [left, kept] = [withoutFieldsLeftOut(was, comparing), withoutFieldsLeftOut(is, comparing)]
  if (left.id === kept.id || addsWhatIsTold(left, kept, comparing)) return true
  const asked = changesAskedAbout(left, kept, comparing)
  const sides = ({ rule, old, new: now }: Change): string => `${rule} ${old?.id ?? ""} ${now?.id ?? ""}`
  const told = new Set(comparing.told.map(sides))
  return asked?.every(change => told.has(sides(change))) === true
}

/** A sum on a side of it differs by no more than a figure whose change is told; another limit or tolerance is another question. */
function addsWhatIsTold(was: Form, is: Form, { forms, told }: Comparing): boolean {
  if (was.op !== is.op || (was.op !== "control" && was.op !== "compare")) return false
  if (was.detail.join("\n") !== is.detail.join("\n") || was.parts.length !== is.parts.length) return false
  const apart = (one: Form, other: Form): number => differenceOf(one, other, forms, null).id
  const known = new Set(
    told.flatMap(({ old, new: now }) =>
      old === null || now === null ? [] : [apart(old, now), apart(now, old)],
    ),
  )
  return was.parts.every((part, i) => {
    const other = is.parts[i]
    if (other === undefined || part.id === other.id) return other !== undefined
    const isSum = i < 2 && part.op !== "literal" && other.op !== "literal"
    return isSum && known.has(apart(part, other))
  })
}

/** A target field that is filled no more is missing wherever it is read. */
function withoutFieldsLeftOut(form: Form, { forms, targets }: Comparing): Form {
  const isLeftOut = ({ op, detail: [path = ""] }: Form): boolean =>
    op === "target" && targets.old.has(path) && !targets.new.has(path)
  return rebuilt(
    form,
    one => {
      if (isLeftOut(one)) return forms.make("missing", [], [])
      const isAbsent = one.op === "present" && (isLeftOut(partOf(one)) || partOf(one).op === "missing")
      return isAbsent ? boolForm(false, forms) : null
    },
    forms,
  )
}

/** What a value in the condition ends the record with is told where it is used. */
function judgesOtherwise(was: Form, is: Form, { forms }: Comparing): boolean {
  const silent = (form: Form): Form =>
    rebuilt(form, one => (one.op === "exit" ? forms.make("exit", ["", ""], []) : null), forms)
  const [a, b] = [silent(was), silent(is)]
  return a.id !== b.id && !(implies(a, b) && implies(b, a))
}

export function compareControls(
  old: ReadonlyMap<string, Form>,
  now: ReadonlyMap<string, Form>,
  comparing: Comparing,
): void {
  for (const title of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(title), now.get(title)]
    if (was?.id === is?.id) continue
    if (is === undefined)
      tell(comparing, "M036", was ?? null, null, `The control "${title}" is gone.`, { other: true })
    else if (was === undefined) tell(comparing, "M036", null, is, `There is a control "${title}" now.`)
    else if (was.detail[2] !== is.detail[2] || was.detail[3] !== is.detail[3])
      tell(comparing, "M025", was, is, `The control "${title}" ends the record in another way.`, {
        shown: { old: was.detail.slice(2, 4).join(" "), new: is.detail.slice(2, 4).join(" ") },
      })
    else if (!isToldElsewhere(was, is, comparing))
      tell(
        comparing,
        "M036",
        was,
        is,
        `The control "${title}" compares other figures, or within another tolerance.`,
        {
          other: true,
        },
      )
  }
}

/** What ends a record although no field is made of it. */
function compareStops(old: readonly Form[], now: readonly Form[], comparing: Comparing): void {
  const codes = (forms: readonly Form[]): ReadonlyMap<string, Form> =>
    new Map(
      forms.flatMap(form =>
        within(form)
          .filter(({ op }) => op === "exit")
          .map(exit => [said(exit), exit] as const),
      ),
    )
  const [before, after] = [codes(old), codes(now)]
  for (const [code, exit] of before)
    if (!after.has(code))
      tell(comparing, "M025", exit, null, `A value that is not used no longer ends the record with ${code}.`)
  for (const [code, exit] of after)
    if (!before.has(code))
      tell(comparing, "M025", null, exit, `A value ends the record with ${code} where it is not used either.`)
}
