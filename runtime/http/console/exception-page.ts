// One exception: what is wrong, the record with its wrong places, what would help, the forms to decide, what was done so far. Flows in: the exception as this person may see it. Flows out: a page.
import { html } from "hono/html"
import { rowWords } from "../../flow/ledger/place-words.ts"
import type { Person } from "../auth/person.ts"
import { namesIn } from "../record/change-record.ts"
import { type LabelledField, touchesHidden } from "../record/labels.ts"
import type { Doing, ShownException } from "../work/show-exception.ts"
import { type Html, page, pathTo, pill, withQuery } from "./page.ts"
import { leavesOf, recordTable } from "./record-view.ts"
import { timeline } from "./timeline.ts"
import { age, doingWords, figure, fixWords, moment, plural, scalarWords } from "./words.ts"

export interface OneShown {
  readonly shown: ShownException
  readonly labels: readonly LabelledField[] | undefined
  readonly person: Person
  readonly now: number
  /** What was typed, where a decision was refused. */
  readonly typed?:
    | { readonly doing: string; readonly reason: string; readonly fields: ReadonlyMap<string, string> }
    | undefined
  readonly above?: Html | undefined
}

export function exceptionPage(one: OneShown): Html {
  const { shown, person, now, above = "" } = one
  const { exception, issues, record, marks, fixes, history, cause } = shown
  const { number, code, message, state, openedAt, closedAt } = exception
  return page({
    title: `#${number} ${code}`,
    at: "/exceptions",
    person,
    content: html`<div class="head">
        <div><h1>${code}</h1><p>${message}</p></div>
        <p class="nowrap">#${number} ${pill(state)} ${closedAt === undefined ? `${age(openedAt, now)} old` : `closed ${moment(closedAt)}`}</p>
      </div>
      ${above}
      <div class="two">
        <div>
          <section class="sheet" aria-label="The event">${facts(shown)}</section>
          ${issues.length === 0 ? "" : issueList(issues)}
          <section class="sheet"><h2>The record</h2>${recordTable(record, marks)}</section>
          <section class="sheet"><h2>What was done</h2>${timeline(history)}</section>
        </div>
        <div>
          ${
            fixes.length === 0
              ? ""
              : html`<section class="sheet"><h2>What would help</h2><ul class="plain">${fixes.map(fix => html`<li>${fixWords(fix)}</li>`)}</ul>
            ${cause.alike > 1 ? html`<p class="soft"><a href="${withQuery("/exceptions", { code, flow: exception.flow })}">${plural(cause.alike, "exception")}</a> of ${exception.flow} with this code.</p>` : ""}</section>`
          }
          <section class="sheet"><h2>Decide</h2>${shown.may.length === 0 ? html`<p class="soft">There is nothing for ${person.role} to decide here.</p>` : shown.may.map(doing => decision(doing, one))}</section>
        </div>
      </div>`,
  })
}

