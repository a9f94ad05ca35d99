// What a call is answered with: kept in the journal, where whoever called finds it.
import { madeOf } from "../call-map.ts"
import type { FlowRun } from "../flow-run.ts"
import type { AnswerStep } from "../flow-spec.ts"
import type { Scope } from "../scope.ts"

export const answerName = "flow: answer"

export async function answerStep(
  run: FlowRun,
  scope: Scope,
  name: string,
  { what }: AnswerStep,
): Promise<void> {
  const answer = madeOf(run, scope, name, what)
  await run.ctx.step(answerName, () => answer, { pure: true })
}
