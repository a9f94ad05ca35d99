// Looking at a ledger over HTTP, and the hand on its targets. Flows in: nothing. Flows out: routes: transactions, figures, alerts, audit, targets, who one is.
import * as z from "zod/mini"
import { auditPage } from "../../flow/ledger/audit-page.ts"
import { firingAlerts } from "../../flow/ledger/firing-alerts.ts"
import type { Actor } from "../../flow/port/engine.ts"
import { type Action, may, permissions } from "../../flow/port/permissions.ts"
import type { Person } from "../auth/person.ts"
import { problem } from "../problem.ts"
import { findTransactions } from "../work/find-transactions.ts"
import { type Route, route } from "./route.ts"
import * as forms from "./schemas.ts"

const target = z.strictObject({ name: forms.name })
const done = { 200: { says: "Done.", form: z.strictObject({ kind: z.literal("applied") }) } }

export const lookRoutes: readonly Route[] = [
  route({
    id: "whoAmI",
    method: "GET",
    path: "/me",
    summary: "Who you are here, and what you may do",
    action: "api.read",
    answers: { 200: { says: "You.", form: forms.me } },
    answer: async ({ person: { subject, role } }) => ({
      status: 200,
      body: {
        subject,
        role,
        may: (Object.keys(permissions) as readonly Action[]).filter(action => may(role, action)),
      },
    }),
  }),
  route({
    id: "trace",
    method: "GET",
    path: "/trace",
    summary: "Business transactions over flows and systems, by what people call them",
    action: "trace.read",
    query: z.strictObject({
      key: z
        .string()
        .check(
          z.minLength(1),
          z.maxLength(500),
          z.describe(
            "A business key, a correlation id, an id of the source, a lane, or an event's id or the beginning of it.",
          ),
        ),
    }),
    answers: { 200: { says: "Those there are.", form: forms.transactions } },
    answer: async ({ parts, query, person }) => ({
      status: 200,
      body: await findTransactions(parts, query.key, person),
    }),
  }),
  route({
    id: "stats",
    method: "GET",
    path: "/stats",
    summary: "What is where: counts, ages, targets, exact sums by currency",
    action: "stats.read",
    answers: { 200: { says: "Of the whole ledger.", form: forms.stats } },
    answer: async ({ parts }) => ({ status: 200, body: await parts.engine.stats({ amounts: true }) }),
  }),
  route({
    id: "listAlerts",
    method: "GET",
    path: "/alerts",
    summary: "What watches found wrong and is still so",
    action: "stats.read",
    answers: { 200: { says: "The oldest first.", form: forms.alerts } },
    answer: async ({ parts }) => ({ status: 200, body: { alerts: await parts.ledger.run(firingAlerts) } }),
  }),
  route({
    id: "listAudit",
    method: "GET",
    path: "/audit",
    summary: "What people and the engine decided, the newest first",
    action: "audit.read",
    query: forms.auditQuery,
    answers: { 200: { says: "A page.", form: forms.auditPage } },
    answer: async ({ parts, query }) => {
      const { subject = null, before, limit } = query
      const { records, next } = await parts.ledger.run(() =>
        auditPage(Number(before ?? 0), subject, Number(limit ?? 50)),
      )
      return { status: 200, body: { records, next: next === undefined ? undefined : String(next) } }
    },
  }),
  route({
    id: "verifyAudit",
    method: "GET",
    path: "/audit/verify",
    summary: "Is the chain of audit records unbroken?",
    action: "audit.read",
    answers: { 200: { says: "The verdict.", form: forms.verdict } },
    answer: async ({ parts }) => ({ status: 200, body: await parts.engine.verifyAudit() }),
  }),
  route({
    id: "pauseTarget",
    method: "POST",
    path: "/targets/{name}/pause",
    summary: "No effect reaches the target until then; waiting costs no attempt",
    action: "targets.pause",
    parameters: target,
    body: forms.pause,
    answers: done,
    answer: async ({ parts, path, body, person }) => {
      const until = new Date(body.until)
      if (Number.isNaN(until.getTime())) return problem("BAD_REQUEST", `${body.until} is no instant`)
      await parts.engine.pauseTarget(path.name, until, actorOf(person), body.reason)
      return { status: 200, body: { kind: "applied" } }
    },
  }),
  route({
    id: "resumeTarget",
    method: "POST",
    path: "/targets/{name}/resume",
    summary: "The target is called again at once",
    action: "targets.pause",
    parameters: target,
    body: forms.decide,
    answers: done,
    answer: async ({ parts, path, body, person }) => {
      await parts.engine.pauseTarget(path.name, null, actorOf(person), body.reason)
      return { status: 200, body: { kind: "applied" } }
    },
  }),
  route({
    id: "metrics",
    method: "GET",
    path: "/metrics",
    summary: "Figures for Prometheus, where the service has them",
    action: "metrics.read",
    answers: { 200: { says: "Text of Prometheus." } },
    answer: async ({ parts }) =>
      parts.metrics === undefined
        ? problem("NOT_FOUND", "This service has no metrics")
        : { status: 200, text: { type: "text/plain; version=0.0.4", content: await parts.metrics() } },
  }),
]

function actorOf({ subject, role }: Person): Actor {
  return { name: subject, role }
}
