// The body of an answer. Flows in: bytes and headers. Flows out: the value in it with every digit, text, or why it is none. What a proxy put in
// place of an answer (a page of a login, half a document) is told apart from one. A body that is shorter than it says never gets here.

import { readJson } from "../../formats/json/read-json.ts"
import { decodeUtf8 } from "../../formats/json/utf8.ts"
import type { HttpAnswer } from "./exchange.ts"

export type AnswerForm = "json" | "text" | "bytes"

export type AnswerRead = { readonly body: unknown } | { readonly problem: string }

export function readAnswer({ bytes, headers }: HttpAnswer, form: AnswerForm): AnswerRead {
  if (bytes.length === 0) return { body: undefined }
  const encoding = headers.get("content-encoding")
  if (encoding !== undefined && encoding !== "identity")
    return { problem: `The answer is encoded as ${encoding}, which nobody asked for.` }
  if (form === "bytes") return { body: bytes }
  const text = decodeUtf8(bytes)
  if (typeof text !== "string") return { problem: `The answer is not UTF-8 (byte ${text.offset}).` }
  if (form === "text") return { body: text }
  const type = headers.get("content-type")
  if (type !== undefined && !/[/+]([a-z0-9.-]+\+)?json\b/i.test(type))
    return { problem: `The answer is no JSON but ${type.slice(0, 80)}.` }
  const read = readJson(text)
  return "ok" in read
    ? { body: read.ok }
    : { problem: `The answer is no whole JSON: ${read.refused.message}` }
}
