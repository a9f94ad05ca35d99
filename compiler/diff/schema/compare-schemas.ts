// Two JSON Schemas as findings. Flows in: documents, the mode that must go on working, how strictly they are read, and something that
// validates payloads. Flows out: findings with their severity, each breaking one with a payload that proves it wherever one was found, and
// whether the new schema is compatible. Sound: never compatible while there is a payload against it.
import type { ChangeFinding, CompatibilityMode } from "../finding.ts"
import type { Effort } from "./claims.ts"
import { compareShapes } from "./compare-shapes.ts"
import { holds } from "./facts.ts"
import { canonicalText } from "./json-values.ts"
import { createProver } from "./prove.ts"
import type { SchemaDocument } from "./schema-document.ts"
import { createSession, type Reading, soundReading } from "./session.ts"
import type { Breaks, ShapeChange } from "./shape-change.ts"
import { shapeFinding } from "./shape-finding.ts"
import { judgedSide, type ValidatorOf, withWitness } from "./witness/with-witness.ts"

export type ShapePolicy = "sound" | "confluent" | "apicurio"

export interface SchemaQuestion {
  /** What the findings are about: the contract's or the file's name. */
  readonly subject: string
  readonly mode: CompatibilityMode
  readonly policy: ShapePolicy
  readonly effort?: Effort
  /** Without one, findings have no payloads. */
  readonly validatorOf?: ValidatorOf
}

export interface SchemaComparison {
  readonly findings: readonly ChangeFinding[]
  /** Whether each direction is proved, whatever the mode asks. */
  readonly compatible: Breaks
}

/**
 * What each takes for granted. Confluent's registry: several branches of `oneOf` may fit, formats are notes, readers fill defaults in, another pattern
 * breaks whatever it lets through, and some keywords are not looked at. Apicurio's: only the first.
 */
export const readings: Readonly<Record<ShapePolicy, Reading>> = {
  sound: soundReading,
  confluent: {
    exclusive: false,
    formats: false,
    fillsDefaults: true,
    patterns: false,
    everyKeyword: false,
  },
  apicurio: { ...soundReading, exclusive: false },
}

export function compareSchemas(
  old: SchemaDocument,
  now: SchemaDocument,
  question: SchemaQuestion,
): SchemaComparison {
  const session = createSession(readings[question.policy], question.effort)
  const prover = createProver(session)
  // a schema is itself, whatever can be proved of it
  const isSame = old.legacy === now.legacy && canonicalText(old.root) === canonicalText(now.root)
  const whole = (one: SchemaDocument) => [holds(session.node(one.root, one))]
  const [was, is] = [whole(old), whole(isSame ? old : now)]
  const { changes, proved } = compareShapes(was, is, prover)
  const before = judgedSide(was, old, question.validatorOf)
  const after = judgedSide(is, now, question.validatorOf)
  const witnessed = (change: ShapeChange): ShapeChange => {
    const tried =
      question.mode === "forward" ? change : withWitness(change, "backward", before, after, session)
    return tried.witness !== undefined || question.mode === "backward"
      ? tried
      : withWitness(change, "forward", after, before, session)
  }
  return {
    findings: changes.map(change => shapeFinding(witnessed(change), question)),
    compatible: proved,
  }
}
