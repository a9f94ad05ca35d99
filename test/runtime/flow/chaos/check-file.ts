// What a file holds after a fault. Flows in: its path, how many events were acknowledged. Flows out: a sentence for each promise that was broken.
import { DatabaseSync } from "node:sqlite"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import { runOperation } from "../../../../runtime/flow/stores/sqlite/run-operation.ts"

export interface FileCheck {
  readonly broken: readonly string[]
  /** Events of the source that are there. */
  readonly events: number
  readonly open: number
}

export function checkFile(file: string, acknowledged: number): FileCheck {
  const database = new DatabaseSync(file)
  try {
    const one = (text: string) => Number(database.prepare(text).get()?.["n"])
    const broken = [...runOperation(database, new WeakMap(), brokenInvariants())]
    const events = one("SELECT count(*) AS n FROM inbox WHERE flow = 'orders'")
    if (events < acknowledged) broken.push(`${acknowledged} events were acknowledged, ${events} are there`)
    const gaps = one(
      "SELECT count(*) - 1 - max(CAST(substr(source_id, 7) AS INTEGER)) AS n FROM inbox WHERE flow = 'orders'",
    )
    if (events > 0 && gaps !== 0) broken.push("an event is missing among those behind it")
    const { integrity_check: integrity } = database.prepare("PRAGMA integrity_check").get() ?? {}
    if (integrity !== "ok") broken.push(`the file: ${integrity}`)
    return { broken, events, open: one("SELECT count(*) AS n FROM inbox WHERE state = 'open'") }
  } catch (error) {
    return {
      broken: [`the file cannot be read: ${error instanceof Error ? error.message : error}`],
      events: 0,
      open: 0,
    }
  } finally {
    database.close()
  }
}
