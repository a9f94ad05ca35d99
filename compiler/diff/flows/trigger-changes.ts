// What starts the flow, and which events it wants, on both sides. Flows in: two sides. Flows out: changes of the trigger, of `when`, and of the lane.
import { pointer } from "@fmap/runtime"
import type { Release } from "../maps/compare-maps.ts"
import { boolForm, conjuncts, joined } from "../maps/conditions.ts"
import type { Form } from "../maps/form.ts"
import { implies } from "../maps/implies.ts"
import { asked, type FlowChange, said } from "./flow-finding.ts"
import { conditionOf, type FlowSide, valueOf } from "./flow-side.ts"
import { eventOf, placeOf } from "./step-form.ts"
import { targetsText } from "./targets-text.ts"

type Trigger = FlowSide["flow"]["trigger"]
type Changed = Extract<Trigger, { readonly kind: "changed" }>

export interface Both {
  readonly old: FlowSide
  readonly new: FlowSide
  readonly releases: { readonly old: Release; readonly new: Release }
}

export function triggerChanges({ old, new: now }: Both): readonly FlowChange[] {
  const [was, is] = [old.flow.trigger, now.flow.trigger]
  const written = targetsText(now)
  const texts = { old: said(triggerText(was, old)), new: said(triggerText(is, now)) }
  if (sourceOf(was) !== sourceOf(is)) {
    const isApi = was.kind === "call" && is.kind === "call"
    return [
      {
        rule: isApi ? "F027" : "F002",
        path: ["trigger"],
        ...texts,
        message: isApi
          ? `${now.flow.name} is called with ${texts.new.text} instead of ${texts.old.text}.`
          : `${now.flow.name} is started by ${byText(is, now)}, no longer by ${byText(was, old)}.`,
        seen: isApi
          ? "a program that sends the old request, or reads the old answer, breaks at its next call"
          : `nothing comes to ${written} any more because of ${byText(was, old)}`,
      },
    ]
  }
  if (was.kind === "changed" && is.kind === "changed") return changedChanges(was, is, now)
  if (was.kind !== "schedule" || is.kind !== "schedule" || texts.old.text === texts.new.text) return []
  const differing = [
    ...(was.cron === is.cron ? [] : [`runs at "${is.cron}" instead of "${was.cron}"`]),
    ...(was.zone === is.zone ? [] : [`goes by the clocks of ${is.zone} instead of ${was.zone}`]),
    ...(was.misfire === is.misfire ? [] : [`has ${missed[is.misfire]}; before, ${missed[was.misfire]}`]),
  ]
  return [
    {
      rule: "F004",
      path: ["trigger"],
      ...texts,
      message: `${now.flow.name} ${differing.join(", and ")}.`,
      seen: `figures of another moment come to ${written}, and who reads them at the old time finds those of the run before`,
    },
  ]
}

function byText(trigger: Trigger, side: FlowSide): string {
  return trigger.kind === "schedule" ? "the clock" : triggerText(trigger, side)
}

/** What cannot change without it being another trigger. */
function sourceOf(trigger: Trigger): string {
  switch (trigger.kind) {
    case "changed":
      return `changed ${placeOf(trigger.from)}`
    case "event":
      return `event ${eventOf(trigger.event, trigger.version)}`
    case "schedule":
      return "schedule"
    case "manual":
      return `manual ${trigger.contract ?? ""}`
    case "call":
      return `call ${trigger.contract} ${trigger.answer ?? ""}`
  }
}

/** All of it, as a text: lists that have no order sorted, the name of the record left out. */
export function triggerMeaning(trigger: Trigger): string {
  if (trigger.kind === "changed")
    return JSON.stringify([
      sourceOf(trigger),
      trigger.fields?.toSorted() ?? null,
      trigger.notByUs,
      trigger.becomes.map(one => JSON.stringify(one)).toSorted(),
    ])
  if (trigger.kind !== "schedule") return sourceOf(trigger)
  const { cron, zone, misfire } = trigger
  return JSON.stringify([cron, zone, misfire])
}

const missed = {
  all: "all missed ones made up for",
  latest: "the latest missed one made up for",
  skip: "missed ones left out",
} as const

function triggerText(trigger: Trigger, { shapeName }: FlowSide): string {
  switch (trigger.kind) {
    case "changed":
      return `changes of ${trigger.from.system}.${shapeName(trigger.from.contract)}`
    case "event":
      return `the event ${shapeName(trigger.event)} ${trigger.version}`
    case "schedule": {
      return `at "${trigger.cron}" in ${trigger.zone}, ${missed[trigger.misfire]}`
    }
    case "manual":
      return trigger.contract === null ? "a person" : `a person, with ${shapeName(trigger.contract)}`
    case "call":
      return trigger.answer === null
        ? shapeName(trigger.contract)
        : `${shapeName(trigger.contract)}, answered with ${shapeName(trigger.answer)}`
  }
}

