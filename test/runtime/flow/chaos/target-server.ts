// A system at the other end, over HTTP on loopback, in the process that survives. It has the faults of real ones and remembers keys; it counts what
// was done twice and what came in the wrong order. Flows in: POSTs. Flows out: answers, or none.
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { randomOf } from "../simulation/random.ts"

export interface TargetServer {
  readonly url: string
  readonly seen: TargetTruth
  close(): Promise<void>
}

export interface TargetTruth {
  calls: number
  /** By object: how often it was done. */
  readonly done: Map<string, number>
  duplicates: number
  outOfOrder: number
}

/** Shares of calls: failed before anything was done, told to wait, done with the answer lost. */
export interface FaultShares {
  readonly failed: number
  readonly throttled: number
  readonly lost: number
}

export interface TargetRequest {
  readonly object: string
  readonly lane: string
  readonly laneSeq: number
}

export async function targetServer(seed: number, shares: FaultShares): Promise<TargetServer> {
  const random = randomOf(seed)
  const seen: TargetTruth = { calls: 0, done: new Map(), duplicates: 0, outOfOrder: 0 }
  const byKey = new Map<string, string>()
  const last = new Map<string, number>()

  function apply(key: string, { object, lane, laneSeq }: TargetRequest): string {
    const known = byKey.get(key)
    if (known !== undefined) return known
    const before = seen.done.get(object) ?? 0
    if (before > 0) seen.duplicates += 1
    seen.done.set(object, before + 1)
    if ((last.get(lane) ?? 0) >= laneSeq) seen.outOfOrder += 1
    last.set(lane, Math.max(last.get(lane) ?? 0, laneSeq))
    const receipt = `R-${byKey.size + 1}`
    byKey.set(key, receipt)
    return receipt
  }

  const server = createServer((request, response) => {
    let body = ""
    request.on("data", piece => {
      body += String(piece)
    })
    request.on("end", () => {
      seen.calls += 1
      const chance = random.next()
      if (chance < shares.failed) return void response.writeHead(500).end()
      if (chance < shares.failed + shares.throttled)
        return void response.writeHead(429, { "retry-after-ms": "5" }).end()
      const receipt = apply(String(request.headers["idempotency-key"]), JSON.parse(body))
      if (chance < shares.failed + shares.throttled + shares.lost) return void response.destroy()
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ receipt }))
    })
  })
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    seen,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
