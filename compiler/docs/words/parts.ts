// Parts of the Plan by name, for those who put them into words. Flows in: the types of the Plan. Flows out: the same types, shorter.
import type { PlanExpression as Expression } from "../../plan/index.ts"

export type PlanExpression = Expression
export type ExpressionOf<K extends Expression["kind"]> = Extract<Expression, { readonly kind: K }>
export type PlanTextHole = Exclude<ExpressionOf<"interpolation">["parts"][number], string>