function facts({ exception, history }: ShownException): Html {
  const {
    flow,
    version,
    source,
    sourceId,
    lane,
    queue,
    owner,
    kind,
    eventState,
    waiting,
    amount,
    currency,
    correlationId,
    event,
  } = exception
  const pairs: readonly (readonly [string, unknown])[] = [
    ["Event", `${source} ${sourceId}`],
    ["Flow", html`<a href="${pathTo("flows", flow)}">${flow}</a> ${version}`],
    ["Amount", amount === undefined ? "–" : `${figure(amount, currency)} ${currency ?? ""}`],
    ["The event is", html`${pill(eventState)}${waiting === 0 ? "" : ` ${waiting} wait behind it`}`],
    ["Queue", queue ?? (kind === "failure" ? "dead letter" : "none")],
    ["Owner", owner ?? "nobody"],
    ["Lane", lane],
    [
      "Tries that failed",
      `${history.attempts}${history.generation === 0 ? "" : `, generation ${history.generation}`}`,
    ],
    [
      "Transaction",
      html`<a class="mono" href="${withQuery("/trace", { key: correlationId })}">${correlationId}</a>`,
    ],
    ["Event id", html`<span class="mono">${event}</span>`],
  ]
  return html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

function issueList(issues: ShownException["issues"]): Html {
  return html`<section class="sheet"><h2>What is wrong</h2><div class="scroll"><table>
    <thead><tr><th scope="col">Place</th><th scope="col">What</th><th scope="col">Value</th><th scope="col">Rule</th></tr></thead>
    <tbody>${issues.map(
      ({ code, severity, root, pointer, row, message, value, at }) =>
        html`<tr><td class="mono">${root}${pointer}${row === undefined ? "" : html`<div class="soft">${rowWords(row)}</div>`}</td><td class="wide"><b>${code}</b> <span class="soft">${severity}</span><div>${message}</div></td><td>${scalarWords(value)}</td><td class="mono soft">${at}</td></tr>`,
    )}</tbody>
  </table></div></section>`
}

function decision(doing: Doing, one: OneShown): Html {
  const { name, help } = doingWords[doing]
  const { number } = one.shown.exception
  const typed = one.typed?.doing === doing ? one.typed : undefined
  const [first] = one.shown.may.filter(other => other !== "acknowledge" && other !== "assign")
  const needsReason = doing !== "acknowledge" && doing !== "assign"
  return html`<details ${typed !== undefined || (one.typed === undefined && doing === first) ? "open" : ""}>
    <summary>${name}</summary>
    <form action="${pathTo("exceptions", number)}" method="post">
      <input type="hidden" name="decision" value="${doing}" />
      <p class="help">${help}</p>
      ${doing === "assign" ? html`<div class="field"><label for="${doing}-owner">Owner</label><input id="${doing}-owner" name="owner" maxlength="200" required /></div>` : ""}
      ${doing === "edit" ? editFields(one, typed?.fields) : ""}
      ${doing === "settle" ? settleFields(one.shown) : ""}
      ${doing === "reissue" ? proposals(one.shown) : ""}
      <div class="field"><label for="${doing}-reason">${needsReason ? "Reason; it stands in the audit" : "Remark; it stands in the audit"}</label><textarea id="${doing}-reason" name="reason" maxlength="2000" ${needsReason ? "required" : ""}>${typed?.reason ?? ""}</textarea></div>
      <button class="${doing === first ? "first" : ""}">${name}</button>
    </form>
  </details>`
}

/** Places a person may see; those that are wrong and not there first. */
export function editablePlaces({ shown, labels, person }: Pick<OneShown, "shown" | "labels" | "person">) {
  const leaves = leavesOf(shown.record).filter(({ pointer }) => pointer !== "")
  const known = new Set(leaves.map(({ pointer }) => pointer))
  const missing = [...new Set(shown.marks.map(({ pointer }) => pointer))]
    .filter(place => place !== "" && !known.has(place))
    .map(pointer => ({ pointer, value: undefined }))
  return [...missing, ...leaves].filter(
    ({ pointer }) => !touchesHidden(namesIn(pointer) ?? [], labels, person.role),
  )
}

function editFields(one: OneShown, typed: ReadonlyMap<string, string> | undefined): Html {
  const wrong = new Set(one.shown.marks.map(({ pointer }) => pointer))
  const places = editablePlaces(one).toSorted(
    (a, b) => Number(wrong.has(b.pointer)) - Number(wrong.has(a.pointer)),
  )
  return html`${places.map(
    ({ pointer, value }, i) =>
      html`<div class="field"><label for="edit-${i}" class="mono">${pointer}${wrong.has(pointer) ? " (wrong)" : ""}</label><input id="edit-${i}" name="field ${pointer}" value="${typed?.get(pointer) ?? scalarWords(value)}" autocomplete="off" /></div>`,
  )}`
}

function settleFields({ history }: ShownException): Html {
  const doubts = history.effects.filter(({ state }) => state === "doubt")
  return html`<div class="field"><label for="settle-effect">Effect</label><select id="settle-effect" name="effect">${doubts.map(({ name, target }) => html`<option value="${name}">${name} at ${target}</option>`)}</select></div>
    <div class="field"><label for="settle-outcome">It was</label><select id="settle-outcome" name="outcome"><option value="not-done">not done</option><option value="done">done</option></select></div>
    <div class="field"><label for="settle-receipt">What the target answered, as JSON, where it was done</label><textarea class="mono" id="settle-receipt" name="receipt"></textarea></div>`
}

function proposals({ history }: ShownException): Html | string {
  const proposed = history.decisions.findLast(({ kind }) => kind === "reissue")
  return proposed?.state === "proposed"
    ? html`<p class="help">${proposed.actor} has said so at ${moment(proposed.at)}: ${proposed.reason}</p>`
    : ""
}
