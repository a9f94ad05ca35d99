// Bodies of `$batch`: several requests in one, and several answers. Flows in: requests as text. Flows out: multipart text, and answers in the order of the requests. A changeset of one
// request is done or not done by itself.
import { readJson } from "../../formats/json/read-json.ts"

export interface BatchPart {
  readonly method: "POST" | "PATCH"
  /** Relative to the service. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface BatchAnswer {
  readonly status: number
  readonly body: unknown
}

export function batchBody(parts: readonly BatchPart[], boundary: string): string {
  const sets = parts.map((part, i) => {
    const set = `set-${i + 1}-${boundary}`
    const heads = Object.entries({
      ...part.headers,
      "content-length": String(Buffer.byteLength(part.body, "utf8")),
    })
    return [
      `--${boundary}`,
      `Content-Type: multipart/mixed; boundary=${set}`,
      "",
      `--${set}`,
      "Content-Type: application/http",
      "Content-Transfer-Encoding: binary",
      `Content-ID: ${i + 1}`,
      "",
      `${part.method} ${part.path} HTTP/1.1`,
      ...heads.map(([name, value]) => `${name}: ${value}`),
      "",
      part.body,
      `--${set}--`,
    ].join("\r\n")
  })
  return `${sets.join("\r\n")}\r\n--${boundary}--\r\n`
}

/** Undefined: the text is no answer to a batch. One answer for each part at the top: that of its changeset, or the error that stands in its place. */
export function batchAnswers(
  text: string,
  contentType: string | undefined,
): readonly BatchAnswer[] | undefined {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined) return undefined
  const answers: BatchAnswer[] = []
  for (const part of partsOf(text, boundary) ?? []) {
    const inner = boundaryOf(/^content-type:\s*(.*)$/im.exec(part.head)?.[1])
    const http = inner === undefined ? part.body : partsOf(part.body, inner)?.[0]?.body
    const answer = http === undefined ? undefined : httpAnswer(http)
    if (answer === undefined) return undefined
    answers.push(answer)
  }
  return answers
}

function boundaryOf(contentType: string | undefined): string | undefined {
  return /^multipart\/mixed\s*;.*?boundary="?([^";\s]+)"?/i.exec(contentType?.trim() ?? "")?.[1]
}

interface Part {
  readonly head: string
  readonly body: string
}

/** Undefined where the end is missing: somebody cut the answer. */
function partsOf(text: string, boundary: string): readonly Part[] | undefined {
  // the boundary of a changeset may begin with that of the batch
  const line = new RegExp(`\\r\\n--${boundary.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}(?=--|[ \\t]*\\r\\n)`)
  const pieces = `\r\n${text.replace(/\r?\n/g, "\r\n")}`.split(line)
  const last = pieces.at(-1)
  if (pieces.length < 2 || last === undefined || !last.startsWith("--")) return undefined
  return pieces.slice(1, -1).map(piece => {
    const text = piece.replace(/^[ \t]*\r\n/, "")
    const end = text.indexOf("\r\n\r\n")
    return end < 0 ? { head: text, body: "" } : { head: text.slice(0, end), body: text.slice(end + 4) }
  })
}

function httpAnswer(text: string): BatchAnswer | undefined {
  const status = /^\s*HTTP\/1\.1 (\d{3})/.exec(text)?.[1]
  if (status === undefined) return undefined
  const end = text.indexOf("\r\n\r\n")
  const body = end < 0 ? "" : text.slice(end + 4).trim()
  if (body === "") return { status: Number(status), body: undefined }
  const read = readJson(body)
  return "ok" in read ? { status: Number(status), body: read.ok } : undefined
}
