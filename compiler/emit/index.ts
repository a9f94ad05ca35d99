// The emitters by name. Each sees only the Plan.
export type { EmittedFile, Emitter } from "./emitter.ts"
export { type TypescriptOptions, typescriptEmitter } from "./typescript/index.ts"
