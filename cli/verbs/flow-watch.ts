// `fmap flow watch`: one look at what ought to have happened. Flows in: the store, the flows, the section `watch`. Flows out: what each watch found, on standard output; exit code 1 when
// something is wrong. It tells nobody else, and may be asked beside a process that works on the ledger.
import { writeJson } from "@fmap/runtime"
import type { FlowOptions } from "../flow/open-flows.ts"
import { withLedger } from "../flow/with-ledger.ts"
import { longestGap } from "../observe/longest-gap.ts"
import { lookAt } from "../observe/looks.ts"
import { readingsText } from "../observe/readings-text.ts"
import { usualSettings, watchesOf } from "../observe/watches-of.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { within } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeText } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowWatchOptions extends FlowOptions {
  readonly format: "text" | "json"
}

export async function flowWatch(options: FlowWatchOptions, terminal: Terminal): Promise<ExitCode> {
  return withLedger(options, terminal, async ({ project: { specs, config }, store, world }) => {
    const now = world.now()
    const found = watchesOf(specs, config.watch ?? usualSettings, spec => longestGap(spec, now))
    if (found.kind === "problems") return cannotStart(terminal, within(config.shown, found.problems))
    const all = await lookAt(found.watches, store.ledger, now)
    const readings = all.flatMap(one => one.readings)
    await terminal.out(
      options.format === "json"
        ? `${writeJson({ format: "fmap.flow-watch", formatVersion: 1, at: new Date(now).toISOString(), watches: all }, 2)}\n`
        : safeText(readingsText(all, now)),
    )
    return readings.some(({ alerts }) => alerts) ? exitCodes.findings : exitCodes.fine
  })
}
