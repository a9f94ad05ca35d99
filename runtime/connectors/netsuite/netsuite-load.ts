// Many records to NetSuite: each by its own upsert, as many at a time as the connection has connections. Flows in: records with an external id. Flows out: one receipt that
// counts each record once. What stops one record is its own; what stops the connection stops the load, which may be sent again.
import { CallFailed } from "../../flow/port/failures.ts"
import type { Call } from "../../flow/port/flow.ts"
import { notOffered } from "../http/key-of.ts"
import type { LoadReceipt, LoadRequest } from "../port/connector.ts"
import { type NetSuiteLine, sendRecord } from "./netsuite-send.ts"

export async function loadRecords(
  line: NetSuiteLine,
  request: LoadRequest,
  call: Call,
): Promise<LoadReceipt> {
  if (request.mode.kind !== "add")
    throw notOffered(line.system, "NetSuite takes no load that replaces others; `add` upserts by externalId.")
  const { records } = request
  const rejected: LoadReceipt["rejected"][number][] = []
  let stopped: unknown
  let loaded = 0
  let next = 0
  const work = async () => {
    while (next < records.length && stopped === undefined) {
      const index = next++
      const { object, key, fields } = request
      try {
        await sendRecord(line, { object, key, fields, verb: "upsert", record: records[index] ?? {} }, call)
        loaded++
      } catch (error) {
        if (error instanceof CallFailed && (error.failure === "rejected" || error.failure === "conflict"))
          rejected.push({ index, code: error.code, message: error.message })
        else stopped ??= error
      }
    }
  }
  await Promise.all(Array.from({ length: line.client.connection.connections }, work))
  if (stopped !== undefined) throw stopped
  return {
    sent: records.length,
    loaded,
    ignored: 0,
    rejected: rejected.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)),
  }
}
