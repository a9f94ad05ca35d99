// `every …`: a schedule as cron text. Flows in: the clause. Flows out: five fields, or null after a diagnostic. When it is due is the
// runtime's to know.
import { diagnostic, type FlowEvery, type FlowTrigger, suggest } from "@fmap/grammar"
import { isZoneName } from "@fmap/runtime"
import type { TriggerSpec } from "@fmap/runtime/flow"
import { constantText } from "../expressions/text.ts"
import { millisecondsOf } from "./durations.ts"
import { type FlowEnvironment, placeOf } from "./environment.ts"

type Schedule = FlowTrigger & { readonly kind: "schedule" }
const misfires = ["all", "latest", "skip"] as const
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

export function scheduleSpec(node: Schedule, env: FlowEnvironment): TriggerSpec | null {
  const zone = constantText(node.zone)
  const misfire = misfires.find(word => word === (node.misfire?.text ?? "latest"))
  const cron = cronOf(node, env)
  if (misfire === undefined && node.misfire !== null)
    wrong(`"${node.misfire.text}" is neither all, latest nor skip`, node.misfire, env)
  if (zone === null || !isZoneName(zone)) {
    const here = placeOf(env, node.zone.span)
    const close = suggest(zone ?? "", Intl.supportedValuesOf("timeZone"))
    env.report(
      diagnostic("FM3133", { name: zone ?? "{…}" }, here, {
        label: "no such zone",
        ...(close === undefined
          ? { help: 'Name a place, such as "Europe/Berlin", or "UTC".' }
          : { help: `Did you mean "${close}"?`, edits: [{ place: here, text: JSON.stringify(close) }] }),
      }),
    )
    return null
  }
  if (misfire === undefined || cron === null) return null
  return { kind: "schedule", cron, zone, misfire, binder: node.name?.text ?? null }
}

function cronOf({ every, span }: Schedule, env: FlowEnvironment): string | null {
  switch (every.kind) {
    case "time":
      return timed(every, "* * *", env)
    case "week": {
      const day = weekdays.indexOf(every.day.text)
      if (day < 0) return wrong(`"${every.day.text}" is no day of the week`, every.day, env)
      return timed(every, `* * ${day}`, env)
    }
    case "month": {
      const { day } = every
      if (day !== null && !(Number(day.text) >= 1 && Number(day.text) <= 28))
        return wrong(`day ${day.text} is not in every month; say \`last day\``, day, env)
      return timed(every, `${day?.text ?? "L"} * *`, env)
    }
    case "interval":
      return interval(every.length, env)
    case "cron": {
      const text = constantText(every.text)
      if (text !== null && isCron(text)) return text
      return wrong(
        "the text is no cron of five fields: minute, hour, day, month, day of the week",
        { span },
        env,
      )
    }
  }
}

function timed(
  { at }: Exclude<FlowEvery, { kind: "interval" | "cron" }>,
  days: string,
  env: FlowEnvironment,
): string | null {
  const [hour = "", minute = ""] = at.text.split(":")
  if (Number(hour) > 23) return wrong(`${at.text} is no time of a day`, at, env)
  return `${Number(minute)} ${Number(hour)} ${days}`
}

/** Equal steps of an hour or of a day: others would be uneven where they begin anew. */
function interval(
  length: { readonly text: string; readonly span: { start: number; end: number } },
  env: FlowEnvironment,
): string | null {
  const minutes = (millisecondsOf(length.text) ?? 0) / 60_000
  if (Number.isInteger(minutes) && minutes >= 1 && minutes < 60 && 60 % minutes === 0)
    return minutes === 1 ? "* * * * *" : `*/${minutes} * * * *`
  const hours = minutes / 60
  if (Number.isInteger(hours) && hours >= 1 && hours <= 24 && 24 % hours === 0)
    return hours === 1 ? "0 * * * *" : hours === 24 ? "0 0 * * *" : `0 */${hours} * * *`
  return wrong(`${length.text} does not divide an hour or a day evenly`, length, env)
}

function wrong(
  problem: string,
  { span }: { readonly span: { start: number; end: number } },
  env: FlowEnvironment,
): null {
  env.report(diagnostic("FM7103", { problem }, placeOf(env, span)))
  return null
}

const limits = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const

function isCron(text: string): boolean {
  const fields = text.split(" ")
  return fields.length === 5 && fields.every((field, i) => field.split(",").every(part => isPart(part, i)))
}

function isPart(part: string, field: number): boolean {
  const [low, high] = limits[field] ?? [0, 0]
  if (field === 2 && part === "L") return true
  const found = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part)
  if (found === null) return false
  const [from, to, step] = [found[1], found[2], found[3]].map(each =>
    each === undefined ? null : Number(each),
  )
  return (
    (from == null || (from >= low && from <= high)) &&
    (to == null || (to >= (from ?? low) && to <= high)) &&
    (step == null || step > 0)
  )
}
