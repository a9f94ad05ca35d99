// What checking an expression gives: its Plan form, its type, and what is known about it. Flows in: nothing.
// Flows out: the vocabulary all of check/ speaks.
import type { Span } from "@fmap/grammar"
import type { PlanExpression } from "../plan/index.ts"
import type { Type } from "../types/type.ts"

/** A value that cannot change while it is looked at: a source, binder, let or target field, then members. */
export interface StablePath {
  /** Variable of the root, or the (negative) id of a target record under construction. */
  readonly root: number
  readonly rootName: string
  readonly path: readonly string[]
}

export interface Checked {
  readonly plan: PlanExpression
  /** Units are absolute here. */
  readonly type: Type
  /** May be missing. */
  readonly maybe: boolean
  /** Completes "fails when …"; null when it cannot fail. A failure is handled by `else` like a missing value, but no optional target absorbs it. */
  readonly failure: string | null
  readonly stable: StablePath | null
  /** What holds where this condition is true, and where it is false. Empty for values. */
  readonly facts: { readonly whenTrue: Facts; readonly whenFalse: Facts }
  readonly span: Span
}

/** Things proved at a point of the program. */
export interface Facts {
  /** Keys of stable paths known to be present. */
  readonly present: ReadonlySet<string>
  /** Pairs of stable paths of currency type known to be equal, or a path and a constant. */
  readonly equal: readonly (readonly [string, string])[]
}

export const noFacts: Facts = { present: new Set(), equal: [] }

export function bothFacts(a: Facts, b: Facts): Facts {
  if (a.present.size === 0 && a.equal.length === 0) return b
  if (b.present.size === 0 && b.equal.length === 0) return a
  return { present: new Set([...a.present, ...b.present]), equal: [...a.equal, ...b.equal] }
}

/** Identity of a stable path in fact sets. */
export function pathKey(root: number, path: readonly string[]): string {
  return JSON.stringify([root, ...path])
}
