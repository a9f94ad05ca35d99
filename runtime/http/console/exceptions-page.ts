// A list of exceptions: filters above, one decision for those that are ticked below. Flows in: a page of them, what was asked for. Flows out: a page.
import { html } from "hono/html"
import type { ExceptionPage, QueueOverview } from "../../flow/ledger/exception-page.ts"
import { may } from "../../flow/port/permissions.ts"
import type { Person } from "../auth/person.ts"
import { actionOf, type Doing } from "../work/show-exception.ts"
import { type Html, page, pathTo, pill, withQuery } from "./page.ts"
import { choiceOf } from "./queues-page.ts"
import { age, doingWords, figure } from "./words.ts"

export interface ListShown {
  readonly found: ExceptionPage
  readonly queues: readonly QueueOverview[]
  readonly flows: readonly string[]
  /** Names of the form's fields, as they were sent. */
  readonly query: Readonly<Record<string, string>>
  readonly person: Person
  readonly now: number
  readonly above?: Html | undefined
}

export const bulkDoings = [
  "acknowledge",
  "assign",
  "retry",
  "skip",
  "resolve",
  "ignore",
] as const satisfies readonly Doing[]

export function exceptionsPage(shown: ListShown): Html {
  const { found, query, person, above = "" } = shown
  const { after: _, ...filters } = query
  return page({
    title: "Exceptions",
    at: "/exceptions",
    person,
    content: html`<div class="head"><h1>Exceptions</h1></div>
      ${above}
      ${filterForm(shown)}
      ${found.exceptions.length === 0 ? html`<p class="sheet">There is none like this.</p>` : listForm(shown)}
      ${found.next === undefined ? "" : html`<p><a href="${withQuery("/exceptions", { ...filters, after: String(found.next) })}">Next page</a></p>`}`,
  })
}

function filterForm({ queues, flows, query }: ListShown): Html {
  const choices = queues.map(({ queue }) => [choiceOf(queue), queue ?? "Dead letters"] as const)
  const states = ["open", "acknowledged", "resolved", "ignored"].map(state => [state, state] as const)
  return html`<form class="sheet row" action="/exceptions" aria-label="Filter">
    <div><label for="in">Queue</label>${select("in", [["", "all"], ...choices], query["in"])}</div>
    <div><label for="state">State</label>${select("state", [["", "not closed"], ...states, ["any", "any"]], query["state"])}</div>
    <div><label for="flow">Flow</label>${select("flow", [["", "all"], ...flows.map(name => [name, name] as const)], query["flow"])}</div>
    <div><label for="code">Code</label><input id="code" name="code" value="${query["code"] ?? ""}" size="14" maxlength="200" /></div>
    <div><label for="owner">Owner</label><input id="owner" name="owner" value="${query["owner"] ?? ""}" size="12" maxlength="200" /></div>
    <div><label for="key">Business key</label><input id="key" name="key" value="${query["key"] ?? ""}" size="16" maxlength="500" /></div>
    <div><label for="older">Older than, hours</label><input id="older" name="older" value="${query["older"] ?? ""}" size="4" inputmode="numeric" pattern="[0-9]{1,5}" /></div>
    <button>Filter</button>
  </form>`
}

function select(name: string, options: readonly (readonly [string, string])[], chosen = ""): Html {
  const known = options.some(([value]) => value === chosen)
  return html`<select id="${name}" name="${name}">
    ${options.map(([value, text]) => html`<option value="${value}" ${value === chosen ? "selected" : ""}>${text}</option>`)}
    ${known ? "" : html`<option value="${chosen}" selected>${chosen}</option>`}
  </select>`
}

function listForm({ found, person, now }: ListShown): Html {
  const doings = bulkDoings.filter(doing => may(person.role, actionOf[doing]))
  return html`<form action="/exceptions" method="post">
    <div class="sheet scroll"><table>
      <thead><tr>
        <th scope="col"><span class="soft">Tick</span></th><th scope="col">No.</th><th scope="col">What is wrong</th><th scope="col">Event</th>
        <th scope="col" class="figure">Amount</th><th scope="col">State</th><th scope="col">Age</th><th scope="col">Whose</th>
      </tr></thead>
      <tbody>
        ${found.exceptions.map(
          one => html`<tr>
            <td><input type="checkbox" name="number" value="${one.number}" aria-label="Exception ${one.number}" /></td>
            <td class="nowrap"><a href="${pathTo("exceptions", one.number)}">#${one.number}</a></td>
            <td class="wide"><a href="${pathTo("exceptions", one.number)}">${one.code}</a><div>${one.message}</div></td>
            <td>${one.sourceId}<div class="soft">${one.flow}</div></td>
            <td class="figure">${one.amount === undefined ? "" : html`${figure(one.amount, one.currency)} <small>${one.currency}</small>`}</td>
            <td>${pill(one.state)}${one.waiting === 0 ? "" : html`<div class="soft nowrap">${one.waiting} wait behind</div>`}</td>
            <td class="nowrap">${age(one.openedAt, now)}</td>
            <td>${one.queue ?? html`<span class="soft">${one.kind === "failure" ? "dead letter" : "no queue"}</span>`}<div class="soft">${one.owner ?? ""}</div></td>
          </tr>`,
        )}
      </tbody>
    </table></div>
    ${
      doings.length === 0
        ? ""
        : html`<fieldset class="sheet row"><legend class="soft">Those that are ticked</legend>
      <div><label for="decision">Decision</label><select id="decision" name="decision">${doings.map(doing => html`<option value="${doing}">${doingWords[doing].name}</option>`)}</select></div>
      <div><label for="to">Owner, of Assign</label><input id="to" name="to" size="12" maxlength="200" /></div>
      <div><label for="reason">Reason; it stands in the audit</label><input id="reason" name="reason" size="36" maxlength="2000" required /></div>
      <button class="first">Decide</button>
    </fieldset>`
    }
  </form>`
}
