// A replay of flows that are as they were finds nothing, and calls nobody: the law of replays. Flows in: a ledger at rest, its flows on targets that must not be called. Flows out: a sentence for each
// event for which something would be done.
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import { rehearse } from "../../../../runtime/flow/replay/rehearse.ts"
import { runOperation } from "../../../../runtime/flow/stores/sqlite/run-operation.ts"
import type { Disk } from "./faulty-store.ts"
import type { SimTargets } from "./sim-targets.ts"

export async function replayChanges(
  { database }: Disk,
  flowsOn: (targets: SimTargets) => readonly Flow[],
): Promise<readonly string[]> {
  const broken: string[] = []
  const called = async (): Promise<never> => {
    broken.push("a replay called a target")
    throw new Error("a replay called a target")
  }
  const ledger: Ledger = { run: async operation => runOperation(database, new WeakMap(), operation()) }
  const flows = flowsOn({ done: [], failures: new Map(), send: called, find: called })
  const before = database.prepare("SELECT total_changes() AS n").get()?.["n"]
  for await (const event of rehearse({}, { flows, ledger }, new AbortController().signal))
    if (event.verdict !== "equal" && event.verdict !== "open")
      broken.push(
        `a replay of an unchanged flow would ${event.verdict} ${event.sourceId}: ${event.why ?? ""}`,
      )
  if (database.prepare("SELECT total_changes() AS n").get()?.["n"] !== before)
    broken.push("a rehearsal wrote to the ledger")
  return broken
}
