// What happened to one event, in its order. Flows in: what the ledger knows of it. Flows out: a list. What people did stands out.
import { html } from "hono/html"
import type { TracedEvent } from "../../flow/ledger/trace.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import { type Html, pathTo, pill } from "./page.ts"
import { figure, moment, plural } from "./words.ts"

interface Happened {
  readonly at: string
  readonly kind: "person" | "good" | "bad" | ""
  readonly what: Html
}

export function timeline(event: Omit<TracedEvent, "payload">): Html {
  const {
    receivedAt,
    endedAt,
    state,
    because,
    lastFailure,
    steps,
    effects,
    exceptions,
    decisions,
    messages,
  } = event
  const all: Happened[] = [
    { at: receivedAt, kind: "", what: html`accepted` },
    ...steps.map(
      ({ name, at, records, result }): Happened => ({
        at,
        kind: "",
        what: html`step <b>${name}</b>${result === undefined && records !== undefined ? ` ${plural(records, "record")}` : json(result)}`,
      }),
    ),
    ...effects.map(
      (effect): Happened => ({
        at: effect.doneAt ?? effect.firstSentAt,
        kind: effect.state === "done" ? "good" : effect.state === "doubt" ? "bad" : "",
        what: html`effect <b>${effect.name}</b> at ${effect.target} ${pill(effect.state)}${effect.undoes === undefined ? "" : ` takes back ${effect.undoes}`}${effect.amount === undefined ? "" : ` ${figure(effect.amount, effect.currency)} ${effect.currency ?? ""}`}${effect.sends > 1 ? `, sent ${plural(effect.sends, "time")}` : ""}${effect.doneBy === undefined ? "" : `, by ${effect.doneBy}`}${json(effect.receipt)}`,
      }),
    ),
    ...exceptions.map(
      (one): Happened => ({
        at: one.at,
        kind: "bad",
        what: html`<a href="${pathTo("exceptions", one.number)}">#${one.number} ${one.code}</a> ${pill(one.state)}<div>${one.message}</div>`,
      }),
    ),
    ...decisions.map(
      (one): Happened => ({
        at: one.at,
        kind: "person",
        what: html`<b>${one.kind}</b> by ${one.actor} ${pill(one.state)}<div>${one.reason}</div>`,
      }),
    ),
    ...messages.map(
      ({ topic, at, sentAt }): Happened => ({
        at,
        kind: "",
        what: html`published to ${topic}${sentAt === undefined ? ", not sent yet" : ""}`,
      }),
    ),
    ...(endedAt === undefined
      ? []
      : [
          {
            at: endedAt,
            kind: state === "done" ? "good" : "",
            what: html`${pill(state)}${because === undefined ? "" : ` ${because}`}`,
          } as const,
        ]),
  ]
  return html`<ol class="time">${all
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(
      ({ at, kind, what }) =>
        html`<li class="${kind}"><time datetime="${at}">${moment(at)}</time>${what}</li>`,
    )}</ol>
    ${lastFailure === undefined || state !== "open" ? "" : html`<p class="soft">Last failure: ${lastFailure}</p>`}`
}

const longest = 600

function json(value: unknown): Html | string {
  if (value === undefined || value === null) return ""
  const text = writeJson(value)
  return html` <code class="soft">${text.length > longest ? `${text.slice(0, longest)}…` : text}</code>`
}
