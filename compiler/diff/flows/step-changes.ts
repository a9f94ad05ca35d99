// What a step does on both sides. Flows in: two steps that are one, and their sides. Flows out: changes; each is about one part of the step.
import type { Release } from "../maps/compare-maps.ts"
import { joined } from "../maps/conditions.ts"
import type { Form } from "../maps/form.ts"
import { implies } from "../maps/implies.ts"
import { callChanges } from "./call-changes.ts"
import { asked, type FlowChange, said } from "./flow-finding.ts"
import { conditionOf, type FlowSide, type FlowStep, valueOf } from "./flow-side.ts"
import {
  calledText,
  capital,
  controlText,
  eventOf,
  exitOf,
  madeBy,
  placeOf,
  shared,
  stepText,
  type WaitsFor,
} from "./step-form.ts"
import { writeChanges } from "./write-changes.ts"

export interface StepsOf {
  readonly old: FlowSide
  readonly new: FlowSide
  readonly releases: { readonly old: Release; readonly new: Release }
  readonly waits: { readonly old: WaitsFor; readonly new: WaitsFor }
}

export type Of<K extends FlowStep["kind"]> = Extract<FlowStep, { readonly kind: K }>

export function stepChanges(was: FlowStep, is: FlowStep, sides: StepsOf): readonly FlowChange[] {
  return [...caseChanges(was, is, sides), ...waitChanges(was, is, sides), ...bodyChanges(was, is, sides)]
}

function bodyChanges(was: FlowStep, is: FlowStep, sides: StepsOf): readonly FlowChange[] {
  if (was.kind === "read" && is.kind === "read") return readChanges(was, is, sides)
  if (was.kind === "map" && is.kind === "map")
    return callChanges(is, { call: was.call }, { call: is.call }, sides)
  if ((was.kind === "send" || was.kind === "load") && (is.kind === "send" || is.kind === "load"))
    return writeChanges(was, is, sides)
  if (
    (was.kind === "reconcile" && is.kind === "reconcile") ||
    (was.kind === "control" && is.kind === "control")
  )
    return controlChanges(was, is, sides)
  if (was.kind === "publish" && is.kind === "publish")
    return [
      ...publishChanges(was, is, sides),
      ...callChanges(is, madeBy(was, sides.old), madeBy(is, sides.new), sides),
    ]
  if (was.kind === "answer" && is.kind === "answer")
    return callChanges(is, madeBy(was, sides.old), madeBy(is, sides.new), sides)
  return []
}

/** In which cases, and how often. */
function caseChanges(
  was: FlowStep,
  is: FlowStep,
  { old, new: now, releases }: StepsOf,
): readonly FlowChange[] {
  const found: FlowChange[] = []
  const all = ({ conditions }: FlowStep, side: FlowSide): Form => {
    const forms = conditions.map(condition => conditionOf(condition, side))
    return { ...joined("and", forms, side.forms, forms[0]?.at ?? null), at: forms[0]?.at ?? null }
  }
  const [before, after] = [all(was, old), all(is, now)]
  const what = stepText(is, now)
  if (before.id !== after.id) {
    const fewer = implies(after, before)
    const more = implies(before, after)
    found.push({
      rule: "F028",
      path: [is.name, "when"],
      old: was.conditions.length === 0 ? null : asked(before, releases.old),
      new: is.conditions.length === 0 ? null : asked(after, releases.new),
      message: `${capital(what)} happens in ${fewer ? "fewer" : more ? "more" : "other"} cases.`,
      seen: fewer
        ? `events whose case is left out have no such effect`
        : more
          ? `events that were passed over have this effect, too`
          : `some events lose the effect and others gain it`,
    })
  }
  const list = ({ each }: FlowStep, side: FlowSide): string | null =>
    each === null ? null : [shared(each.of, side), ...each.path].join(".")
  const [walked, walks] = [list(was, old), list(is, now)]
  if (walked !== walks)
    found.push({
      rule: "F028",
      path: [is.name, "each"],
      old: walked === null ? null : said(walked),
      new: walks === null ? null : said(walks),
      message:
        walks === null
          ? `${capital(what)} happens once, not for each element of a list.`
          : `${capital(what)} happens for each element of ${walked === null ? "a list" : "another list"}.`,
      seen: "the target gets another number of records for one event",
    })
  return found
}

function waitChanges(was: FlowStep, is: FlowStep, { old, new: now, waits }: StepsOf): readonly FlowChange[] {
  const [before, after] = [waits.old(was.name), waits.new(is.name)]
  const shares = (names: ReadonlySet<string>, side: FlowSide) =>
    new Map([...names].map(name => [shared(name, side), called(name, side)]))
  const [all, allNow] = [shares(before.all, old), shares(after.all, now)]
  // What an effect that came or went has to say is told of that effect.
  const known = new Set(now.names.values())
  const dropped = [...shares(before.said, old)].filter(([name]) => !allNow.has(name) && known.has(name))
  const added = [...shares(after.said, now)].filter(([name]) => !all.has(name) && !name.startsWith("new "))
  if (dropped.length === 0 && added.length === 0) return []
  const text = (names: Iterable<string>): string => [...names].toSorted().join(" and ")
  const what = capital(calledText(is, now))
  const [lost, gained] = [dropped, added].map(names => text(names.map(([, name]) => name)))
  return [
    {
      rule: "F029",
      other: dropped.length === 0,
      path: [is.name, "after"],
      old: all.size === 0 ? null : said(text(all.values())),
      new: allNow.size === 0 ? null : said(text(allNow.values())),
      message:
        dropped.length === 0 ? `${what} waits for ${gained}, too.` : `${what} no longer waits for ${lost}.`,
      seen: dropped.length === 0 ? null : `it may be done for an event whose ${lost} never was`,
    },
  ]
}

