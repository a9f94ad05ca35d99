// Business transactions over flows and systems. Flows in: what was found by a key. Flows out: a page: the way of the key first, then what was done for each event.
import { html } from "hono/html"
import type { Person } from "../auth/person.ts"
import type { FoundTransactions } from "../work/find-transactions.ts"
import { type Html, page, pathTo, pill } from "./page.ts"
import { timeline } from "./timeline.ts"
import { figure, moment, plural } from "./words.ts"

type Found = FoundTransactions["transactions"][number]["events"][number]

export function tracePage(key: string | undefined, found: FoundTransactions, person: Person): Html {
  const { way, transactions, more } = found
  return page({
    title: "Trace",
    at: "/trace",
    person,
    content: html`<div class="head"><h1>Trace</h1></div>
      <form class="sheet row" action="/trace"><div><label for="key">Business key: an order, a deal, an account, an event</label><input id="key" name="key" value="${key ?? ""}" size="40" maxlength="500" required /></div><button class="first">Find</button></form>
      ${key !== undefined && transactions.length === 0 ? html`<p class="sheet">The ledger knows nothing by this name.</p>` : ""}
      ${way.length === 0 ? "" : wayOf(key ?? "", found)}
      ${transactions.map(
        ({
          correlationId,
          events,
        }) => html`<section class="sheet"><h2>Transaction <span class="mono">${correlationId}</span></h2>
          ${events.map(
            event => html`<article id="${`event-${event.id}`}">
              <h3><a href="${pathTo("flows", event.flow)}">${event.flow}</a> ${event.source} ${event.sourceId} ${pill(event.state)}${money(event)}</h3>
              ${timeline(event)}
            </article>`,
          )}
        </section>`,
      )}
      ${more ? html`<p class="soft">There are more; name it more closely.</p>` : ""}`,
  })
}

function wayOf(key: string, { way, transactions }: FoundTransactions): Html {
  const events = new Map(transactions.flatMap(one => one.events.map(event => [event.id, event] as const)))
  return html`<section class="sheet"><h2>The way of <span class="mono">${key}</span></h2><p>${plural(way.length, "event")}, as they were accepted.</p><div class="scroll"><table>
    <thead><tr><th scope="col">Accepted</th><th scope="col">Flow</th><th scope="col">State</th><th scope="col" class="figure">Amount</th><th scope="col">Done where</th><th scope="col">Belongs because it</th></tr></thead>
    <tbody>${way.map(({ event: id, because }) => {
      const event = events.get(id)
      return event === undefined
        ? ""
        : html`<tr><td class="nowrap">${moment(event.receivedAt)}</td><th scope="row"><a href="${`#event-${id}`}">${event.flow}</a></th><td>${pill(event.state)}</td><td class="figure">${event.amount === undefined ? "" : html`${figure(event.amount, event.currency)} <small>${event.currency ?? ""}</small>`}</td><td>${event.effects.map(effect => html`<div>${effect.target} ${effect.name} ${pill(effect.state)}${money(effect)}</div>`)}${event.exceptions.map(one => html`<div><a href="${pathTo("exceptions", one.number)}">#${one.number} ${one.code}</a> ${pill(one.state)}</div>`)}</td><td>${because}</td></tr>`
    })}</tbody>
  </table></div></section>`
}

function money({ amount, currency }: Pick<Found, "amount" | "currency">): Html | string {
  return amount === undefined
    ? ""
    : html` <span class="soft">${figure(amount, currency)} ${currency ?? ""}</span>`
}
