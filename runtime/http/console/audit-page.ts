// What was decided, the newest first, and whether the chain holds. Flows in: a page of records, perhaps a verdict. Flows out: a page.
import { html } from "hono/html"
import type { ListedAudit } from "../../flow/ledger/audit-page.ts"
import type { AuditVerdict } from "../../flow/port/engine.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import type { Person } from "../auth/person.ts"
import { type Html, note, page, withQuery } from "./page.ts"
import { moment, plural } from "./words.ts"

export interface AuditShown {
  readonly records: readonly ListedAudit[]
  readonly next: number | undefined
  readonly subject: string
  readonly verdict: AuditVerdict | undefined
  readonly person: Person
}

export function auditPage({ records, next, subject, verdict, person }: AuditShown): Html {
  return page({
    title: "Audit",
    at: "/audit",
    person,
    content: html`<div class="head"><h1>Audit</h1><form action="/audit"><input type="hidden" name="verify" value="yes" /><button>Verify the chain</button></form></div>
      ${verdict === undefined ? "" : verdict.kind === "unbroken" ? note("good", html`<p>Unbroken: ${plural(verdict.records, "record")}, each follows from the one before.</p>`) : note("bad", html`<p>Broken at record ${verdict.seq}: ${verdict.why}.</p>`)}
      <form class="sheet row" action="/audit"><div><label for="subject">Event or system</label><input id="subject" name="subject" value="${subject}" size="40" maxlength="500" /></div><button>Filter</button></form>
      <section class="sheet scroll"><table>
        <caption>Each record carries the hash of the one before.</caption>
        <thead><tr><th scope="col" class="figure">No.</th><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Of what</th><th scope="col">More</th></tr></thead>
        <tbody>${records.map(
          one =>
            html`<tr><td class="figure">${one.seq}</td><td class="nowrap">${moment(one.at)}</td><td>${one.actor}</td><td class="nowrap"><b>${one.action}</b></td><td class="mono"><a href="${withQuery("/trace", { key: one.subject })}">${one.subject}</a></td><td class="wide soft">${detailWords(one.detail)}</td></tr>`,
        )}</tbody>
      </table></section>
      ${next === undefined ? "" : html`<p><a href="${withQuery("/audit", { before: String(next), subject })}">Older</a></p>`}`,
  })
}

function detailWords(detail: unknown): string {
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return writeJson(detail ?? null)
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : writeJson(value)}`)
    .join("; ")
}
