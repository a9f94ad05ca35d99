// A client that asks only while it has a place of its system, over all processes on a ledger. Flows in: a client, places. Flows out: the same client, whose requests wait for a place before they go out.
import type { Places } from "../../flow/program/places.ts"
import type { HttpClient } from "./http-client.ts"

/** `count`: requests at one time, of all processes. Who waits longer than an exchange may last gives up: nothing was asked then. */
export function sharedClient(client: HttpClient, places: Places, name: string, count: number): HttpClient {
  return {
    connection: client.connection,
    urlOf: request => client.urlOf(request),
    async exchange(request, signal) {
      const leave = await places.take(name, count, client.connection.totalMs, signal)
      try {
        return await client.exchange(request, signal)
      } finally {
        await leave()
      }
    },
    close: () => client.close(),
  }
}
