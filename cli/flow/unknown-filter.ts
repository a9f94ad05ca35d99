// A queue or a flow that nobody has is a slip of the pen, and no empty list. Flows in: what was asked for, the flows of the project, the exceptions of the ledger. Flows out: a sentence.
import type { FlowSpec, QueuedException } from "@fmap/runtime/flow"
import { type Problem, problem } from "../terminal/problem.ts"
import { noSuch } from "./no-such.ts"

export interface WantedExceptions {
  readonly flow?: string
  readonly queue?: string
}

export function unknownFilter(
  { flow, queue }: WantedExceptions,
  specs: readonly FlowSpec[],
  exceptions: readonly Pick<QueuedException, "flow" | "queue">[],
): Problem | undefined {
  // What a flow that is gone left behind has a name still.
  const flows = [...specs.map(({ name }) => name), ...exceptions.map(one => one.flow)]
  const queues = [
    ...specs.flatMap(({ routes }) => routes.flatMap(({ to }) => (to.kind === "queue" ? [to.queue] : []))),
    ...exceptions.flatMap(one => one.queue ?? []),
  ]
  return unknown("flow", flow, flows) ?? unknown("queue", queue, queues)
}

function unknown(what: string, wanted: string | undefined, known: readonly string[]): Problem | undefined {
  return wanted === undefined || known.includes(wanted)
    ? undefined
    : problem("FM8108", noSuch(what, wanted, known))
}
