// A replay is rehearsed first: what would be done now, beside what was done, with nothing happening. Flows in: which events, the flows as they are now, the ledger. Flows out: one finding an event, in
// the order they were accepted. Nothing is written, and no target is called; systems are read only where it is said so, and only for what was not read before.
import { registryOf } from "../engine/registry.ts"
import type { Ledger } from "../ledger/ledger.ts"
import { type ReplaySelection, recordedEvents } from "../ledger/replay.ts"
import { NotPossible } from "../port/failures.ts"
import type { Flow } from "../port/flow.ts"
import { rehearseEvent } from "./rehearse-event.ts"
import type { RehearsedEvent } from "./rehearsed.ts"

export interface ReplayOptions {
  /** As they are now: the last version of each. */
  readonly flows: readonly Flow[]
  readonly ledger: Ledger
  readonly tenant?: string
  /** What was not read then is read from its system; absent: an event that needs it is for a person. */
  readonly read?: boolean
}

const page = 100

/** Throws CallFailed where a system that is read fails. */
export async function* rehearse(
  selection: ReplaySelection,
  { flows, ledger, tenant = "", read = false }: ReplayOptions,
  signal: AbortSignal,
): AsyncGenerator<RehearsedEvent> {
  const registry = registryOf(flows)
  const known = new Set(flows.map(({ name }) => name))
  if (selection.flow !== undefined && !known.has(selection.flow))
    throw new NotPossible("FM8108", `There is no flow ${selection.flow}`)
  for (let after = 0; !signal.aborted; ) {
    const from = after
    const found = await ledger.run(() => recordedEvents(selection, from, page))
    for (const event of found) {
      after = event.seq
      // Flows that are no longer there have nothing to be rehearsed with.
      if (!known.has(event.flow)) continue
      yield await rehearseEvent(event, registry.current(event.flow), {
        ledger,
        registry,
        tenant,
        read,
        signal,
      })
    }
    if (found.length < page) return
  }
}
