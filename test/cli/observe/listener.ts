// A server that remembers what is posted to it. Flows in: how it answers. Flows out: what came, in order.
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

export interface Post {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly location?: string
  readonly body?: string
}

export interface Listener {
  readonly url: string
  readonly posts: Post[]
  stop(): Promise<void>
}

export async function listen(answer: (post: Post) => Answer = () => ({ status: 200 })): Promise<Listener> {
  const posts: Post[] = []
  const server = createServer(async (request, response) => {
    const parts: Uint8Array[] = []
    for await (const part of request as AsyncIterable<Uint8Array>) parts.push(part)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    const post = { path: request.url ?? "", headers, body: Buffer.concat(parts).toString("utf8") }
    posts.push(post)
    const { status, location, body = "" } = answer(post)
    const type = body === "" ? {} : { "content-type": "application/json" }
    response.writeHead(status, { ...type, ...(location === undefined ? {} : { location }) })
    response.end(body)
  })
  await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    stop: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

export async function until(true_: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> {
  for (const end = Date.now() + ms; !(await true_()); await new Promise(wake => setTimeout(wake, 25)))
    if (Date.now() > end) throw new Error("It did not happen")
}
