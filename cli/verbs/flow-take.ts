// `fmap flow take NAME`: what was there at the first start of a flow makes its events after all. Flows in: the flow, who wants it and why. Flows out: one line with how many records; audited.
// It may be said beside a process that works on the ledger.
import { takeAgain } from "@fmap/runtime/flow"
import { type ActorOptions, actorOf } from "../flow/actor.ts"
import type { FlowOptions } from "../flow/open-flows.ts"
import { noSuchFlow } from "../flow/plan-flows.ts"
import { withLedger } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowTakeOptions extends FlowOptions, ActorOptions {
  readonly reason: string
}

export async function flowTake(
  name: string,
  options: FlowTakeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withLedger(options, terminal, async ({ store, world, project: { specs } }) => {
    const spec = specs.find(one => one.name === name)
    if (spec === undefined) return cannotStart(terminal, [problem("FM8108", noSuchFlow(name, specs))])
    if (spec.trigger.kind !== "changed")
      return cannotStart(terminal, [
        problem("FM8607", `Flow ${name} does not begin with changes of a system.`),
      ])
    const { system, object } = spec.trigger.from
    const now = new Date(world.now()).toISOString()
    const records = await store.ledger.run(() =>
      takeAgain({ flow: name, system, object }, actorOf(options, terminal), options.reason, now),
    )
    await terminal.out(
      `${safeLine(`${name}: ${records} record${records === 1 ? "" : "s"} of ${system} make${records === 1 ? "s" : ""} an event at the next look, where the flow wants ${records === 1 ? "it" : "them"}`)}\n`,
    )
    return exitCodes.fine
  })
}
