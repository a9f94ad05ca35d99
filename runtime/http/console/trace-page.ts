// Business transactions over flows and systems. Flows in: what was found by a key. Flows out: a page.
import { html } from "hono/html"
import type { Person } from "../auth/person.ts"
import type { FoundTransactions } from "../work/find-transactions.ts"
import { type Html, page, pathTo, pill } from "./page.ts"
import { timeline } from "./timeline.ts"
import { figure } from "./words.ts"

export function tracePage(key: string | undefined, found: FoundTransactions, person: Person): Html {
  return page({
    title: "Trace",
    at: "/trace",
    person,
    content: html`<div class="head"><h1>Trace</h1></div>
      <form class="sheet row" action="/trace"><div><label for="key">Business key: an order, a deal, an account, an event</label><input id="key" name="key" value="${key ?? ""}" size="40" maxlength="500" required /></div><button class="first">Find</button></form>
      ${key !== undefined && found.transactions.length === 0 ? html`<p class="sheet">The ledger knows nothing by this name.</p>` : ""}
      ${found.transactions.map(
        ({
          correlationId,
          events,
        }) => html`<section class="sheet"><h2>Transaction <span class="mono">${correlationId}</span></h2>
          ${events.map(
            event => html`<article>
              <h3><a href="${pathTo("flows", event.flow)}">${event.flow}</a> ${event.source} ${event.sourceId} ${pill(event.state)}${event.amount === undefined ? "" : html` <span class="soft">${figure(event.amount, event.currency)} ${event.currency}</span>`}</h3>
              ${timeline(event)}
            </article>`,
          )}
        </section>`,
      )}
      ${found.more ? html`<p class="soft">There are more; name it more closely.</p>` : ""}`,
  })
}
