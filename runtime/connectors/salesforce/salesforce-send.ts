// Writing one record to Salesforce. Flows in: a record in wire form with its key. Flows out: what the platform answered. The key is an external id: create
// and update are then one call, which may be made twice.

import type { Call } from "../../flow/port/flow.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import { type Asker, ask, failure } from "../http/ask.ts"
import { memberOf, objectOf, textOf, without } from "../http/json-value.ts"
import { keyOf } from "../http/key-of.ts"
import type { Receipt, SendRequest } from "../port/connector.ts"
import { errorsText } from "./salesforce-errors.ts"
import { type SalesforceLine, withoutAttributes } from "./salesforce-records.ts"
import { soqlName } from "./soql.ts"

export async function sendRecord(line: SalesforceLine, request: SendRequest, call: Call): Promise<Receipt> {
  switch (request.verb) {
    case "upsert":
      return upsert(line, request, call)
    case "create":
      return create(line, request, call)
    case "update":
      return update(line, request, call)
    case "delete":
      return remove(line, request, call)
    case "ensure":
      return (
        (request.isAbsent === true ? undefined : await findRecord(line, request, call)) ??
        (await create(line, request, call))
      )
  }
}

/** The record as it stands at the platform. */
export async function findRecord(
  line: SalesforceLine,
  request: SendRequest,
  call: Asker,
): Promise<Receipt | undefined> {
  const fields =
    request.fields === null
      ? {}
      : { query: { fields: [...new Set(["Id", ...request.fields])].map(soqlName).join(",") } }
  const { status, body } = await ask(
    line,
    { method: "GET", url: placeOf(line, request), ...fields, isSafe: true, takes: [404] },
    call,
  )
  if (status === 404) return absent(line, body)
  const found = objectOf(withoutAttributes(body))
  return found === undefined ? undefined : { answer: found, outcome: "unchanged" }
}

async function upsert(line: SalesforceLine, request: SendRequest, call: Call): Promise<Receipt> {
  const { status, body } = await ask(
    line,
    write("PATCH", placeOf(line, request), without(request.record, request.key)),
    call,
  )
  return receiptOf(body, status === 201 ? "created" : "updated")
}

/** An external id that is there already is refused as a duplicate: a conflict, which is looked up. */
async function create(line: SalesforceLine, request: SendRequest, call: Call): Promise<Receipt> {
  keyOf(request)
  const { body } = await ask(line, write("POST", objectPlace(line, request), request.record), call)
  return receiptOf(body, "created")
}

/** An upsert would create what is not there; an update must not. So the record is looked for first. */
async function update(line: SalesforceLine, request: SendRequest, call: Call): Promise<Receipt> {
  const id =
    request.key === "Id"
      ? keyOf(request)
      : textOf((await findRecord(line, { ...request, fields: [] }, call))?.answer["Id"])
  if (id === undefined)
    throw failure(
      line,
      true,
      { failure: "rejected" },
      "NOT_FOUND",
      `No ${request.object} has this ${request.key}.`,
    )
  const place = `${objectPlace(line, request)}/${encodeURIComponent(id)}`
  await ask(line, write("PATCH", place, without(request.record, request.key, "Id")), call)
  return { answer: { Id: id, id, success: true }, outcome: "updated" }
}

/** What is not there has been deleted, by an earlier try or by somebody else. */
async function remove(line: SalesforceLine, request: SendRequest, call: Call): Promise<Receipt> {
  const { status, body } = await ask(
    line,
    { method: "DELETE", url: placeOf(line, request), isSafe: false, takes: [404] },
    call,
  )
  if (status === 404) absent(line, body)
  return { answer: {}, outcome: status === 404 ? "unchanged" : "deleted" }
}

/** 404 is the answer for a record that is not there, and for an object or an external id the org has not: that is no absence. */
function absent(line: SalesforceLine, body: unknown): undefined {
  const text = errorsText(body)
  if (text === undefined || !/external ID field|sObject type|not supported/i.test(text.message))
    return undefined
  throw failure(line, true, { failure: "rejected" }, text.codes[0] ?? "NOT_FOUND", text.message)
}

function write(method: "POST" | "PATCH", url: string, record: SendRequest["record"]) {
  const headers = { "content-type": "application/json" }
  return { method, url, headers, body: writeJson(record), isSafe: false }
}

/** An upsert that updates may answer nothing: then the receipt has nothing but what we know. */
function receiptOf(body: unknown, outcome: "created" | "updated"): Receipt {
  const answer = objectOf(body) ?? {}
  const id = textOf(memberOf(answer, "id"))
  return { answer: { ...answer, ...(id === undefined ? {} : { Id: id }) }, outcome }
}

function objectPlace(line: SalesforceLine, { object }: SendRequest): string {
  return `/services/data/${line.apiVersion}/sobjects/${soqlName(object)}`
}

function placeOf(line: SalesforceLine, request: SendRequest): string {
  const key = encodeURIComponent(keyOf(request))
  const field = request.key === "Id" ? "" : `${soqlName(request.key)}/`
  return `${objectPlace(line, request)}/${field}${key}`
}
