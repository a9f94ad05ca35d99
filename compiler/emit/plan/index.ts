export { type PlanOptions, planEmitter, planOptions, writePlan } from "./plan-emitter.ts"
export { planJsonSchema, planSchema } from "./plan-schema.ts"
export { type PlanReading, readPlan } from "./read-plan.ts"
