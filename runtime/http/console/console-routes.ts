// The routes of the console. Flows in: parts of the service. Flows out: routes on an app: each but those to come in asks for a session and whether the role may. Every form comes from a page of ours,
// or nothing is done.
import type { Hono } from "hono"
import { getCookie } from "hono/cookie"
import { html } from "hono/html"
import { auditPage as auditRecords } from "../../flow/ledger/audit-page.ts"
import {
  type ExceptionFilter,
  exceptionPage as exceptionList,
  queueOverview,
} from "../../flow/ledger/exception-page.ts"
import { firingAlerts } from "../../flow/ledger/firing-alerts.ts"
import { instantText } from "../../flow/ledger/operation.ts"
import type { ReplaySelection } from "../../flow/ledger/replay.ts"
import { type Action, may } from "../../flow/port/permissions.ts"
import { exceptionQuery } from "../api/schemas.ts"
import type { Person } from "../auth/person.ts"
import { createSessions } from "../auth/sessions.ts"
import { isProblem, type Problem, problemCodes } from "../problem.ts"
import type { ServiceParts } from "../service-parts.ts"
import { decideException, type Order } from "../work/decide-exception.ts"
import { findTransactions } from "../work/find-transactions.ts"
import {
  type Delivered,
  deliverReplay,
  type Reissued,
  rehearseReplay,
  reissueReplay,
} from "../work/replay.ts"
import { type Doing, servedFlow, showException } from "../work/show-exception.ts"
import { auditPage } from "./audit-page.ts"
import { type Asked, type ConsoleEnv, consoleDoor } from "./console-door.ts"
import { exceptionPage } from "./exception-page.ts"
import { bulkDoings, exceptionsPage } from "./exceptions-page.ts"
import { flowPage, flowsPage } from "./flows-page.ts"
import { loginPath } from "./login-page.ts"
import { addLogin } from "./login-routes.ts"
import { orderOf } from "./order-of.ts"
import { type Html, note } from "./page.ts"
import { queuesPage } from "./queues-page.ts"
import { replayFields, replayPage } from "./replay-page.ts"
import { icon, style } from "./style.ts"
import { tracePage } from "./trace-page.ts"
import { doingWords, plural } from "./words.ts"

const onPage = 50

