// A rehearsal of a replay in lines a person reads. Flows in: the summary. Flows out: text: how many events of each kind, what differs with its money and smallest examples, what stops, what people have to look at.
import { amountText, moneyText, shortened, writeJson } from "@fmap/runtime"
import {
  deltaOf,
  type MoneyChange,
  type ReplayDifference,
  type ReplayStop,
  type ReplaySummary,
} from "@fmap/runtime/flow"
import { safeLine } from "../terminal/safe-text.ts"

export function replayText(summary: ReplaySummary): string {
  const { events, verdicts, differences, behind, stops, people, money } = summary
  if (events === 0) return "No event fits.\n"
  const moved = money.filter(({ before, now }) => before !== now)
  const lines = [
    `Rehearsed ${counted(events, "event")}; nothing was sent.`,
    ...verdictLines(verdicts),
    ...differences.flatMap(one => ["", ...differenceLines(one)]),
    ...(behind.length === 0
      ? []
      : [
          "",
          `not told, because it depends on answers to what is new: ${behind.map(({ step }) => step).join(", ")}`,
        ]),
    ...(stops.length === 0 ? [] : ["", ...stops.map(stopLine)]),
    ...(people.length === 0
      ? []
      : [
          "",
          ...people.map(
            ({ why, count, examples }) =>
              `${count} × ${why}  (${examples.join(", ")}${count > examples.length ? " …" : ""})`,
          ),
        ]),
    ...(money.length === 0
      ? []
      : [
          "",
          moved.length === 0 ? "No sum changes:" : "Sums, as they were sent and as they would be:",
          ...money.map(({ target, ...sum }) => `  ${target} ${changeText(sum)}`),
        ]),
  ]
  return lines.map(line => `${safeLine(line)}\n`).join("")
}

function verdictLines(verdicts: ReplaySummary["verdicts"]): readonly string[] {
  const words = {
    equal: "as they were",
    redeliver: "would do something new, and what was done stays: --apply",
    reissue: "would send something else than was sent: --reissue, two people",
    person: "for a person, as told below",
    history: "replaced by a newer version of their record: left alone",
    open: "being worked on, or given up: left alone",
  } as const
  return Object.entries(words).flatMap(([verdict, text]) => {
    const count = verdicts[verdict as keyof typeof words]
    return count === 0 ? [] : [`  ${count} ${text}`]
  })
}

const kinds = {
  differs: "differs",
  new: "new",
  gone: "no longer sent",
  unknown: "not told",
} as const

function differenceLines(one: ReplayDifference): readonly string[] {
  const { kind, what, name, target, fields, byHash, count, events, money, examples } = one
  const where = byHash
    ? "  (the request was not kept: compared by hash)"
    : fields.length === 0
      ? ""
      : `  ${fields.join(", ")}`
  return [
    `${kinds[kind]}: ${what} ${name} at ${target}${where}  ${count} × in ${counted(events, "event")}`,
    ...money.filter(({ before, now }) => before !== now).map(sum => `  ${changeText(sum)}`),
    ...examples.flatMap(({ sourceId, fields: changed, request }) => [
      `  ${sourceId}${request === undefined ? "" : `: ${shown(request)}`}`,
      ...changed.map(({ field, before, now }) => `    ${field}: ${shown(before)} → ${shown(now)}`),
    ]),
  ]
}

function stopLine({ flow, before, now, message, count, examples }: ReplayStop): string {
  const was = before === undefined ? "was done" : `stopped with ${before}`
  return `${count} × ${flow} ${was}, would stop with ${now}: ${message}  (${examples.join(", ")}${count > examples.length ? " …" : ""})`
}

function changeText({ field, currency, before, now }: MoneyChange): string {
  return `${field}: ${amountText(before, currency)} → ${moneyText(now, currency)} (${amountText(deltaOf({ before, now }), currency)})`
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : shortened(writeJson(value))
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`
}
