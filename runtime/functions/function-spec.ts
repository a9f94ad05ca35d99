// What a built-in function says of itself: plain data for the checker, the reference, hovers and the test that runs every
// example. Flows nowhere near a payload: `spec.ts` files stay out of the core, `run.ts` files are what ships.

/**
 * `number`: any exact number. `same`: the type of the first parameter, with its unit and scale. `list of text`: a present list.
 * `pattern`: a constant `re"…"`.
 * Inside, int is a bigint, number a bigint × 10^scale, dates are canonical text.
 */
export type FunctionType = "text" | "int" | "number" | "bool" | "date" | "same" | "list of text" | "pattern"

export interface FunctionParameter {
  readonly name: string
  readonly type: FunctionType
  /** One sentence: meaning, unit, what is special. */
  readonly docs: string
}

/** `call` in the language's own writing, `gives` likewise, `missing` where the call gives no value. */
export interface FunctionExample {
  readonly call: string
  readonly gives: string
}

/** A function without docs, or with fewer than two examples, does not compile. */
export interface FunctionSpec {
  readonly name: string
  readonly summary: string
  readonly params: readonly [FunctionParameter, ...FunctionParameter[]]
  readonly returns: FunctionType
  /** When it gives no value, as a clause after "missing when"; null: never. A fallible call needs an `else`. */
  readonly fallible: string | null
  readonly examples: readonly [FunctionExample, FunctionExample, ...FunctionExample[]]
}
