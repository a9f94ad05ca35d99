// Keeps the tree shallow enough for every later phase to walk it by plain recursion. Flows in: the parse state.
// Flows out: a diagnostic where nesting goes too deep.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import { placeOf, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"

/** Constructs inside each other. */
export const nestingLimit = 100
/** Height of one statement's tree, chains of operators included. */
export const heightLimit = 1000

/** Enters a nested construct; the answer leaves it. */
export function nested($: Dsl): () => void {
  if ($.RECORDING_PHASE) return nothing
  const { state } = $
  const outer = state.height
  state.depth++
  state.height = state.depth
  if (state.depth > nestingLimit) refuse($, nestingLimit)
  return () => {
    state.depth--
    if (outer > state.height) state.height = outer
  }
}

/** The tree being built becomes one level higher: `a + b + c …`, `a.b.c …`. */
export function grow($: Dsl): void {
  if ($.RECORDING_PHASE) return
  if (++$.state.height > heightLimit) refuse($, heightLimit)
}

function refuse($: Dsl, limit: number): never {
  return stop(
    diagnostic("FM1109", { limit }, placeOf($, $.LA(1)), {
      label: "one level too many",
      help: 'Name a part of it with "let".',
    }),
  )
}
const nothing = () => {}
