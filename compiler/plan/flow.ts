// Flows in the Plan: what runs, as the runtime walks it, and what people are shown beside. Flows in: nothing. Flows out: types.
import type { FlowSpec } from "@fmap/runtime/flow"
import type { At } from "./expression.ts"
import type { PlanCode } from "./plan.ts"
import type { PlanAllow } from "./policy.ts"

/** Its questions are maps of `Plan.questions`. */
export interface PlanFlow extends FlowSpec {
  /** Index into Plan.files. */
  readonly file: number
  readonly docs: string
  readonly allows?: readonly PlanAllow[]
  /** Every code an event can be held or rejected with, sorted by code. */
  readonly codes: readonly PlanCode[]
  /** Where each step stands, by its name. */
  readonly places: readonly { readonly step: string; readonly at: At }[]
  readonly at: At
}
