// The queue of exceptions as people see it, and how they take care of it without deciding. Flows in: the ledger. Flows out: exceptions with their events; who owns one.
import { parseExact } from "../../formats/json/parse-exact.ts"
import type { Actor } from "../port/engine.ts"
import { NotPossible } from "../port/failures.ts"
import { audit } from "./audit.ts"
import { countOf, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { shownText, shownWords } from "./sealed.ts"
import { sql } from "./statement.ts"

export type ExceptionState = "open" | "acknowledged" | "resolved" | "ignored"

export interface QueuedException {
  readonly number: number
  readonly event: string
  readonly flow: string
  readonly version: string
  readonly source: string
  readonly sourceId: string
  readonly correlationId: string
  readonly lane: string
  /** What became of the event. */
  readonly eventState: string
  /** Events behind it in its lane that wait. */
  readonly waiting: number
  readonly code: string
  readonly message: string
  readonly detail: unknown
  readonly state: ExceptionState
  readonly kind: string | undefined
  /** Undefined: a dead letter, or no route says. */
  readonly queue: string | undefined
  readonly owner: string | undefined
  readonly openedAt: string
  readonly closedAt: string | undefined
  /** Of the event, where it has one: decimal text. */
  readonly amount: string | undefined
  readonly currency: string | undefined
}

/** Oldest first. `closed`: those that are closed, too. */
export function* queuedExceptions(closed: boolean): Operation<readonly QueuedException[]> {
  const rows = closed
    ? yield sql`SELECT exception.*, inbox.flow, inbox.flow_version, inbox.source, inbox.source_id, inbox.correlation_id, inbox.lane AS event_lane,
        inbox.state AS event_state, inbox.lane_seq, inbox.amount, inbox.currency FROM exception JOIN inbox ON inbox.id = exception.event ORDER BY exception.seq`
    : yield sql`SELECT exception.*, inbox.flow, inbox.flow_version, inbox.source, inbox.source_id, inbox.correlation_id, inbox.lane AS event_lane,
        inbox.state AS event_state, inbox.lane_seq, inbox.amount, inbox.currency FROM exception JOIN inbox ON inbox.id = exception.event WHERE exception.closed_at IS NULL
        ORDER BY exception.seq`
  const found: QueuedException[] = []
  for (const row of rows) found.push(exceptionOf(row, yield* waitingBehind(row)))
  return found
}

/** Events behind one that is blocked; `row`: as the queries of exceptions give it. */
export function* waitingBehind(row: Row): Operation<number> {
  if (textOf(row, "event_state") !== "blocked") return 0
  const [count] =
    yield sql`SELECT count(*) AS n FROM inbox WHERE flow = ${textOf(row, "flow")} AND lane = ${textOf(row, "event_lane")}
    AND state = 'open' AND lane_seq > ${countOf(row, "lane_seq")}`
  return count === undefined ? 0 : countOf(count, "n")
}

export function exceptionOf(row: Row, waiting: number): QueuedException {
  const detail = parseExact(shownText(textOf(row, "detail")))
  if ("refused" in detail) throw new TypeError("The ledger has an exception that is no JSON")
  return {
    number: countOf(row, "seq"),
    event: textOf(row, "event"),
    flow: textOf(row, "flow"),
    version: textOf(row, "flow_version"),
    source: textOf(row, "source"),
    sourceId: textOf(row, "source_id"),
    correlationId: textOf(row, "correlation_id"),
    lane: textOf(row, "event_lane"),
    eventState: textOf(row, "event_state"),
    waiting,
    code: textOf(row, "code"),
    message: shownWords(textOf(row, "message")),
    detail: detail.ok,
    state: textOf(row, "state") as ExceptionState,
    kind: textOrNone(row, "kind"),
    queue: textOrNone(row, "queue"),
    owner: textOrNone(row, "owner"),
    openedAt: textOf(row, "opened_at"),
    closedAt: textOrNone(row, "closed_at"),
    amount: textOrNone(row, "amount"),
    currency: textOrNone(row, "currency"),
  }
}

export type Care =
  /** Somebody looks at it. */
  | { readonly kind: "acknowledge" }
  /** It is that one's work. */
  | { readonly kind: "assign"; readonly owner: string }

/** Audited; the event stays as it is. */
export function* takeCare(
  number: number,
  care: Care,
  by: Actor,
  reason: string,
  now: string,
): Operation<void> {
  const owner = care.kind === "assign" ? care.owner : by.name
  const [row] =
    care.kind === "assign"
      ? yield sql`UPDATE exception SET owner = ${owner} WHERE seq = ${number} AND closed_at IS NULL RETURNING event, code`
      : yield sql`UPDATE exception SET owner = ${owner}, state = 'acknowledged' WHERE seq = ${number} AND closed_at IS NULL RETURNING event, code`
  if (row === undefined) throw new NotPossible("FM8601", `There is no open exception ${number}`)
  const detail = { exception: number, code: textOf(row, "code"), owner, role: by.role, reason }
  yield* audit({ at: now, actor: by.name, action: care.kind, subject: textOf(row, "event"), detail })
}
