export { type InterpretInput, type InterpretReference, interpret, interpreter } from "./interpret.ts"
export type { Trace, TraceEvent } from "./scope.ts"
export { payloadValidator, validatePayload } from "./validate-payload.ts"
export { BrokenPlan } from "./value.ts"
