// What waits for people, at a glance. Flows in: queues with counts, ages, amounts and causes. Flows out: the first page.
import { html } from "hono/html"
import { createSums } from "../../flow/ledger/amounts.ts"
import type { QueueOverview } from "../../flow/ledger/exception-page.ts"
import type { FiringAlert } from "../../flow/ledger/firing-alerts.ts"
import type { Person } from "../auth/person.ts"
import { alertsTable } from "./flows-page.ts"
import { type Html, page, withQuery } from "./page.ts"
import { age, figure, plural } from "./words.ts"

export interface QueuesShown {
  readonly queues: readonly QueueOverview[]
  readonly alerts: readonly FiringAlert[]
  readonly person: Person
  readonly now: number
}

export function queuesPage({ queues, alerts, person, now }: QueuesShown): Html {
  const open = queues.reduce((sum, queue) => sum + queue.open + queue.acknowledged, 0)
  const untouched = queues.reduce((sum, queue) => sum + queue.open, 0)
  const oldest = queues.map(queue => queue.oldest).toSorted()[0]
  const totals = sumsOf(queues)
  return page({
    title: "Queues",
    at: "/",
    person,
    content: html`<div class="head"><h1>What waits for a person</h1></div>
      <dl class="tiles">
        <div><dt>Exceptions</dt><dd>${open} <small>${untouched} nobody looks at</small></dd></div>
        <div><dt>Oldest</dt><dd>${oldest === undefined ? "–" : age(oldest, now)}</dd></div>
        ${totals.map(([currency, value]) => html`<div><dt>Held in ${currency}</dt><dd>${figure(value, currency)}</dd></div>`)}
      </dl>
      ${alerts.length === 0 ? "" : html`<section class="sheet"><h2>Promises that are not kept</h2>${alertsTable(alerts, now)}</section>`}
      ${queues.length === 0 ? html`<p class="sheet">Nothing waits. Every event went its way.</p>` : queueTable(queues, now)}`,
  })
}

function queueTable(queues: readonly QueueOverview[], now: number): Html {
  return html`<section class="sheet">
    <h2>Queues</h2>
    <div class="scroll"><table>
      <thead><tr><th scope="col">Queue</th><th scope="col" class="figure">Open</th><th scope="col" class="figure">Looked at</th><th scope="col">Oldest</th><th scope="col" class="figure">Amounts</th><th scope="col">Causes</th></tr></thead>
      <tbody>
        ${queues.map(
          queue => html`<tr>
            <th scope="row"><a href="${withQuery("/exceptions", { in: choiceOf(queue.queue) })}">${queue.queue ?? "Dead letters"}</a></th>
            <td class="figure">${queue.open}</td>
            <td class="figure">${queue.acknowledged}</td>
            <td class="nowrap">${age(queue.oldest, now)}</td>
            <td class="figure">${queue.amounts.map(({ currency, value }) => html`<div>${figure(value, currency)} <small>${currency}</small></div>`)}</td>
            <td class="wide"><ul class="plain">${queue.causes
              .slice(0, 5)
              .map(
                ({ flow, code, count }) =>
                  html`<li><a href="${withQuery("/exceptions", { in: choiceOf(queue.queue), code, flow })}">${code}</a> <span class="soft">${count} of ${flow}</span></li>`,
              )}${queue.causes.length > 5 ? html`<li class="soft">and ${plural(queue.causes.length - 5, "other")}</li>` : ""}</ul></td>
          </tr>`,
        )}
      </tbody>
    </table></div>
  </section>`
}

/** How a form names a queue: `-` for none. */
export function choiceOf(queue: string | undefined): string {
  return queue === undefined ? "-" : `q ${queue}`
}

function sumsOf(queues: readonly QueueOverview[]): readonly (readonly [string, string])[] {
  const sums = createSums()
  for (const { amounts } of queues) for (const { currency, value } of amounts) sums.add(currency, value)
  return sums.values()
}