function changedChanges(was: Changed, is: Changed, now: FlowSide): readonly FlowChange[] {
  const written = targetsText(now)
  const found: FlowChange[] = []
  const watched = ({ fields }: Changed): string =>
    fields === null ? "any field" : fields.toSorted().join(", ")
  if (watched(was) !== watched(is)) {
    const left = was.fields?.filter(field => is.fields?.includes(field) === false) ?? null
    const more = is.fields === null || left?.length === 0
    found.push({
      rule: "F003",
      other: more,
      path: ["trigger", "fields"],
      old: said(watched(was)),
      new: said(watched(is)),
      message: `A change of ${watched(is)} starts the flow; it was ${watched(was)}.`,
      seen: more
        ? `changes that were passed over lead to writes to ${written}`
        : `a change of ${left?.toSorted().join(" or ") ?? "other fields"} alone no longer comes to ${written}`,
    })
  }
  if (was.notByUs !== is.notByUs)
    found.push({
      rule: "F003",
      path: ["trigger", "by us"],
      old: said(was.notByUs ? "not by us" : "by us, too"),
      new: said(is.notByUs ? "not by us" : "by us, too"),
      message: is.notByUs
        ? "Changes that our own writes made no longer start the flow."
        : "Changes that our own writes made start the flow, too.",
      seen: is.notByUs
        ? `what other flows write no longer comes to ${written}`
        : `a write of our own starts it again, and it writes to ${written} once more each time`,
    })
  const becomes = ({ becomes: all }: Changed): string =>
    all
      .map(({ path, value }) => `${path.join(".")} becomes ${JSON.stringify(value)}`)
      .toSorted()
      .join(" and ")
  if (becomes(was) !== becomes(is))
    found.push({
      rule: "F003",
      path: ["trigger", "becomes"],
      old: said(becomes(was) || "any change"),
      new: said(becomes(is) || "any change"),
      message: `The flow starts with ${becomes(is) || "any change"}, not with ${becomes(was) || "any change"}.`,
      seen: `writes to ${written} come at another moment in the life of the record, and not at the old one`,
    })
  return found
}

export function wantedChanges({ old, new: now, releases }: Both): readonly FlowChange[] {
  const [was, is] = [wanted(old, now), wanted(now, old)]
  if (was.id === is.id) return []
  const written = targetsText(now)
  const facts = {
    path: ["when"],
    old: old.flow.when === null ? null : asked(was, releases.old),
    new: now.flow.when === null ? null : asked(is, releases.new),
  }
  const { name } = now.flow
  if (implies(is, was))
    return [
      {
        ...facts,
        rule: "F005",
        message: `${name} leaves out events that it wanted: its condition is narrower.`,
        seen: `nothing comes to ${written} for the events that are left out`,
      },
    ]
  if (implies(was, is))
    return [
      {
        ...facts,
        rule: "F006",
        message: `${name} wants events that it left out: its condition is wider.`,
        seen: `records come to ${written} for events that made none`,
      },
    ]
  return [
    {
      ...facts,
      rule: "F007",
      message: `${name} wants other events: neither condition follows from the other.`,
      seen: `records that came to ${written} may be missing, and others come that did not`,
    },
  ]
}

/** The condition, without what a value becomes where that is another: the trigger tells it. */
function wanted(side: FlowSide, other: FlowSide): Form {
  const { forms, flow } = side
  const { when, trigger } = flow
  if (when === null) return boolForm(true, forms)
  const form = conditionOf(when, side)
  const becomesOf = (one: Trigger): string => JSON.stringify(one.kind === "changed" ? one.becomes : [])
  if (trigger.kind !== "changed" || becomesOf(trigger) === becomesOf(other.flow.trigger)) return form
  const told = trigger.becomes.map(({ path }) => path.reduce((root, name) => pointer(root, name), ""))
  const kept = conjuncts(form).filter(one => !told.includes(askedAbout(one)))
  return { ...joined("and", kept, forms, form.at), at: form.at }
}

/** The field of the event that a comparison with `==` is about, or a question whether it is true or there. */
function askedAbout(form: Form): string {
  const [of] = form.parts
  if (form.op === "field") return pathIn(form)
  const isEqual = form.op === "compare" && form.detail[0] === "=="
  return of !== undefined && (isEqual || form.op === "present" || form.op === "not") ? pathIn(of) : ""
}

function pathIn({ op, detail: [name = ""], parts: [of] }: Form): string {
  return op === "field" && of !== undefined ? pointer(pathIn(of), name) : ""
}

export function laneChanges({ old, new: now, releases }: Both): readonly FlowChange[] {
  const [was, is] = [old.flow.lane, now.flow.lane]
  const written = targetsText(now)
  const found: FlowChange[] = []
  const compare = (part: "key" | "newest", told: string, seen: string, added: string): void => {
    const [before, after] = [was?.[part] ?? null, is?.[part] ?? null]
    const forms = {
      old: before === null ? null : valueOf(old.asked(before)),
      new: after === null ? null : valueOf(now.asked(after)),
    }
    if (forms.old?.id === forms.new?.id) return
    found.push({
      rule: "F008",
      other: before === null,
      path: [part === "key" ? "lane" : "newest"],
      old: forms.old === null ? null : asked(forms.old, releases.old),
      new: forms.new === null ? null : asked(forms.new, releases.new),
      message: before === null ? added : told,
      seen: before === null ? null : seen,
    })
  }
  compare(
    "key",
    is === null ? "No event waits for another any more." : "Other events wait for each other than before.",
    `two changes of one record may reach ${written} side by side, and during the change-over one in an old lane beside one in a new`,
    "Events wait for each other that did not.",
  )
  compare(
    "newest",
    is?.newest
      ? "Another value says which version of a record is the newest."
      : "Nothing says any more which version of a record is the newest.",
    `an older amount may be written to ${written} after a newer one`,
    "Older versions give way to newer ones; they were all written before.",
  )
  return found
}
