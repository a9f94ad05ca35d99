// The service: `POST /orders` takes an opportunity with its account and answers with the body of a NetSuite upsert. Flows in: HTTP.
// Flows out: HTTP. It holds no state, calls no other system and knows nothing of the fields.
//
// 200  the NetSuite order; header `Idempotency-Key` is the external id to `PUT /salesOrder/eid:…` to
// 422  rejected: the record is wrong at its source; sending it again changes nothing
// 409  held: a person or reference data must act; send it again afterwards
// 400  no JSON, with line and column · 413 more than a megabyte · 404, 405
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { readJsonBytes, writeJson } from "@fmap/runtime"
import { netSuiteOrder } from "./order.ts"
import type { ReferenceData } from "./reference-data.ts"

const bodyLimit = 1024 * 1024

/** `current`: asked once a request, so that a reload never changes the data under a record. */
export function orderService(current: () => ReferenceData): Server {
  return createServer((request, response) => {
    answer(request, current()).then(
      given => send(response, given),
      (error: unknown) => {
        console.error(error)
        send(response, { status: 500, body: { error: "internal error" } })
      },
    )
  })
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

async function answer(request: IncomingMessage, reference: ReferenceData): Promise<Answer> {
  const path = new URL(request.url ?? "/", "http://service").pathname
  if (path === "/health") return request.method === "GET" ? health(reference) : notAllowed("GET")
  if (path !== "/orders") return { status: 404, body: { error: `there is no ${path}` } }
  if (request.method !== "POST") return notAllowed("POST")
  const bytes = await readBody(request)
  if (bytes === "too large")
    return {
      status: 413,
      body: { error: `the body has more than ${bodyLimit} bytes` },
      headers: { connection: "close" },
    }
  const read = readJsonBytes(bytes)
  if ("refused" in read) {
    const { message, line, column } = read.refused
    return { status: 400, body: { error: message, line, column } }
  }
  return order(read.ok, reference)
}

function order(body: unknown, reference: ReferenceData): Answer {
  const result = netSuiteOrder(body, reference)
  switch (result.status) {
    case "done":
      return {
        status: 200,
        body: result.value,
        headers: result.key === undefined ? {} : { "idempotency-key": result.key },
      }
    case "held":
      return { status: 409, body: { status: "held", issues: result.issues } }
    case "rejected":
      return { status: 422, body: { status: "rejected", issues: result.issues } }
  }
}

/** Which reference data answers: two services with equal snapshots give equal orders. */
function health(reference: ReferenceData): Answer {
  const crosswalks = Object.fromEntries(
    Object.entries(reference).map(([name, { snapshot }]) => [name, snapshot]),
  )
  return { status: 200, body: { status: "ok", crosswalks } }
}

function notAllowed(allow: string): Answer {
  return { status: 405, body: { error: `only ${allow}` }, headers: { allow } }
}

/** Reads at most the limit; what is beyond it is thrown away unread into memory. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | "too large"> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > bodyLimit) return "too large"
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  // writeJson and not JSON.stringify: amounts of more than fifteen digits keep every one.
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers })
  response.end(`${writeJson(body)}\n`)
}
