// One business transaction in lines a person reads. Flows in: what the ledger knows of its events. Flows out: text: events in their order, what was done for each, where it stands.
import { moneyText, writeJson } from "@fmap/runtime"
import { type TracedEffect, type TracedEvent, withoutValues } from "@fmap/runtime/flow"
import { safeLine } from "../terminal/safe-text.ts"
import { loadWords } from "./load-words.ts"
import type { ToldAnswer } from "./tell-answer.ts"

export interface TraceOptions {
  readonly format: "text" | "json"
  /** What steps gave and targets answered, which may be personal. */
  readonly values?: boolean
}

/** `answer`: what a call of the flow is answered with. */
export function traceProduct(
  events: readonly TracedEvent[],
  { format, values }: TraceOptions,
  answer?: ToldAnswer,
): string {
  if (format === "text")
    return `${traceText(events, values === true)}${answer === undefined ? "" : `\n${answer.text}`}`
  const shown = values === true ? events : events.map(withoutValues)
  return `${writeJson({ format: "fmap.trace", formatVersion: 1, events: shown, ...answer?.data }, 2)}\n`
}

/** `values`: what steps gave and targets answered, which may be personal. */
export function traceText(events: readonly TracedEvent[], values: boolean): string {
  return events.map(event => eventText(event, values)).join("\n")
}

export function eventText(event: TracedEvent, values: boolean): string {
  const { flow, version, source, sourceId, state, because, amount, currency, lane, laneSeq } = event
  const money = amount === undefined ? "" : `, ${moneyText(amount, currency)}`
  const why = because === undefined ? "" : ` (${because})`
  const head = `${flow} ${version}  ${source} ${sourceId}  ${state}${why}${money}`
  const lines = [
    `event ${event.id}, lane ${lane} no. ${laneSeq}${event.causationId === undefined ? "" : `, follows from ${event.causationId}`}`,
    `${event.receivedAt}  accepted`,
    ...timeline(event, values),
    ...(event.endedAt === undefined ? [] : [`${event.endedAt}  ${state}`]),
    ...(event.lastFailure === undefined || state === "done"
      ? []
      : [`last failure: ${event.lastFailure}, ${event.attempts} attempts counted`]),
  ]
  return `${safeLine(head)}\n${lines.map(line => `  ${safeLine(line)}\n`).join("")}`
}

/** By time; steps and effects of one moment in the order they were done, then the other kinds. */
function timeline(event: TracedEvent, values: boolean): readonly string[] {
  const lines = [
    ...event.steps.map(({ name, at, place, records, result }) => ({
      at,
      place,
      text: `step ${name}${values && result !== undefined ? shown(result) : counted(records, result)}`,
    })),
    ...event.effects.map(effect => ({
      at: effect.doneAt ?? effect.firstSentAt,
      place: effect.place,
      text: effectText(effect, values),
    })),
    ...event.messages.map(({ topic, at, sentAt }) => ({
      at,
      place: behind,
      text: `message ${topic}${sentAt === undefined ? ", not yet sent" : ""}`,
    })),
    ...event.exceptions.map(({ number, code, message, state, at }) => ({
      at,
      place: behind,
      text: `exception ${number} ${code}, ${state}: ${message}`,
    })),
    ...event.decisions.map(({ kind, actor, reason, state, at }) => ({
      at,
      place: behind,
      text: `${kind} by ${actor}, ${state}: ${reason}`,
    })),
  ]
  return lines
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.place - b.place))
    .map(({ at, text }) => `${at}  ${text}`)
}

const behind = Number.MAX_SAFE_INTEGER

function effectText(effect: TracedEffect, values: boolean): string {
  const { name, target, state, sends, failures, undoes, amount, currency, receipt, doneBy } = effect
  const money = amount === undefined ? "" : `, ${moneyText(amount, currency)}`
  const tries = `${sends} sent${failures === 0 ? "" : `, ${failures} failed`}`
  const by = doneBy === undefined || doneBy === "engine" ? "" : `, said by ${doneBy}`
  const of = undoes === undefined ? "" : `, takes back ${undoes}`
  const load = loadWords(receipt, values)
  const answer = load !== undefined ? `: ${load}` : receipt === undefined || !values ? "" : shown(receipt)
  return `effect ${name} at ${target}: ${state}${money}, ${tries}${by}${of}${answer}`
}

function counted(records: number | undefined, result: unknown): string {
  if (records !== undefined) return `: ${records} record${records === 1 ? "" : "s"}`
  return result === null ? ": nothing" : ""
}

function shown(value: unknown): string {
  const text = writeJson(value)
  return ` = ${text.length > 160 ? `${text.slice(0, 157)}…` : text}`
}
