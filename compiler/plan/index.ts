export type { Child, Role } from "./children.ts"
export type * from "./expression.ts"
export type * from "./plan.ts"
export type * from "./value-type.ts"
