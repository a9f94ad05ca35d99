// Requests to an issuer. Flows in: a client of one connection, with the hosts and networks it may reach. Flows out: a fetch for libraries that follows no redirect and reaches nothing else. Status and bytes of answers go
// through as they are.
import type { CustomFetch } from "openid-client"
import type { HttpMethod } from "../../connectors/http/exchange.ts"
import type { HttpClient } from "../../connectors/http/http-client.ts"

const without = new Set([204, 205, 304])

export function issuerFetch(client: HttpClient): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const {
      status,
      headers: answered,
      bytes,
    } = await client.exchange(
      {
        method: method as HttpMethod,
        url,
        headers: Object.fromEntries(new Headers(headers)),
        ...(body === undefined || body === null ? {} : { body: String(body) }),
      },
      signal ?? new AbortController().signal,
    )
    return new Response(without.has(status) ? null : new Uint8Array(bytes), {
      status,
      headers: Object.fromEntries(answered),
    })
  }
}