export function addConsole(app: Hono<ConsoleEnv>, parts: ServiceParts): void {
  const { ledger, engine, world } = parts
  const sessions = createSessions(world, parts.unguessable)
  const door = consoleDoor(parts)
  const { answer, to, refused, isOurs, isOurForm, formOf, cookie } = door

  function look(
    path: string,
    name: string,
    action: Action,
    work: (context: Asked, person: Person) => Promise<Response>,
  ): void {
    app.get(path, async context => {
      context.set("route", `console ${name}`)
      if (!isOurs(context)) return refused(421, "This service has another name.")
      const person = sessions.find(getCookie(context, cookie()) ?? "")
      if (person === undefined) return to(loginPath(context.req.url))
      context.set("person", person)
      if (!may(person.role, action)) return refused(403, `${name} is not for ${person.role}.`, person)
      return work(context, person)
    })
  }

  function change(
    path: string,
    name: string,
    action: Action,
    work: (context: Asked, person: Person, form: URLSearchParams) => Promise<Response>,
  ): void {
    app.post(path, async context => {
      context.set("route", `console ${name}`)
      if (!isOurs(context)) return refused(421, "This service has another name.")
      const person = sessions.find(getCookie(context, cookie()) ?? "")
      if (person === undefined) return refused(401, "You are not signed in, or no longer; nothing was done.")
      context.set("person", person)
      if (!isOurForm(context))
        return refused(403, "The form did not come from a page of this service; nothing was done.")
      if (!may(person.role, action)) return refused(403, `${name} is not for ${person.role}.`, person)
      const form = await formOf(context)
      return form === undefined
        ? refused(413, "This is no form, or too large; nothing was done.", person)
        : work(context, person, form)
    })
  }

  app.get("/style.css", context => {
    context.set("route", "console style")
    return answer(style, 200, "text/css; charset=utf-8")
  })
  app.get("/icon.svg", context => {
    context.set("route", "console icon")
    return answer(icon, 200, "image/svg+xml")
  })

  addLogin(app, parts, door, sessions)

  look("/", "Queues", "exceptions.read", async (_, person) => {
    const [queues, alerts] = [await ledger.run(queueOverview), await ledger.run(firingAlerts)]
    return answer(queuesPage({ queues, alerts, person, now: world.now() }))
  })

  async function list(query: Readonly<Record<string, string>>, person: Person, above?: Html, status = 200) {
    const filter = filterOf(query, world.now())
    const after = /^\d{1,15}$/u.test(query["after"] ?? "") ? Number(query["after"]) : 0
    const found = await ledger.run(() => exceptionList(filter, after, onPage))
    const queues = await ledger.run(queueOverview)
    const flows = [...new Set(parts.flows.map(({ spec }) => spec.name))]
    return answer(exceptionsPage({ found, queues, flows, query, person, now: world.now(), above }), status)
  }
  look("/exceptions", "Exceptions", "exceptions.read", (context, person) => list(context.req.query(), person))
  change("/exceptions", "Deciding", "exceptions.read", async (_, person, form) => {
    const doing = bulkDoings.find(one => one === form.get("decision"))
    const numbers = [...new Set(form.getAll("number"))]
      .filter(text => /^[1-9]\d{0,8}$/u.test(text))
      .slice(0, 200)
    const reason = form.get("reason") ?? ""
    const owner = form.get("to") ?? ""
    if (
      doing === undefined ||
      numbers.length === 0 ||
      reason.trim() === "" ||
      (doing === "assign" && owner.trim() === "")
    )
      return list(
        {},
        person,
        note(
          "bad",
          html`<p>Tick exceptions and give a reason; to assign, say whose they are. Nothing was done.</p>`,
        ),
        400,
      )
    const order: Order = doing === "assign" ? { kind: doing, owner: owner.trim() } : { kind: doing }
    const problems: (readonly [string, Problem])[] = []
    for (const number of numbers) {
      const done = await decideException(parts, Number(number), order, person, reason)
      if (isProblem(done)) problems.push([number, done])
    }
    const well = numbers.length - problems.length
    const told = html`${well === 0 ? "" : note("good", html`<p>${doingWords[doing].name}: ${plural(well, "exception")}.</p>`)}${problems.length === 0 ? "" : note("bad", html`<p>Not decided:</p><ul>${problems.map(([number, { detail }]) => html`<li>#${number}: ${detail}</li>`)}</ul>`)}`
    return list({}, person, told, problems.length === 0 ? 200 : 409)
  })

  async function one(
    number: number,
    person: Person,
    more: {
      readonly above?: Html
      readonly status?: number
      readonly typed?: Parameters<typeof exceptionPage>[0]["typed"]
    } = {},
  ) {
    const shown = await showException(parts, number, person)
    if (shown === undefined) return refused(404, "There is no such exception.", person)
    const labels = servedFlow(parts, shown.exception)?.labels
    const { above, typed, status } = more
    return answer(exceptionPage({ shown, labels, person, now: world.now(), above, typed }), status)
  }
  look("/exceptions/:number{[1-9][0-9]{0,8}}", "Exceptions", "exceptions.read", async (context, person) => {
    const done = context.req.query("done") ?? ""
    const words = Object.hasOwn(doingWords, done) ? doingWords[done as Doing].done : undefined
    const told =
      context.req.query("second") === undefined
        ? words
        : "A second person of another role has to say so, too."
    return one(
      Number(context.req.param("number")),
      person,
      told === undefined ? {} : { above: note("good", html`<p>${told}</p>`) },
    )
  })
  change(
    "/exceptions/:number{[1-9][0-9]{0,8}}",
    "Deciding",
    "exceptions.read",
    async (context, person, form) => {
      const number = Number(context.req.param("number"))
      const shown = await showException(parts, number, person)
      if (shown === undefined) return refused(404, "There is no such exception.", person)
      const labels = servedFlow(parts, shown.exception)?.labels
      const read = orderOf(form, { shown, labels, person })
      const reason = (form.get("reason") ?? "").slice(0, 2_000)
      const typed = { doing: form.get("decision") ?? "", reason, fields: fieldsOf(form) }
      const fail = (status: number, text: string, issues: Problem["issues"] = []) =>
        one(number, person, {
          status,
          typed,
          above: note(
            "bad",
            html`<p>${text}</p>${issues.length === 0 ? "" : html`<ul>${issues.map(({ code, pointer, message }) => html`<li><b>${code}</b> <span class="mono">${pointer}</span> ${message}</li>`)}</ul>`}`,
          ),
        })
      if (typeof read === "string") return fail(400, read)
      if (reason.trim() === "" && read.kind !== "acknowledge" && read.kind !== "assign")
        return fail(400, "A decision needs a reason. Nothing was done.")
      const done = await decideException(parts, number, read, person, reason)
      if (isProblem(done))
        return fail(problemCodes[done.code].status, `${done.detail} Nothing was done.`, done.issues)
      return to(`/exceptions/${number}?done=${read.kind}${done.kind === "applied" ? "" : "&second=1"}`)
    },
  )

  look("/flows", "Flows", "flows.read", async (_, person) => {
    const stats = await engine.stats({ amounts: true })
    const alerts = await ledger.run(firingAlerts)
    return answer(
      flowsPage({ specs: parts.flows.map(({ spec }) => spec), stats, alerts, person, now: world.now() }),
    )
  })
  look("/flows/:name", "Flows", "flows.read", async (context, person) => {
    const found = parts.flows.findLast(({ spec }) => spec.name === context.req.param("name"))
    return found === undefined
      ? refused(404, "The project has no such flow.", person)
      : answer(flowPage(found.spec, person))
  })
  look("/trace", "Trace", "trace.read", async (context, person) => {
    const key = context.req.query("key")?.trim().slice(0, 500) || undefined
    const found =
      key === undefined
        ? { way: [], transactions: [], more: false }
        : await findTransactions(parts, key, person)
    return answer(tracePage(key, found, person))
  })
  async function replay(
    query: Readonly<Record<string, string>>,
    person: Person,
    signal: AbortSignal,
    above?: Html,
    status = 200,
  ) {
    const selection = selectionOf(query)
    const found =
      Object.keys(selection).length === 0 ? undefined : await rehearseReplay(parts, selection, person, signal)
    const failed = found !== undefined && isProblem(found) ? found : undefined
    const flows = [...new Set(parts.flows.map(({ spec }) => spec.name))]
    const summary = found?.kind === "rehearsal" ? found.summary : undefined
    const told = failed === undefined ? above : note("bad", html`<p>${failed.detail}</p>`)
    return answer(
      replayPage({ query, flows, summary, person, above: told }),
      failed === undefined ? status : problemCodes[failed.code].status,
    )
  }
  look("/replay", "Replay", "replay.rehearse", (context, person) =>
    replay(context.req.query(), person, context.req.raw.signal),
  )
  change("/replay", "Replay", "replay.rehearse", async (context, person, form) => {
    const query = Object.fromEntries(replayFields.map(name => [name, form.get(name) ?? ""]))
    const { signal } = context.req.raw
    const reason = (form.get("reason") ?? "").slice(0, 2_000)
    const bad = (text: string, status: number) =>
      replay(query, person, signal, note("bad", html`<p>${text}</p>`), status)
    if (reason.trim() === "") return bad("A replay needs a reason. Nothing was done.", 400)
    const work = form.get("do") === "deliver" ? deliverReplay : reissueReplay
    const done = await work(parts, selectionOf(query), person, reason, signal)
    if (isProblem(done)) return bad(`${done.detail} Nothing was done.`, problemCodes[done.code].status)
    return replay(query, person, signal, note("good", html`<p>${replayWords(done)}</p>`))
  })
  look("/audit", "Audit", "audit.read", async (context, person) => {
    const { before = "0", subject = "", verify } = context.req.query()
    const from = /^\d{1,15}$/u.test(before) ? Number(before) : 0
    const { records, next } = await ledger.run(() =>
      auditRecords(from, subject === "" ? null : subject, onPage),
    )
    const verdict = verify === "yes" ? await engine.verifyAudit() : undefined
    return answer(auditPage({ records, next, subject, verdict, person }))
  })
}

