// Replays: a form for which events, what a rehearsal found, and the two things that can be done about it. Flows in: the selection as it was typed, the summary. Flows out: a page.
import { html } from "hono/html"
import { may } from "../../flow/port/permissions.ts"
import type { FieldChange, MoneyChange } from "../../flow/replay/rehearsed.ts"
import type { ReplayDifference, ReplaySummary } from "../../flow/replay/summarise.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import type { Person } from "../auth/person.ts"
import { type Html, page } from "./page.ts"
import { figure, plural, scalarWords } from "./words.ts"

export const replayFields = ["flow", "version", "from", "to", "code", "queue", "key"] as const

export interface ReplayShown {
  readonly query: Readonly<Record<string, string>>
  readonly flows: readonly string[]
  /** Undefined: nothing was asked yet. */
  readonly summary: ReplaySummary | undefined
  readonly person: Person
  readonly above?: Html | undefined
}

export function replayPage({ query, flows, summary, person, above }: ReplayShown): Html {
  return page({
    title: "Replay",
    at: "/replay",
    person,
    content: html`<div class="head"><div><h1>Replay</h1><p class="soft">What the flows as they are now would send for events of the past, beside what was sent. A rehearsal sends nothing.</p></div></div>
      ${above ?? ""}
      <form class="sheet row" action="/replay" aria-label="Which events">
        <div><label for="flow">Flow</label><select id="flow" name="flow"><option value="">all</option>${flows.map(name => html`<option value="${name}" ${name === query["flow"] ? "selected" : ""}>${name}</option>`)}</select></div>
        ${textFields.map(([name, label, size]) => html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${query[name] ?? ""}" size="${size}" maxlength="500" /></div>`)}
        <button class="first">Rehearse</button>
      </form>
      ${summary === undefined ? "" : found(summary, query, person)}`,
  })
}

const textFields = [
  ["version", "Version then", 8],
  ["from", "From (UTC)", 20],
  ["to", "Before (UTC)", 20],
  ["code", "Code", 14],
  ["queue", "Queue", 14],
  ["key", "Lane", 14],
] as const

const verdictWords = {
  equal: "as they were",
  redeliver: "would do something new",
  reissue: "would send something else",
  person: "for a person to look at",
  history: "replaced by a newer version",
  open: "being worked on, or given up",
} as const

function found(summary: ReplaySummary, query: ReplayShown["query"], person: Person): Html {
  const { events, verdicts, differences, behind, stops, people, money } = summary
  const verdictNames = Object.keys(verdictWords) as readonly (keyof typeof verdictWords)[]
  return html`<dl class="tiles"><div><dt>Events</dt><dd>${events}</dd></div>
      ${verdictNames.filter(name => verdicts[name] > 0).map(name => html`<div><dt>${verdictWords[name]}</dt><dd>${verdicts[name]}</dd></div>`)}</dl>
    ${verdicts.redeliver > 0 && may(person.role, "replay.deliver") ? act("deliver", "Deliver again", `${plural(verdicts.redeliver, "event")} would do something new. What was done stays done, with the same keys.`, query) : ""}
    ${verdicts.reissue > 0 && may(person.role, "decide.reissue") ? act("reissue", "Reissue", `${plural(verdicts.reissue, "event")} would send something else than was sent: new keys, and one of operations and a controller have to say so.`, query) : ""}
    ${differences.map(difference)}
    ${behind.length === 0 ? "" : html`<section class="sheet"><h2>Not told</h2><p class="help">What these steps send depends on answers to what is new.</p><ul class="plain">${behind.map(({ flow, step, count }) => html`<li><b>${step}</b> <span class="soft">${flow}; in ${plural(count, "event")}</span></li>`)}</ul></section>`}
    ${
      stops.length === 0
        ? ""
        : html`<section class="sheet"><h2>What stops now</h2><div class="scroll"><table>
      <thead><tr><th scope="col">Flow</th><th scope="col">Before</th><th scope="col">Now</th><th scope="col" class="figure">Events</th><th scope="col">Some of them</th></tr></thead>
      <tbody>${stops.map(({ flow, before, now, message, count, examples }) => html`<tr><th scope="row">${flow}</th><td>${before ?? "done"}</td><td class="wide"><b>${now}</b><div>${message}</div></td><td class="figure">${count}</td><td>${examples.join(", ")}</td></tr>`)}</tbody></table></div></section>`
    }
    ${people.length === 0 ? "" : html`<section class="sheet"><h2>For a person to look at</h2><ul class="plain">${people.map(({ why, count, examples }) => html`<li>${count} × ${why} <span class="soft">${examples.join(", ")}</span></li>`)}</ul></section>`}
    ${money.length === 0 ? "" : html`<section class="sheet"><h2>Sums, as they were sent and as they would be</h2>${moneyTable(money.map(one => ({ ...one, field: `${one.target} ${one.field}` })))}</section>`}`
}

function act(what: "deliver" | "reissue", name: string, help: string, query: ReplayShown["query"]): Html {
  return html`<form class="sheet" action="/replay" method="post">
    <h2>${name}</h2><p class="help">${help}</p>
    <input type="hidden" name="do" value="${what}" />
    ${replayFields.map(field => html`<input type="hidden" name="${field}" value="${query[field] ?? ""}" />`)}
    <div class="row"><div><label for="${what}-reason">Reason; it stands in the audit</label><input id="${what}-reason" name="reason" size="50" maxlength="2000" required /></div><button>${name}</button></div>
  </form>`
}

function difference(one: ReplayDifference): Html {
  const { flow, kind, what, name, target, fields, byHash, count, events, money, examples } = one
  return html`<section class="sheet"><h2>${what} ${name} at ${target}: ${kindWords[kind]}</h2>
    <p class="soft">${flow}; ${plural(count, "time")} in ${plural(events, "event")}${byHash ? "; only a hash of what was sent is known" : ""}${fields.length === 0 ? "" : `; ${fields.join(", ")}`}</p>
    ${money.length === 0 ? "" : moneyTable(money)}
    ${examples.length === 0 ? "" : html`<h3>Some of them</h3><ul class="plain">${examples.map(({ sourceId, fields: changed, request }) => html`<li><b>${sourceId}</b> ${changed.map(changeWords)}${changed.length === 0 && request !== undefined && request !== null ? html`<code class="soft">${shortened(writeJson(request))}</code>` : ""}</li>`)}</ul>`}
  </section>`
}

const kindWords = { differs: "differs", new: "new", gone: "no longer sent", unknown: "not told" } as const

function changeWords({ field, before, now }: FieldChange): Html {
  return html`<div><span class="mono">${field}</span> ${valueWords(before)} → ${valueWords(now)}</div>`
}

function valueWords(value: unknown): string {
  if (value === undefined) return "nothing"
  return typeof value === "object" && value !== null && !("text" in value)
    ? shortened(writeJson(value))
    : scalarWords(value)
}

function shortened(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}

function moneyTable(money: readonly MoneyChange[]): Html {
  return html`<div class="scroll"><table>
    <thead><tr><th scope="col">Of what</th><th scope="col">Currency</th><th scope="col" class="figure">Sent</th><th scope="col" class="figure">Would be</th></tr></thead>
    <tbody>${money.map(({ field, currency, before, now }) => html`<tr><th scope="row">${field}</th><td>${currency}</td><td class="figure">${figure(before, currency)}</td><td class="figure">${figure(now, currency)}</td></tr>`)}</tbody>
  </table></div>`
}
