// Flows: what starts them, their steps, and what becomes of an event that stops.
import type { Docs, Name, Path, Span } from "./common.ts"
import type { Expression, TextLiteral } from "./expressions.ts"
import type { AllowClause } from "./policies.ts"
import type { ControlStatement, LetStatement } from "./statements.ts"
import type { NamedTypeNode } from "./types.ts"

/** `flow QuoteToOrder version 1.0.0 on opp: Opportunity changed … { … }`. */
export interface FlowDeclaration {
  readonly kind: "flow"
  readonly docs: Docs
  readonly name: Name
  readonly version: { readonly text: string; readonly span: Span } | null
  readonly owner: TextLiteral | null
  readonly trigger: FlowTrigger | null
  readonly when: FlowWhen | null
  readonly lane: FlowLane | null
  readonly allows?: readonly AllowClause[]
  readonly statements: readonly FlowStatement[]
  /** From the first word to before the body. */
  readonly headerSpan: Span
  readonly span: Span
}

export type FlowTrigger =
  /** `on opp: Opportunity changed in (StageName, Amount) not by us`; without `changed`: a published event. */
  | {
      readonly kind: "record"
      readonly name: Name
      readonly type: NamedTypeNode
      /** Null: an event. */
      readonly changed: { readonly fields: readonly Name[] | null; readonly notByUs: Span | null } | null
      readonly span: Span
    }
  /** `on manual`, `on manual request: Request`. */
  | {
      readonly kind: "manual"
      readonly name: Name | null
      readonly type: NamedTypeNode | null
      readonly span: Span
    }
  /** `on call request: Request answers Reply`. */
  | {
      readonly kind: "call"
      readonly name: Name
      readonly type: NamedTypeNode
      readonly answers: NamedTypeNode | null
      readonly span: Span
    }
  /** `every day at 02:00 in "Europe/Berlin" as night misfire latest`. */
  | {
      readonly kind: "schedule"
      readonly every: FlowEvery
      readonly zone: TextLiteral
      readonly name: Name | null
      readonly misfire: Name | null
      readonly span: Span
    }

export type FlowEvery =
  | { readonly kind: "time"; readonly unit: "day"; readonly at: TimeOfDay }
  /** `every week on Monday at 06:00`. */
  | { readonly kind: "week"; readonly day: Name; readonly at: TimeOfDay }
  /** `every month on last day at 06:00`, `every month on day 5 at 06:00`. */
  | {
      readonly kind: "month"
      readonly day: { readonly text: string; readonly span: Span } | null
      readonly at: TimeOfDay
    }
  /** `every 15min`. */
  | { readonly kind: "interval"; readonly length: { readonly text: string; readonly span: Span } }
  /** `every cron "0 2 * * 1-5"`. */
  | { readonly kind: "cron"; readonly text: TextLiteral }
export interface TimeOfDay { readonly text: string; readonly span: Span }

/** `when opp.StageName becomes "Closed Won" and opp.Amount > 0`: all of them. */
export interface FlowWhen { readonly conditions: readonly FlowCondition[]; readonly span: Span }
export interface FlowCondition {
  readonly operand: Expression
  /** Null: `operand` is a condition. */
  readonly becomes: Expression | null
  readonly span: Span
}

/** `lane opp.AccountId newest by opp.SystemModstamp`. */
export interface FlowLane { readonly key: Expression; readonly newest: Expression | null; readonly span: Span }

export type FlowStatement =
  | FlowStep
  | FlowRoute
  | FlowSlo
  | LetStatement
  | ControlStatement
  | FlowGroup
  | { readonly kind: "errorStatement"; readonly span: Span }

/** One step: `accepted = send OrderToNetSuite(order) to NetSuite.SalesOrder upsert …`. */
export interface FlowStep {
  readonly kind: "step"
  readonly docs: Docs
  /** Null: what it gives has no name. */
  readonly name: Name | null
  readonly work: FlowWork
  readonly clauses: readonly FlowClause[]
  readonly span: Span
}

