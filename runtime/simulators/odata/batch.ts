// `$batch` of a simulated service. Flows in: a multipart request of changesets with one request each. Flows out: a multipart answer, part by part in their order.
import type { SimAnswer, SimRequest } from "../kernel/platform.ts"

export function answerBatch(
  request: SimRequest,
  handle: (inner: SimRequest, path: string) => SimAnswer,
): SimAnswer {
  const boundary = /boundary="?([^";\s]+)/.exec(request.headers.get("content-type") ?? "")?.[1]
  if (boundary === undefined) return { status: 400 }
  const text = Buffer.from(request.body).toString("utf8")
  const answers = text.split(`\r\n--${boundary}\r\n`).flatMap(part => {
    const [, method, path, heads, body] =
      /\r\n(POST|PATCH) (\S+) HTTP\/1\.1\r\n([\s\S]*?)\r\n\r\n([\s\S]*?)\r\n--[^\r\n]+--/.exec(part) ?? []
    if (method === undefined || path === undefined) return []
    const headers = new Map(request.headers)
    for (const line of (heads ?? "").split("\r\n")) {
      const [name = "", ...value] = line.split(":")
      headers.set(name.toLowerCase(), value.join(":").trim())
    }
    const inner: SimRequest = {
      ...request,
      method,
      headers,
      body: Buffer.from(body ?? "", "utf8"),
      query: new URLSearchParams(),
    }
    return [handle(inner, decodeURIComponent(path))]
  })
  return {
    status: 202,
    headers: { "content-type": "multipart/mixed; boundary=answers" },
    body: `${answers.map(partOf).join("")}--answers--\r\n`,
  }
}

/** An error stands in the place of its changeset, without one around it. */
function partOf({ status, headers = {}, body = "" }: SimAnswer, i: number): string {
  const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8")
  const http = [
    "Content-Type: application/http",
    "Content-Transfer-Encoding: binary",
    "",
    `HTTP/1.1 ${status} X`,
    `Content-Type: ${String(headers["content-type"] ?? "application/json")}`,
    "",
    text,
  ].join("\r\n")
  if (status >= 400) return `--answers\r\n${http}\r\n`
  return `--answers\r\nContent-Type: multipart/mixed; boundary=set-${i}\r\n\r\n--set-${i}\r\n${http}\r\n--set-${i}--\r\n`
}