function selectionOf(query: Readonly<Record<string, string>>): ReplaySelection {
  const said = replayFields.flatMap(name => {
    const value = (query[name] ?? "").trim().slice(0, 500)
    return value === "" ? [] : [[name, value] as const]
  })
  return Object.fromEntries(said)
}

function replayWords(done: Delivered | Reissued): string {
  if (done.kind === "delivered")
    return `Delivered again: ${done.delivered}; decided about meanwhile: ${done.changedSince}; left: ${done.left}.`
  const refusals = done.refused.map(({ event, detail }) => ` ${event}: ${detail}.`).join("")
  return `Reissued: ${done.applied}; waiting for a second person of another role: ${done.awaiting}; refused: ${done.refused.length}.${refusals}`
}

function fieldsOf(form: URLSearchParams): ReadonlyMap<string, string> {
  return new Map(
    [...form].flatMap(([name, value]) =>
      name.startsWith("field ") ? [[name.slice("field ".length), value] as const] : [],
    ),
  )
}

/** What does not fit filters nothing. */
function filterOf(query: Readonly<Record<string, string>>, now: number): ExceptionFilter {
  const { in: queue = "", state, flow, code, owner, key, older = "" } = query
  const known = exceptionQuery.shape.state.safeParse(state === "" ? undefined : state)
  return {
    ...(known.success && known.data !== undefined ? { state: known.data } : {}),
    ...(queue === "-" ? { queue: null } : queue.startsWith("q ") ? { queue: queue.slice(2) } : {}),
    ...(flow ? { flow } : {}),
    ...(code ? { code: code.trim() } : {}),
    ...(owner ? { owner: owner.trim() } : {}),
    ...(key ? { key: key.trim() } : {}),
    ...(/^\d{1,5}$/u.test(older) ? { openedBefore: instantText(now - Number(older) * 3_600_000) } : {}),
  }
}
