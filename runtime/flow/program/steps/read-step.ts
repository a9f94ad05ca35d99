// Reads records of a system. Flows in: what fields must equal. Flows out: one record, all of them, or the exit for none. What was read is in the journal: another
// attempt sees the same.
import type { Connector } from "../../../connectors/port/connector.ts"
import { askQuestion } from "../ask-question.ts"
import { connectorOf } from "../connector-of.ts"
import type { FlowRun } from "../flow-run.ts"
import type { ReadStep } from "../flow-spec.ts"
import type { Scope } from "../scope.ts"
import { exception } from "../stop.ts"
import { boundTo, targetOf } from "../target-of.ts"

export async function readStep(run: FlowRun, scope: Scope, name: string, step: ReadStep): Promise<unknown> {
  const { from, many } = step
  const where = step.by.map(({ field, value }) => ({ field, value: askQuestion(run, scope, name, value) }))
  const found = await run.ctx.step(
    name,
    async () => {
      // What is missing equals nothing.
      const missing = where.some(({ value }) => value === undefined)
      const records = missing ? [] : await readAll(run, connectorOf(run, from.system), step, where)
      // What stops the event is not kept: it may be there at the next try.
      refuse(run, scope, name, step, records.length)
      return records
    },
    { target: targetOf(run, from.system), ...boundTo(run, from), asked: { object: from.object, where } },
  )
  return many ? found : found[0]
}

function refuse(run: FlowRun, scope: Scope, name: string, step: ReadStep, count: number): void {
  const { from, by, many, otherwise } = step
  // Names alone: what was asked for may be personal.
  const detail = { step: name, issues: [], figures: { by: by.map(({ field }) => field) } }
  if (many) return
  if (count > 1) {
    const message = `${from.system} has more than one ${from.contract} that fits`
    const exit = { verb: "hold", code: "MORE_THAN_ONE", message: null } as const
    throw exception(run, scope, exit, { code: "MORE_THAN_ONE", message }, detail)
  }
  if (count === 0 && otherwise !== null) {
    const message = `${from.system} has no ${from.contract} that fits`
    throw exception(run, scope, otherwise, { code: "NOT_FOUND", message }, detail)
  }
}

async function readAll(
  { facts, ctx }: FlowRun,
  connector: Connector,
  { from, many }: ReadStep,
  where: readonly { readonly field: string; readonly value: unknown }[],
): Promise<readonly unknown[]> {
  const { key, fields } = facts(from)
  const found: unknown[] = []
  for await (const page of connector.read(
    { object: from.object, key: key ?? "id", fields, where },
    ctx.signal,
  )) {
    found.push(...page)
    if (!many && found.length > 1) break
  }
  return found
}
