// Answers a question of a flow. Flows in: the question and the binders. Flows out: its value, undefined where it is missing; a question that holds or
// rejects stops the event with its own code.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { NotPossible } from "../port/failures.ts"
import type { FlowRun } from "./flow-run.ts"
import type { Question } from "./flow-spec.ts"
import { type Scope, valueAt, valuesOf } from "./scope.ts"
import { Skipped } from "./skipped.ts"
import { stoppedByMap } from "./stop.ts"

export function askQuestion(run: FlowRun, scope: Scope, step: string, { map, reads }: Question): unknown {
  const answer = run.ask(map, valuesOf(scope, reads), run.filled)
  if (answer.kind === "done") return valueAt(answer.value, ["value"])
  if (answer.kind === "skipped") throw new Skipped(answer.issues)
  throw stoppedByMap(run, step, map, answer)
}

/** What is missing is not so. */
export function askBool(run: FlowRun, scope: Scope, step: string, question: Question): boolean {
  return askQuestion(run, scope, step, question) === true
}

export function askText(run: FlowRun, scope: Scope, step: string, question: Question): string | undefined {
  const value = askQuestion(run, scope, step, question)
  return value === undefined ? undefined : textOf(value)
}

/** A value that stands for itself, as text: with all its digits. */
export function textOf(value: unknown): string {
  if (typeof value !== "object" || isExactNumber(value)) return String(value)
  throw new NotPossible("FM8510", "A text was asked for, and a record or a list answers")
}
