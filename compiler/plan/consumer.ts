// Who reads what, in the Plan. Flows in: nothing. Flows out: types. Whom a change reaches is not known here.
import type { At } from "./expression.ts"
import type { ShapeId } from "./value-type.ts"

export interface PlanConsumer {
  /** Unique in a Plan. */
  readonly name: string
  /** Index into Plan.files. */
  readonly file: number
  readonly docs: string
  readonly owner: string | null
  readonly contact: string | null
  readonly reads: readonly PlanConsumed[]
  readonly at: At
}

export interface PlanConsumed {
  /** Records of a contract, whoever makes them; or only those that one map makes. */
  readonly of:
    | { readonly kind: "contract"; readonly shape: ShapeId }
    | { readonly kind: "map"; readonly map: string }
  /** Names on the way to each field, without lists and dictionaries; null: all of it. */
  readonly fields: readonly (readonly string[])[] | null
  readonly at: At
}
