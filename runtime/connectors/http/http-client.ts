// A client of one connection. Flows in: requests with a path or a URL of the connection. Flows out: answers of any status, or ExchangeFailed. It
// follows no redirect, reaches no host and no network the connection does not name, and knows no platform. undici is an optional peer.
import { Pool } from "undici"
import { addressOfHost, mayReach } from "./addresses.ts"
import { addressRefused, checkedLookup, type Lookup } from "./checked-lookup.ts"
import { type Connection, type ConnectionOptions, connectionOf, targetProblem } from "./connection.ts"
import { ExchangeFailed, exchange, type HttpAnswer, type HttpMethod } from "./exchange.ts"

export interface HttpRequest {
  readonly method: HttpMethod
  /** Behind the base, or a whole URL of one of the connection's hosts. */
  readonly url: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface HttpClient {
  readonly connection: Connection
  exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>
  /** The whole URL of a request: signatures are made over it. */
  urlOf(request: Pick<HttpRequest, "url" | "query">): URL
  /** Waits for nobody. */
  close(): Promise<void>
}

export function createHttpClient(options: ConnectionOptions, lookup?: Lookup): HttpClient {
  const connection = connectionOf(options)
  const resolve = lookup ?? checkedLookup(connection.reach)
  const pools = new Map<string, Pool>()
  const poolOf = (origin: string): Pool => {
    const known = pools.get(origin)
    if (known !== undefined) return known
    const pool = new Pool(origin, {
      connections: connection.connections,
      pipelining: 1,
      headersTimeout: connection.headersMs,
      bodyTimeout: connection.bodyMs,
      // shorter than what servers keep: a request on a connection that just closed is an answer lost
      keepAliveTimeout: 3_000,
      keepAliveMaxTimeout: 60_000,
      maxHeaderSize: 64 << 10,
      connect: { timeout: connection.connectMs, lookup: resolve },
    })
    pools.set(origin, pool)
    return pool
  }
  const urlOf = ({ url, query }: Pick<HttpRequest, "url" | "query">): URL => urlIn(connection, url, query)
  return {
    connection,
    urlOf,
    async exchange(request, signal) {
      const url = urlOf(request)
      const problem = targetProblem(url, connection)
      if (problem !== undefined)
        throw new ExchangeFailed("before", addressRefused, `${url.origin} ${problem}.`)
      const address = addressOfHost(url.hostname)
      if (address !== undefined && !mayReach(address, connection.reach))
        throw new ExchangeFailed("before", addressRefused, `${url.origin} may not be reached.`)
      return exchange(
        poolOf(url.origin),
        {
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: request.method,
          headers: headersOf(request),
          body: request.body,
        },
        connection,
        signal,
      )
    },
    async close() {
      await Promise.all([...pools.values()].map(pool => pool.destroy()))
      pools.clear()
    },
  }
}

/** A path that begins with `/` is one of the host: platforms say so in links to the next page. */
function urlIn(connection: Connection, url: string, query: HttpRequest["query"]): URL {
  if (!URL.canParse(url, connection.base.href))
    throw new ExchangeFailed("before", addressRefused, "The platform named a URL that is none.")
  const whole = new URL(url, connection.base)
  for (const [name, value] of Object.entries(query ?? {})) whole.searchParams.append(name, value)
  // forms write blanks as `+`, and some platforms read that as a plus
  whole.search = whole.search.replaceAll("+", "%20")
  return whole
}

function headersOf({ headers = {} }: HttpRequest): Record<string, string> {
  const all: Record<string, string> = { accept: "application/json" }
  for (const [name, value] of Object.entries(headers)) {
    if (/[\r\n\0]/.test(value))
      throw new ExchangeFailed("before", "BAD_HEADER", `The header ${name} would hold a line end.`)
    all[name.toLowerCase()] = value
  }
  return all
}
