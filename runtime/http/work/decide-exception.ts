// What a person wants done about an exception. Flows in: its number, the order, who and why. Flows out: applied, waiting for a second person, or a problem and nothing changed. Pages and
// programs come through here, so that one law holds for both.

import { exceptionNumbered } from "../../flow/ledger/exception-page.ts"
import { besideEvents } from "../../flow/ledger/exceptions.ts"
import { instantText } from "../../flow/ledger/operation.ts"
import { type QueuedException, takeCare } from "../../flow/ledger/queue.ts"
import { trace } from "../../flow/ledger/trace.ts"
import type { Actor, Decided, Decision } from "../../flow/port/engine.ts"
import { NotPossible, StoreFailed } from "../../flow/port/failures.ts"
import { may } from "../../flow/port/permissions.ts"
import type { Person } from "../auth/person.ts"
import { isProblem, type Problem, problem } from "../problem.ts"
import { type Change, changeRecord, namesIn } from "../record/change-record.ts"
import { touchesHidden } from "../record/labels.ts"
import type { ServiceParts } from "../service-parts.ts"
import { actionOf, servedFlow } from "./show-exception.ts"

export type Order =
  | { readonly kind: "acknowledge" }
  | { readonly kind: "assign"; readonly owner: string }
  | { readonly kind: "retry" | "skip" | "reissue" | "resolve" | "ignore" }
  /** Another payload, or some fields of it. */
  | { readonly kind: "edit"; readonly payload: unknown }
  | { readonly kind: "edit"; readonly changes: readonly Change[] }
  | {
      readonly kind: "settle"
      readonly effect: string
      readonly outcome: { readonly kind: "done"; readonly receipt: unknown } | { readonly kind: "not-done" }
    }

export async function decideException(
  parts: ServiceParts,
  number: number,
  order: Order,
  person: Person,
  reason: string,
): Promise<Decided | Problem> {
  if (!may(person.role, actionOf[order.kind]))
    return problem("FORBIDDEN", `${order.kind} is not for ${person.role}`)
  const exception = await parts.ledger.run(() => exceptionNumbered(number))
  if (exception === undefined) return problem("NOT_FOUND", `There is no exception ${number}`)
  const by: Actor = { name: person.subject, role: person.role }
  try {
    if (order.kind === "acknowledge" || order.kind === "assign") {
      const now = instantText(parts.world.now())
      await parts.ledger.run(() => takeCare(number, order, by, reason, now))
      return { kind: "applied" }
    }
    const decision = await decisionOf(parts, exception, order, person)
    if (isProblem(decision)) return decision
    // A reissue may be of what is closed and done; everything else is about this exception while it is open.
    const about = order.kind === "reissue" && exception.closedAt !== undefined ? {} : { exception: number }
    return await parts.engine.decide(exception.event, decision, by, reason, about)
  } catch (error) {
    if (error instanceof NotPossible) return problem("CONFLICT", error.message)
    if (error instanceof StoreFailed)
      return problem("STORE_FAILED", "Nothing was decided; try again", { retryAfterSeconds: 30 })
    throw error
  }
}

async function decisionOf(
  parts: ServiceParts,
  exception: QueuedException,
  order: Exclude<Order, { kind: "acknowledge" | "assign" }>,
  person: Person,
): Promise<Decision | Problem> {
  switch (order.kind) {
    case "retry":
    case "skip":
    case "reissue":
      return { kind: order.kind }
    case "resolve":
    case "ignore":
      return exception.code === besideEvents
        ? { kind: "dismiss", code: exception.code, as: order.kind === "resolve" ? "resolved" : "ignored" }
        : problem("CONFLICT", `${exception.code} stops an event; decide about the event`)
    case "settle":
      return { kind: "settle", effect: order.effect, outcome: order.outcome }
    case "edit": {
      const payload = await editedPayload(parts, exception, order, person)
      return isProblem(payload) ? payload : { kind: "edit", payload: payload.payload }
    }
  }
}

async function editedPayload(
  parts: ServiceParts,
  exception: QueuedException,
  order: Order & { kind: "edit" },
  { role }: Person,
): Promise<{ readonly kind: "payload"; readonly payload: unknown } | Problem> {
  const served = servedFlow(parts, exception)
  const hides = (pointer: string) => touchesHidden(namesIn(pointer) ?? [], served?.labels, role)
  let payload: unknown
  if ("payload" in order) {
    // Who does not see a field would write its mask.
    if (hides(""))
      return problem(
        "FORBIDDEN",
        `The record holds what ${role} may not see; change single fields instead of all of it`,
      )
    payload = order.payload
  } else {
    const hidden = order.changes.find(({ pointer }) => hides(pointer))
    if (hidden !== undefined)
      return problem("FORBIDDEN", `${hidden.pointer} is not for ${role} to see, and so not to change`)
    const event = (await parts.ledger.run(() => trace(exception.event))).find(
      ({ id }) => id === exception.event,
    )
    const changed = changeRecord(event?.payload, order.changes)
    if (changed.kind === "nowhere")
      return problem("BAD_REQUEST", `There is no place ${changed.pointer} in the record`)
    payload = changed.record
  }
  const issues = served?.validate?.(payload) ?? []
  return issues.length === 0
    ? { kind: "payload", payload }
    : problem("REFUSED", `The edited record breaks its contract at ${placesOf(issues)}`, { issues })
}

function placesOf(issues: readonly { readonly pointer: string }[]): string {
  return [...new Set(issues.map(({ pointer }) => (pointer === "" ? "its root" : pointer)))].join(", ")
}
