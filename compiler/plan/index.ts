export type * from "./expression.ts"
export type * from "./plan.ts"
export type * from "./value-type.ts"