function called(name: string, side: FlowSide): string {
  const step = side.flow.steps.find(one => one.name === name)
  return step === undefined ? name : calledText(step, side)
}

function readChanges(was: Of<"read">, is: Of<"read">, sides: StepsOf): readonly FlowChange[] {
  const { old, new: now, releases } = sides
  const found: FlowChange[] = []
  const place = (step: Of<"read">, side: FlowSide): string =>
    `${step.many ? "all" : "one"} of ${step.from.system}.${side.shapeName(step.from.contract)}`
  const seen = "what is made of them is another"
  if (placeOf(was.from) !== placeOf(is.from) || was.many !== is.many)
    found.push({
      rule: "F016",
      path: [is.name],
      old: said(place(was, old)),
      new: said(place(is, now)),
      message: `"${is.name}" reads ${place(is, now)} instead of ${place(was, old)}.`,
      seen,
    })
  else
    for (const field of new Set([...was.by, ...is.by].map(by => by.field))) {
      const [before, after] = [was, is].map(step => step.by.find(by => by.field === field))
      const forms = {
        old: before === undefined ? null : valueOf(old.asked(before.value)),
        new: after === undefined ? null : valueOf(now.asked(after.value)),
      }
      if (forms.old?.id === forms.new?.id) continue
      found.push({
        rule: "F016",
        path: [is.name, field],
        old: forms.old === null ? null : asked(forms.old, releases.old),
        new: forms.new === null ? null : asked(forms.new, releases.new),
        message:
          forms.new === null
            ? `"${is.name}" no longer looks for one value of ${field}.`
            : forms.old === null
              ? `"${is.name}" looks for one value of ${field} only.`
              : `"${is.name}" looks for another value of ${field}.`,
        seen,
      })
    }
  return [...found, ...exitChanges(was, is, `no record where "${is.name}" looks`)]
}

export function exitChanges(
  was: Of<"read"> | Of<"reconcile"> | Of<"control">,
  is: Of<"read"> | Of<"reconcile"> | Of<"control">,
  where: string,
): readonly FlowChange[] {
  const [before, after] = [exitOf(was.otherwise), exitOf(is.otherwise)]
  if (before === after) return []
  return [
    {
      rule: "F025",
      path: [is.name, "else"],
      old: said(before ?? "goes on without it"),
      new: said(after ?? "goes on without it"),
      message: `Where there is ${where}, the event ${wayText(after)}; it was: ${wayText(before)}.`,
      seen:
        after === null
          ? "events that stopped go on to their effects with a value missing"
          : "who worked on the old code finds these events elsewhere",
    },
  ]
}

export function wayText(exit: string | null): string {
  if (exit === null) return "goes on without it"
  const [verb, code = ""] = exit.split(" ")
  return verb === "deadLetter"
    ? "becomes a dead letter"
    : `is ${verb === "hold" ? "held" : "rejected"} as ${code}`
}

function controlChanges(
  was: Of<"reconcile"> | Of<"control">,
  is: Of<"reconcile"> | Of<"control">,
  sides: StepsOf,
): readonly FlowChange[] {
  const { old, new: now, releases } = sides
  const found: FlowChange[] = []
  const what = stepText(is, now)
  if (was.kind === "control" && is.kind === "control") {
    const [before, after] = [old.asked(was.holds), now.asked(is.holds)]
    if (controlText(before) !== controlText(after))
      found.push({
        rule: "F018",
        path: [is.name],
        old: asked(before, releases.old),
        new: asked(after, releases.new),
        message: `${capital(what)} compares something else, or allows another difference.`,
        seen: "figures that it stopped may stand at the target",
      })
  } else if (
    was.kind === "reconcile" &&
    is.kind === "reconcile" &&
    shared(was.load, old) !== shared(is.load, now)
  )
    found.push({
      rule: "F018",
      path: [is.name],
      old: said(was.load),
      new: said(is.load),
      message: `"${is.load}" is reconciled instead of "${was.load}".`,
      seen: `rows of "${was.load}" that the target left out are noticed by nobody`,
    })
  return [...found, ...exitChanges(was, is, `a difference in ${what}`)]
}

function publishChanges(
  was: Of<"publish">,
  is: Of<"publish">,
  { old, new: now }: StepsOf,
): readonly FlowChange[] {
  if (eventOf(was.event, was.version) === eventOf(is.event, is.version)) return []
  const [before, after] = [
    `${old.shapeName(was.event)} ${was.version}`,
    `${now.shapeName(is.event)} ${is.version}`,
  ]
  return [
    {
      rule: "F026",
      path: [is.name, "event"],
      old: said(before),
      new: said(after),
      message: `${after} is published instead of ${before}.`,
      seen: `flows that wait for ${before} are started no more`,
    },
  ]
}
