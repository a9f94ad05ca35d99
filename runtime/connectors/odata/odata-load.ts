// Many records by `$batch`: each a changeset of its own, so that one that is refused takes no other with it. Flows in: records with a key. Flows out: one receipt that counts each record
// once. Before a batch its records are looked up: those that are there are changed, the others created, so that the same load may be sent again.
import { writeJson } from "../../formats/json/write-json.ts"
import { type Asker, ask, failure } from "../http/ask.ts"
import { verdictOf } from "../http/error-table.ts"
import { without } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import type { LoadReceipt, LoadRequest } from "../port/connector.ts"
import { type BatchAnswer, type BatchPart, batchAnswers, batchBody } from "./multipart.ts"
import { errorIn, odataRules } from "./odata-errors.ts"
import type { ODataObject } from "./odata-options.ts"
import type { ODataLine } from "./odata-read.ts"
import { lookUp } from "./odata-send.ts"
import { odataName } from "./odata-text.ts"

export async function loadRecords(
  line: ODataLine,
  object: ODataObject,
  request: LoadRequest,
  call: Asker & { readonly key: string },
): Promise<LoadReceipt> {
  if (request.mode.kind !== "add")
    throw notOffered(
      line.system,
      "OData takes no load that replaces others; `add` changes and creates by key.",
    )
  const { batchSize = 50 } = line.options
  const rejected: LoadReceipt["rejected"][number][] = []
  for (let start = 0; start < request.records.length; start += batchSize) {
    const records = request.records.slice(start, start + batchSize)
    const parts = await Promise.all(records.map(record => partOf(line, object, request, record, call)))
    const answers = await askBatch(
      line,
      parts,
      `fmap-${call.key.slice(0, 24).replace(/[^A-Za-z0-9]/g, "x")}-${start}`,
      call,
    )
    for (const [i, answer] of answers.entries()) {
      const problem = problemOf(line, answer)
      if (problem !== undefined) rejected.push({ index: start + i, ...problem })
    }
  }
  const sent = request.records.length
  return { sent, loaded: sent - rejected.length, ignored: 0, rejected }
}

async function partOf(
  line: ODataLine,
  object: ODataObject,
  { object: name, key, fields }: LoadRequest,
  record: Readonly<Record<string, unknown>>,
  call: Asker,
): Promise<BatchPart> {
  const found = await lookUp(line, object, { object: name, key, fields, verb: "upsert", record }, call)
  const headers = { "content-type": "application/json", accept: "application/json" }
  if (found === undefined)
    return {
      method: "POST",
      path: odataName(object.set),
      headers,
      body: writeJson({ ...object.always, ...record }),
    }
  return {
    method: "PATCH",
    path: found.place,
    headers: { ...headers, "if-match": found.etag ?? "*" },
    body: writeJson(without(record, ...object.keys)),
  }
}

async function askBatch(
  line: ODataLine,
  parts: readonly BatchPart[],
  boundary: string,
  call: Asker,
): Promise<readonly BatchAnswer[]> {
  const { body, headers } = await ask(
    line,
    {
      method: "POST",
      url: "$batch",
      headers: { "content-type": `multipart/mixed; boundary=${boundary}`, accept: "multipart/mixed" },
      body: batchBody(parts, boundary),
      isSafe: false,
      form: "text",
    },
    call,
  )
  const answers = typeof body === "string" ? batchAnswers(body, headers.get("content-type")) : undefined
  if (answers === undefined || answers.length !== parts.length)
    throw failure(
      line,
      false,
      { failure: "in-doubt" },
      "BAD_ANSWER",
      "The answer to the batch has not one part for each record.",
    )
  return answers
}

/** A part that the service did not get to leaves the whole load to be sent again. */
function problemOf(
  line: ODataLine,
  { status, body }: BatchAnswer,
): { readonly code: string; readonly message: string } | undefined {
  if (status < 300) return undefined
  const { codes, message } = errorIn(body) ?? { codes: [], message: `The service answered ${status}.` }
  const verdict = verdictOf(odataRules, { status, codes, message, hasRetryAfter: false })
  const code = codes[0] ?? `HTTP_${status}`
  if (verdict.failure !== "rejected" && verdict.failure !== "conflict")
    throw failure(line, false, { failure: "in-doubt" }, code, message)
  return { code, message: line.secrets.mask(message).slice(0, 500) }
}
