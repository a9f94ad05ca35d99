// An event that stops for good takes back what it did. Flows in: a run. Flows out: what was done is known again as far as the journal goes; compensations
// done, the last one first, each once.
import { BusinessException, type Route } from "../port/failures.ts"
import type { Ctx } from "../port/flow.ts"
import type { FlowRun } from "./flow-run.ts"
import type { Scope } from "./scope.ts"
import { Skipped } from "./skipped.ts"
import { walkSteps } from "./walk-steps.ts"

/** Its step in the journal says that the flow stops for good, and why. */
export const stoppingName = "flow: stopping"

export interface Stopping {
  readonly code: string
  readonly message: string
  readonly detail: unknown
  readonly route: Route
}

export async function takeBack({ undo }: FlowRun): Promise<void> {
  for (const one of undo.toReversed()) await one()
}

/** Walks what was done before, without doing anything: `undo` is filled. */
export async function recall(run: FlowRun, scope: Scope): Promise<void> {
  try {
    await walkSteps({ ...run, ctx: onlyKept(run.ctx), limits: { wait: async () => undefined } }, scope)
  } catch (error) {
    // It stopped there before, too.
    if (
      !(error instanceof EndOfJournal) &&
      !(error instanceof BusinessException) &&
      !(error instanceof Skipped)
    )
      throw error
  }
}

class EndOfJournal extends Error {
  override readonly name = "EndOfJournal"
}

function onlyKept(ctx: Ctx): Ctx {
  return {
    ...ctx,
    async step<T>(name: string) {
      const kept = await ctx.kept<T>(name)
      if (kept === undefined) throw new EndOfJournal()
      return kept.result
    },
    async effect<T>({ name }: { readonly name: string }) {
      const kept = await ctx.receipt<T>(name)
      if (kept === undefined) throw new EndOfJournal()
      return kept.receipt
    },
    raise(exception): never {
      throw exception
    },
  }
}

/** Rejected, or a dead letter by the flow's own word: it is not tried again as it is. */
export function stopsForGood(error: unknown): error is BusinessException & { readonly route: Route } {
  return (
    error instanceof BusinessException &&
    error.route !== undefined &&
    (error.route.kind === "reject" || (error.route.kind === "failure" && error.route.queue === null))
  )
}

export function stoppingOf({
  code,
  message,
  detail,
  route,
}: BusinessException & { readonly route: Route }): Stopping {
  return { code, message, detail, route }
}

export function exceptionOf({ code, message, detail, route }: Stopping): BusinessException {
  return new BusinessException(code, message, detail, route)
}
