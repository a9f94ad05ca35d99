// `fmap flow exceptions ack|assign ID`: somebody looks at it, or it is somebody's work. Flows in: the exception and who. Flows out: one line; audited. The event stays as it is.
import { type Care, takeCare } from "@fmap/runtime/flow"
import { type ActorOptions, actorOf } from "../flow/actor.ts"
import { withAlike } from "../flow/alike.ts"
import { findException } from "../flow/find-exception.ts"
import { mayNot } from "../flow/may-not.ts"
import type { FlowOptions } from "../flow/open-flows.ts"
import { withLedger } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface CareOptions extends FlowOptions, ActorOptions {
  readonly reason?: string
  /** All open ones of its cause, too. */
  readonly alike?: boolean
}

export async function flowExceptionsCare(
  word: string,
  care: Care,
  options: CareOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const by = actorOf(options, terminal)
  const refusal = mayNot(by, "exceptions.care")
  if (refusal !== undefined) return cannotStart(terminal, [refusal])
  return withLedger(options, terminal, async ({ store, world }) => {
    const named = await findException(word, store.ledger)
    if (named.kind === "problem") return cannotStart(terminal, [named.problem])
    const now = new Date(world.now()).toISOString()
    const told = care.kind === "assign" ? `assigned to ${care.owner}` : `acknowledged by ${by.name}`
    for (const { number, code } of await withAlike(named.exception, options.alike === true, store.ledger)) {
      await store.ledger.run(() => takeCare(number, care, by, options.reason ?? "", now))
      await terminal.out(`${safeLine(`#${number} ${code}: ${told}`)}\n`)
    }
    return exitCodes.fine
  })
}