/** `what` is a call of a map or the name of a step. */
export type FlowWork =
  | {
      readonly kind: "read"
      readonly from: Path
      /** `by EXPR`: by its key. */
      readonly by: Expression | null
      /** `where a == EXPR and b == EXPR`: all that fit. */
      readonly where: readonly FlowFilter[]
      readonly span: Span
    }
  | { readonly kind: "make"; readonly what: Expression; readonly span: Span }
  | {
      readonly kind: "send"
      readonly what: Expression
      readonly to: Path
      readonly verb: Name
      readonly span: Span
    }
  | {
      readonly kind: "ensure"
      readonly what: Expression
      readonly in: Path
      readonly by: Name | null
      readonly span: Span
    }
  | {
      readonly kind: "load"
      readonly what: Expression
      readonly to: Path
      /** `replace over a, b` or `add`. */
      readonly mode: Name
      readonly over: readonly Name[]
      readonly span: Span
    }
  | { readonly kind: "reconcile"; readonly load: Name; readonly span: Span }
  | { readonly kind: "publish"; readonly what: Expression; readonly span: Span }
  | { readonly kind: "answer"; readonly what: Expression; readonly span: Span }
export interface FlowFilter { readonly field: Name; readonly value: Expression; readonly span: Span }

export type FlowClause =
  /** `after written, loaded`. */
  | { readonly kind: "after"; readonly steps: readonly Name[]; readonly span: Span }
  /** `retry 6 times backoff 2s to 5min`. */
  | {
      readonly kind: "retry"
      readonly times: string
      readonly backoff: { readonly from: string; readonly to: string } | null
      readonly span: Span
    }
  | { readonly kind: "timeout"; readonly after: string; readonly span: Span }
  /** `limit 5 per second`. */
  | { readonly kind: "limit"; readonly count: string; readonly per: Name; readonly span: Span }
  | { readonly kind: "refused"; readonly arms: readonly FlowRefusal[]; readonly span: Span }
  /** `in doubt hold UNSURE`: nobody knows whether it was done. */
  | { readonly kind: "doubt"; readonly exit: FlowExit; readonly span: Span }
  /** `compensate with Cancel(order)`. */
  | { readonly kind: "compensate"; readonly what: Expression; readonly span: Span }
  | { readonly kind: "else"; readonly exit: FlowExit; readonly span: Span }
/** `"INVALID_KEY" -> hold BAD_REFERENCE`; without codes: `otherwise`. */
export interface FlowRefusal {
  readonly codes: readonly TextLiteral[] | null
  readonly exit: FlowExit
  readonly span: Span
}

/** `hold CODE "…"`, `reject CODE "…"`, `dead letter`. */
export interface FlowExit {
  readonly verb: "hold" | "reject" | "dead letter"
  readonly code: Name | null
  readonly message: TextLiteral | null
  readonly span: Span
}

/** `when C { … }`, `for each line in order.lines { … }`. */
export interface FlowGroup {
  readonly kind: "group"
  readonly when: Expression | null
  readonly each: { readonly name: Name; readonly of: Path } | null
  readonly statements: readonly FlowStatement[]
  readonly span: Span
}

/** `on hold A, B queue "order-desk" assign "Master Data" lane block`. */
export interface FlowRoute {
  readonly kind: "route"
  readonly on: "hold" | "reject" | "failure"
  readonly codes: readonly Name[]
  /** Null: dead letter. */
  readonly queue: TextLiteral | null
  readonly assign: TextLiteral | null
  readonly lane: Name | null
  readonly span: Span
}

/** `slo acceptance 99.5% within 15min from opp.SystemModstamp`. */
export interface FlowSlo {
  readonly kind: "slo"
  readonly name: Name
  readonly share: string
  readonly within: string
  readonly from: Expression | null
  readonly span: Span
}
