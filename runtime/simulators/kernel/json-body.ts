// JSON as simulated platforms read and write it: with every digit. Flows in: bodies, values. Flows out: values, answers.
import { parseExact } from "../../formats/json/parse-exact.ts"
import { decodeUtf8 } from "../../formats/json/utf8.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import type { SimAnswer } from "./platform.ts"

/** Undefined: it is no JSON. */
export function jsonOf(body: Uint8Array): unknown {
  const text = decodeUtf8(body)
  if (typeof text !== "string") return undefined
  const read = parseExact(text)
  return "ok" in read ? read.ok : undefined
}

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): SimAnswer {
  return {
    status,
    headers: { "content-type": "application/json;charset=UTF-8", ...headers },
    body: writeJson(value),
  }
}
