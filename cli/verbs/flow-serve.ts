// `fmap flow serve`: API and console beside a process that works on the ledger, or alone to look and to decide. Flows in: requests. Flows out: answers, until it is interrupted. It reaches no system and
// works on no event.
import type { FlowOptions } from "../flow/open-flows.ts"
import { openHttp } from "../flow/open-http.ts"
import { withFlows } from "../flow/with-ledger.ts"
import { openServingParts } from "../observe/open-parts.ts"
import type { Voice } from "../observe/voice.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowServeOptions extends FlowOptions {
  readonly listen?: string
}

export async function flowServe(options: FlowServeOptions, terminal: Terminal): Promise<ExitCode> {
  let voice: Voice | undefined
  // What the store says later is said as everything else is.
  const comment = (text: string) =>
    voice === undefined ? terminal.comment(text) : voice.say(text.replace(/\n$/u, ""))
  return withFlows(options, { ...terminal, comment }, "decide", async running => {
    const looking = await openServingParts(running, terminal)
    if (looking.kind === "problems") return cannotStart(terminal, looking.problems)
    const { parts } = looking
    voice = parts.voice
    try {
      const engine = running.store.engineOf(running.flows, undefined, parts.observer)
      const server = await openHttp(running, engine, options.listen, parts)
      await new Promise<void>(resolve => {
        if (terminal.interrupted.aborted) resolve()
        terminal.interrupted.addEventListener("abort", () => resolve(), { once: true })
      })
      await server.stop()
      return exitCodes.interrupted
    } finally {
      await parts.close()
      voice = undefined
    }
  })
}
