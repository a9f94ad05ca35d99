// What a step that writes does on both sides: where to, of what, how. Flows in: two steps that are one, and their sides. Flows out: changes. How far a target may be in doubt is told by effect-changes.ts.
import { callChanges } from "./call-changes.ts"
import { effectChanges, type Writing } from "./effect-changes.ts"
import { type FlowChange, said } from "./flow-finding.ts"
import type { Of, StepsOf } from "./step-changes.ts"
import { calledText, capital, linksOf, madeBy, modeOf, placeOf } from "./step-form.ts"

/** Both write in the same way: a step that sends is never paired with one that loads. */
export function writeChanges(was: Writing, is: Writing, sides: StepsOf): readonly FlowChange[] {
  return [
    ...placeChanges(was, is, sides),
    ...callChanges(is, madeBy(was, sides.old), madeBy(is, sides.new), sides),
    ...(was.kind === "send" && is.kind === "send" ? sendChanges(was, is, sides) : []),
    ...(was.kind === "load" && is.kind === "load" ? loadChanges(was, is, sides) : []),
    ...effectChanges(was, is, sides),
  ]
}

function placeChanges(was: Writing, is: Writing, { old, new: now }: StepsOf): readonly FlowChange[] {
  if (placeOf(was.to) === placeOf(is.to)) return []
  const [before, after] = [
    `${was.to.system}.${old.shapeName(was.to.contract)}`,
    `${is.to.system}.${now.shapeName(is.to.contract)}`,
  ]
  return [
    {
      rule: "F013",
      path: [is.name, "to"],
      old: said(before),
      new: said(after),
      message: `${capital(calledText(is, now))} goes to ${after} instead of ${before}.`,
      seen: `${before} gets nothing, and ${after} gets records that may stand in ${before} already`,
    },
  ]
}

function sendChanges(was: Of<"send">, is: Of<"send">, { old, new: now }: StepsOf): readonly FlowChange[] {
  const found: FlowChange[] = []
  const place = `${is.to.system}.${now.shapeName(is.to.contract)}`
  if (was.verb !== is.verb)
    found.push({
      rule: "F011",
      path: [is.name, "verb"],
      old: said(was.verb),
      new: said(is.verb),
      message: `A record of ${place} is written with ${is.verb} instead of ${was.verb}.`,
      seen: verbsSeen[is.verb](place),
    })
  if (was.key !== is.key)
    found.push({
      rule: "F012",
      path: [is.name, "key"],
      old: said(was.key),
      new: said(is.key),
      message: `A record of ${place} is told apart by ${is.key} instead of ${was.key}.`,
      seen: `${is.to.system} does not find what was written under ${was.key}, and a change of it makes a second record`,
    })
  const [before, after] = [linksOf(was, old), linksOf(is, now)]
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    const names = ({ links }: Of<"send">): string =>
      links
        .map(({ crosswalk }) => crosswalk)
        .toSorted()
        .join(", ")
    found.push({
      rule: "F030",
      path: [is.name, "links"],
      old: before.length === 0 ? null : said(names(was)),
      new: after.length === 0 ? null : said(names(is)),
      message: `What ${is.to.system} answers to ${calledText(is, now)} fills ${names(is) || "no crosswalk"} with ${before.length > 0 && after.length > 0 && names(was) === names(is) ? "other rows" : `rows; it was ${names(was) || "none"}`}.`,
      seen: "a record that is looked up by its row is not found, or is another one",
    })
  }
  return found
}

const verbsSeen = {
  create: place =>
    `an event that comes again makes a second record of ${place}, where the platform cannot tell`,
  update: place => `a record of ${place} that is not there yet is refused instead of made`,
  upsert: place => `what stands in ${place} under the same key is written over`,
  ensure: place => `what stands in ${place} already is left as it is, and changes no longer come there`,
  delete: place => `records of ${place} are deleted`,
} as const satisfies Readonly<Record<Of<"send">["verb"], (place: string) => string>>

function loadChanges(was: Of<"load">, is: Of<"load">, { new: now }: StepsOf): readonly FlowChange[] {
  const [before, after] = [modeOf(was), modeOf(is)]
  if (before === after) return []
  const place = `${is.to.system}.${now.shapeName(is.to.contract)}`
  return [
    {
      rule: "F017",
      path: [is.name, "mode"],
      old: said(before),
      new: said(after),
      message: `Rows of ${place} are loaded with ${after} instead of ${before}.`,
      seen:
        is.mode.kind === "add"
          ? `${place} keeps the figures of the run before, and a second run doubles them`
          : `other figures of ${place} are deleted before the new ones stand there`,
    },
  ]
}
