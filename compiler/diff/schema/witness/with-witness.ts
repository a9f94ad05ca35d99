// Changes with the payloads that prove them. Flows in: changes, both sides, and what validates payloads of each. Flows out: the same
// changes; those that break somebody have a payload, or say that none was found and why they count all the same.
import type { Literal } from "../facts.ts"
import type { SchemaDocument } from "../schema-document.ts"
import type { Session } from "../session.ts"
import type { ShapeChange } from "../shape-change.ts"
import { type Accepts, findWitness } from "./find-witness.ts"

/** The port behind which a validator of JSON Schema stands. Null: it cannot read the schema. */
export type ValidatorOf = (document: SchemaDocument) => Accepts | null

export interface JudgedSide {
  readonly literals: readonly Literal[]
  /** Asked for when the first payload is judged: most comparisons need none. */
  readonly accepts: () => Accepts | null
}

export function judgedSide(
  literals: readonly Literal[],
  document: SchemaDocument,
  validatorOf: ValidatorOf | undefined,
): JudgedSide {
  let accepts: Accepts | null | undefined
  return {
    literals,
    accepts: () => {
      if (accepts === undefined) accepts = validatorOf?.(document) ?? null
      return accepts
    },
  }
}

/** `direction`: whose payloads are looked for. */
export function withWitness(
  change: ShapeChange,
  direction: "backward" | "forward",
  given: JudgedSide,
  against: JudgedSide,
  session: Session,
): ShapeChange {
  if (!change.breaks[direction]) return change
  const [accepts, stillAccepts] = [given.accepts(), against.accepts()]
  if (accepts === null || stillAccepts === null) return change
  const sides = { given: given.literals, accepts, against: against.literals, stillAccepts }
  const found = findWitness(change, sides, session)
  if (found === null) return change
  return {
    ...change,
    witness: { payload: found.payload, validFor: direction === "backward" ? "old" : "new" },
  }
}
