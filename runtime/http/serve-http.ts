// A service on a port. Flows in: where to listen. Flows out: a server that can be stopped. Encryption is the work of a proxy before it: without one it listens to this machine alone.
import { createServer } from "node:http"
import { createAdaptorServer } from "@hono/node-server"
import { NotPossible } from "../flow/port/failures.ts"
import type { Service } from "./create-service.ts"

export interface ListenOptions {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  /** A proxy that ends TLS stands before it: then other machines may reach it. */
  readonly behindTls: boolean
}

export interface HttpServer {
  readonly url: string
  stop(): Promise<void>
}

/** `127.0.0.1:8080`, `[::1]:8080`, `8080`; undefined for anything else. */
export function listenPlace(text: string): Pick<ListenOptions, "host" | "port"> | undefined {
  const found = /^(?:(\[[0-9a-f:.]+\]|[\w.-]+):)?(\d{1,5})$/iu.exec(text)
  const port = Number(found?.[2])
  if (found === null || !(port <= 65_535)) return undefined
  return { host: (found[1] ?? "127.0.0.1").replaceAll(/[[\]]/gu, ""), port }
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/u.test(host)
}

/** Where a browser of this machine reaches it. */
export function originsOf(host: string, port: number): readonly string[] {
  const names = isLoopback(host) ? ["127.0.0.1", "localhost", "[::1]"] : [host]
  return names.map(name => `http://${name}:${port}`)
}

export async function serveHttp(
  { fetch }: Pick<Service, "fetch">,
  { host, port, behindTls }: ListenOptions,
): Promise<HttpServer> {
  if (!isLoopback(host) && !behindTls)
    throw new NotPossible(
      "FM8505",
      `${host} can be reached by other machines, and tokens would cross the network in the clear; listen to 127.0.0.1, or say that a proxy ends TLS before it`,
    )
  const server = createAdaptorServer({
    fetch: (request, env) => fetch(request, { address: addressOf(request, env, behindTls) }),
    createServer,
    serverOptions: { requestTimeout: 60_000, headersTimeout: 10_000, maxHeaderSize: 16 << 10 },
    overrideGlobalObjects: false,
  })
  if ("maxConnections" in server) server.maxConnections = 1_000
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: Error) =>
      reject(new NotPossible("FM8504", `${host}:${port} cannot be listened to: ${error.message}`)),
    )
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const actual = typeof address === "object" && address !== null ? address.port : port
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actual}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        if ("closeAllConnections" in server) server.closeAllConnections()
      }),
  }
}

/** Behind a proxy all come from its address: then the last address counts that it added itself; those before it anybody may write. */
function addressOf(request: Request, env: unknown, behindTls: boolean): string {
  const added = behindTls ? request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined
  if (added !== undefined && added !== "") return added.slice(0, 64)
  const { incoming } = env as {
    readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
  }
  return incoming?.socket?.remoteAddress ?? ""
}
