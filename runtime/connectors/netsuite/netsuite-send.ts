// Writing one record to NetSuite. Flows in: a record in wire form. Flows out: its receipt. By external id create and update are one call (`eid:`), which may be
// made twice; lists inside a record are always replaced, because lines sent twice would otherwise be there twice.

import type { Call } from "../../flow/port/flow.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import { type Answered, type Asker, ask, failure, type Line } from "../http/ask.ts"
import { listOf, memberOf, objectOf, textOf, without } from "../http/json-value.ts"
import { keyOf } from "../http/key-of.ts"
import type { Receipt, SendRequest } from "../port/connector.ts"
import { recordName } from "./names.ts"
import { createByJob } from "./netsuite-jobs.ts"

export interface NetSuiteLine extends Line {
  /** Creates go by jobs that remember a key of ours. */
  readonly createByJob: boolean
  readonly jobMs: number
}

export const recordPath = "/services/rest/record/v1/"

export async function sendRecord(line: NetSuiteLine, request: SendRequest, call: Call): Promise<Receipt> {
  switch (request.verb) {
    case "upsert":
      return writeAt(line, request, "PUT", call)
    case "update":
      return writeAt(line, request, "PATCH", call)
    case "create":
      return create(line, request, call)
    case "ensure":
      return (
        (request.isAbsent === true ? undefined : await findRecord(line, request, call)) ??
        (await create(line, request, call))
      )
    case "delete": {
      const question = { method: "DELETE", url: placeOf(request), isSafe: false, takes: [404] } as const
      const { status } = await ask(line, question, call)
      return { answer: {}, outcome: status === 404 ? "unchanged" : "deleted" }
    }
  }
}

export async function findRecord(
  line: Line,
  request: SendRequest,
  call: Asker,
): Promise<Receipt | undefined> {
  const { status, body } = await ask(
    line,
    {
      method: "GET",
      url: placeOf(request),
      query: { expandSubResources: "true" },
      isSafe: true,
      takes: [404],
    },
    call,
  )
  const found = objectOf(body)
  return status === 404 || found === undefined ? undefined : { answer: found, outcome: "unchanged" }
}

/** NetSuite does not say whether an upsert created: the receipt says `updated`. */
async function writeAt(
  line: NetSuiteLine,
  request: SendRequest,
  method: "PUT" | "PATCH",
  call: Call,
): Promise<Receipt> {
  if (method === "PUT" && request.key !== "externalId")
    throw failure(
      line,
      true,
      { failure: "rejected" },
      "NO_UPSERT",
      `NetSuite upserts by externalId, not by ${request.key}.`,
    )
  const answered = await ask(
    line,
    { method, url: placeOf(request), ...writing(without(request.record, request.key, "id")), isSafe: false },
    call,
  )
  return receiptOf(line, request, answered, "updated", call)
}

async function create(line: NetSuiteLine, request: SendRequest, call: Call): Promise<Receipt> {
  const { headers, body } = writing(request.record)
  const question = {
    method: "POST",
    url: `${recordPath}${recordName(request.object)}`,
    headers,
    body,
    isSafe: false,
  } as const
  const answered = line.createByJob
    ? await createByJob(line, question, call)
    : await ask(line, question, call)
  return receiptOf(line, request, answered, "created", call)
}

/** Unknown names are an error: by itself the platform would leave them out without a word. */
export function writing(record: SendRequest["record"]) {
  const lists = Object.keys(record).filter(name => listOf(memberOf(record, name, "items")) !== undefined)
  return {
    ...(lists.length === 0 ? {} : { query: { replace: lists.map(recordName).join(",") } }),
    headers: {
      "content-type": "application/json",
      "x-netsuite-propertynamevalidation": "Error",
      "x-netsuite-propertyvaluevalidation": "Error",
    },
    body: writeJson(record),
  }
}

/** 204 and a place: what the contract wants answered beside the id is read from there. */
async function receiptOf(
  line: Line,
  request: SendRequest,
  { headers, body }: Pick<Answered, "headers" | "body">,
  outcome: Receipt["outcome"],
  call: Asker,
): Promise<Receipt> {
  const id = headers.get("location")?.split("?")[0]?.split("/").at(-1) ?? textOf(memberOf(body, "id"))
  const key = memberOf(request.record, request.key)
  const known: Record<string, unknown> = {
    [request.key]: key,
    ...objectOf(body),
    ...(id === undefined ? {} : { id }),
  }
  const lacking = (request.answers ?? []).filter(name => known[name] === undefined)
  if (lacking.length === 0) return { answer: known, outcome }
  const place =
    id === undefined
      ? placeOf(request)
      : `${recordPath}${recordName(request.object)}/${encodeURIComponent(id)}`
  const { body: read } = await ask(
    line,
    { method: "GET", url: place, query: { fields: lacking.map(recordName).join(",") }, isSafe: true },
    call,
  ).catch((error: unknown) => {
    // it is written: only its number is not known, and asking again finds it
    throw failure(
      line,
      false,
      { failure: "in-doubt" },
      "NOT_READ_BACK",
      error instanceof Error ? error.message : String(error),
    )
  })
  const names = Object.fromEntries(lacking.map(name => [name, memberOf(read, name) ?? null]))
  return { answer: { ...known, ...names }, outcome }
}

export function placeOf(request: SendRequest): string {
  const key = encodeURIComponent(keyOf(request))
  const base = `${recordPath}${recordName(request.object)}`
  if (request.key === "externalId") return `${base}/eid:${key}`
  return `${base}/${key}`
}
