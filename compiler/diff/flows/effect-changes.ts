// The promises around a write, on both sides: that it is done once, how often it is tried, what becomes of a refusal, what is taken back. Flows in: two steps that write. Flows out: changes.
import { repeatsOf } from "../../check/flows/platforms.ts"
import { callChanges } from "./call-changes.ts"
import { type FlowChange, said } from "./flow-finding.ts"
import type { FlowSide, FlowStep } from "./flow-side.ts"
import { type StepsOf, wayText } from "./step-changes.ts"
import { calledText, type Effect, exitOf, placeOf, waysOf } from "./step-form.ts"

export type Writing = Extract<FlowStep, { readonly kind: "send" | "load" }>

export function effectChanges(was: Writing, is: Writing, sides: StepsOf): readonly FlowChange[] {
  return [
    ...onceChanges(was, is, sides),
    ...paceChanges(was, is),
    ...refusedChanges(was, is),
    ...(was.kind === "send" && is.kind === "send" ? takenBackChanges(was, is, sides) : []),
  ]
}

const strength = { nothing: 0, lookUp: 1, upsert: 2, nativeKey: 2 } as const
const means = {
  nothing: "nobody can tell",
  lookUp: "the record is looked up",
  upsert: "the write is repeated under its own id",
  nativeKey: "the platform knows our key",
} as const

/** Can a lost answer be cleared up? Where the verb or the place is another, that is told, and this of the new one. */
function onceChanges(was: Writing, is: Writing, { old, new: now }: StepsOf): readonly FlowChange[] {
  const found: FlowChange[] = []
  const same = placeOf(was.to) === placeOf(is.to) && makingOf(was) === makingOf(is)
  const [before, after] = [repeatsAt(was, old), repeatsAt(is, now)]
  if (same && strength[before] !== strength[after]) {
    const better = strength[after] > strength[before]
    found.push({
      rule: "F019",
      other: better,
      path: [is.name, "once"],
      old: said(means[before]),
      new: said(means[after]),
      message: `When the answer of ${is.to.system} is lost, ${means[after]}; before, ${means[before]}.`,
      seen: better ? null : `${is.to.system} may hold a record of one event twice`,
    })
  }
  const [doubt, doubts] = [exitOf(was.effect.inDoubt), exitOf(is.effect.inDoubt)]
  if (doubt === doubts) return found
  const facts = {
    path: [is.name, "in doubt"],
    old: doubt === null ? null : said(doubt),
    new: doubts === null ? null : said(doubts),
  }
  return [
    ...found,
    doubts === null
      ? {
          ...facts,
          rule: "F019",
          message: `Nothing is said any more of a call of ${is.to.system} of which nobody knows whether it was done; before, the event ${wayText(doubt)}.`,
          seen: `such a call stops as IN_DOUBT on the route of failures, and whoever looked at it finds it elsewhere`,
        }
      : {
          ...facts,
          rule: "F019",
          other: true,
          message: `Where nobody knows whether a call of ${is.to.system} was done, the event ${wayText(doubts)}${doubt === null ? "" : `; it was: ${wayText(doubt)}`}.`,
          seen: null,
        },
  ]
}

function makingOf(step: Writing): "create" | "add" | null {
  if (step.kind === "send") return step.verb === "create" ? "create" : null
  return step.mode.kind === "add" ? "add" : null
}

function repeatsAt(step: Writing, { system }: FlowSide): keyof typeof strength {
  return repeatsOf(system(step.to.system)?.platform ?? "", makingOf(step))
}

function paceChanges(was: Writing, is: Writing): readonly FlowChange[] {
  const parts: readonly (readonly [string, (effect: Effect) => string])[] = [
    [
      "retry",
      ({ retry }) =>
        retry === null
          ? "as the flow does"
          : `${retry.attempts} times, waiting ${time(retry.baseMs)} to ${time(retry.longestMs)}`,
    ],
    ["timeout", ({ timeoutMs }) => (timeoutMs === null ? "no time of its own" : time(timeoutMs))],
    [
      "limit",
      ({ limit }) => (limit === null ? "no limit of its own" : `${limit.count} in ${time(limit.perMs)}`),
    ],
  ]
  const told: Readonly<Record<string, string>> = {
    retry: "tried again",
    timeout: "waited for",
    limit: "paced",
  }
  return parts.flatMap(([part, text]): readonly FlowChange[] => {
    const [before, after] = [text(was.effect), text(is.effect)]
    return before === after
      ? []
      : [
          {
            rule: "F024",
            path: [is.name, part],
            old: said(before),
            new: said(after),
            message: `A call of ${is.to.system} is ${told[part]} otherwise: ${after} instead of ${before}.`,
            seen: `${is.to.system} is called more or less often, and events stop sooner or later`,
          },
        ]
  })
}

function time(ms: number): string {
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1000],
  ] as const
  const [unit, of] = units.find(([, one]) => ms % one === 0 && ms >= one) ?? (["ms", 1] as const)
  return `${ms / of}${unit}`
}

function refusedChanges(was: Writing, is: Writing): readonly FlowChange[] {
  const [before, after] = [waysOf(was.effect), waysOf(is.effect)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((code): readonly FlowChange[] => {
    const [old, now] = [before, after].map(way => way.get(code) ?? way.get(null) ?? null)
    if (old === now || old === undefined || now === undefined) return []
    const name = code === null ? "for any other reason" : `as ${code}`
    return [
      {
        rule: "F025",
        path: [is.name, "refused", code ?? "otherwise"],
        old: old === null ? null : said(old),
        new: now === null ? null : said(now),
        message: `Where ${is.to.system} refuses a record ${name}, the event ${refusedText(now)}; it was: ${refusedText(old)}.`,
        seen: `who worked on such refusals finds them elsewhere, and ${is.to.system} lacks the record meanwhile`,
      },
    ]
  })
}

function refusedText(exit: string | null): string {
  return exit === null ? "takes the route of failures" : wayText(exit)
}

function takenBackChanges(
  was: Extract<Writing, { readonly kind: "send" }>,
  is: Extract<Writing, { readonly kind: "send" }>,
  sides: StepsOf,
): readonly FlowChange[] {
  const [before, after] = [was.compensate, is.compensate]
  if (before === null && after === null) return []
  const path = [is.name, "compensate"]
  if (before === null || after === null)
    return [
      {
        rule: "F020",
        other: before === null,
        path,
        old: before === null ? null : said(before.map),
        new: after === null ? null : said(after.map),
        message:
          after === null
            ? `What ${calledText(is, sides.new)} did at ${is.to.system} is no longer taken back when the event stops for good.`
            : `What ${calledText(is, sides.new)} did at ${is.to.system} is taken back by ${after.map} when the event stops for good.`,
        seen: after === null ? `${is.to.system} keeps a record of an event that was given up` : null,
      },
    ]
  return callChanges(is, { call: before }, { call: after }, sides, ["compensate"]).map(change =>
    change.rule === "F032"
      ? change
      : {
          ...change,
          rule: "F020",
          message: `What ${calledText(is, sides.new)} did at ${is.to.system} is taken back in another way.`,
          seen: `${is.to.system} may keep part of an event that was given up`,
        },
  )
}
