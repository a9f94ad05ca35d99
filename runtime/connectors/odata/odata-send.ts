// Writing one record by OData. Flows in: a record in wire form. Flows out: what the service answered. Services that know no key of ours are asked first: by the entity's own key where
// the record has it, else by the contract's key, a reference that has to be one record's alone.
import { writeJson } from "../../formats/json/write-json.ts"
import { type Asker, ask, failure } from "../http/ask.ts"
import { without } from "../http/json-value.ts"
import { keyOf } from "../http/key-of.ts"
import type { Receipt, SendRequest } from "../port/connector.ts"
import { etagOf, listIn, recordIn, uriOf, withoutAnnotations } from "./odata-body.ts"
import type { ODataObject } from "./odata-options.ts"
import type { ODataLine } from "./odata-read.ts"
import { entityPath, filterText, odataName } from "./odata-text.ts"

export async function sendRecord(
  line: ODataLine,
  object: ODataObject,
  request: SendRequest,
  call: Asker,
): Promise<Receipt> {
  switch (request.verb) {
    case "create":
      return create(line, object, request, call)
    case "ensure": {
      const found = request.isAbsent === true ? undefined : await lookUp(line, object, request, call)
      return found === undefined
        ? create(line, object, request, call)
        : { answer: found.record, outcome: "unchanged" }
    }
    case "upsert": {
      const place = entityPath(object, request.record, line.options.version)
      if (line.options.patchUpserts === true && place !== undefined)
        return patch(line, object, request, { place, etag: undefined }, call)
      const found = await lookUp(line, object, request, call)
      return found === undefined
        ? create(line, object, request, call)
        : patch(line, object, request, found, call)
    }
    case "update": {
      const found = await lookUp(line, object, request, call)
      if (found === undefined)
        throw failure(
          line,
          true,
          { failure: "rejected" },
          "NOT_FOUND",
          `No ${request.object} has this ${request.key}.`,
        )
      return patch(line, object, request, found, call)
    }
    case "delete": {
      const found = await lookUp(line, object, request, call)
      if (found === undefined) return { answer: {}, outcome: "unchanged" }
      const headers = { "if-match": found.etag ?? "*" }
      const { status } = await ask(
        line,
        { method: "DELETE", url: found.place, headers, isSafe: false, takes: [404] },
        call,
      )
      return { answer: {}, outcome: status === 404 ? "unchanged" : "deleted" }
    }
  }
}

export interface Found {
  readonly place: string
  readonly etag: string | undefined
  readonly record: Readonly<Record<string, unknown>>
}

export async function lookUp(
  line: ODataLine,
  object: ODataObject,
  request: SendRequest,
  call: Asker,
): Promise<Found | undefined> {
  keyOf(request)
  const { version, readQuery = {} } = line.options
  const place = object.keys.includes(request.key) ? entityPath(object, request.record, version) : undefined
  if (place !== undefined) {
    const { status, body } = await ask(
      line,
      { method: "GET", url: place, query: readQuery, isSafe: true, takes: [404] },
      call,
    )
    const record = status === 404 ? undefined : recordIn(body)
    const entity = (body as { readonly d?: unknown } | undefined)?.d ?? body
    return record === undefined ? undefined : { place, etag: etagOf(entity), record }
  }
  const always = Object.entries(object.always ?? {}).map(([field, value]) => ({
    field,
    value: request.record[field] ?? value,
  }))
  const conditions = [
    { field: request.key, value: request.record[request.key] },
    ...always.filter(({ field }) => field !== request.key),
  ]
  const query = { ...readQuery, $filter: filterText(conditions, object, version), $top: "2" }
  const { body } = await ask(line, { method: "GET", url: odataName(object.set), query, isSafe: true }, call)
  const records = listIn(body)?.records
  if (records === undefined)
    throw failure(line, true, { failure: "transient" }, "BAD_ANSWER", "The answer has no list of records.")
  const [one, other] = records
  if (other !== undefined)
    throw failure(
      line,
      true,
      { failure: "rejected" },
      "SEVERAL",
      `Several records have this ${request.key}: it is no key.`,
    )
  if (one === undefined) return undefined
  const found = entityPath(object, one, version) ?? uriOf(one)
  const record = recordIn(one)
  if (found === undefined || record === undefined)
    throw failure(line, true, { failure: "transient" }, "BAD_ANSWER", "A record that was found has no key.")
  return { place: found, etag: etagOf(one), record }
}

/** Lines, partners and prices inside the record are created with it, in one piece. */
async function create(
  line: ODataLine,
  object: ODataObject,
  request: SendRequest,
  call: Asker,
): Promise<Receipt> {
  keyOf(request)
  const { patchUpserts, version } = line.options
  const place = patchUpserts === true ? entityPath(object, request.record, version) : undefined
  if (place !== undefined) {
    // by its key, and only if it is nobody's
    const { body } = await ask(
      line,
      {
        method: "PATCH",
        url: place,
        ...writing({ ...object.always, ...request.record }, { prefer: representation, "if-none-match": "*" }),
        isSafe: false,
        takes: [412],
      },
      call,
    ).then(answered => {
      if (answered.status !== 412) return answered
      throw failure(
        line,
        false,
        { failure: "conflict" },
        "EXISTS",
        `${request.object} has a record with this ${request.key}.`,
      )
    })
    return { answer: recordIn(body) ?? {}, outcome: "created" }
  }
  const question = {
    method: "POST",
    url: odataName(object.set),
    ...writing({ ...object.always, ...request.record }, version === 4 ? { prefer: representation } : {}),
    isSafe: false,
  } as const
  const { body } = await ask(line, question, call)
  return { answer: recordIn(body) ?? {}, outcome: "created" }
}

const representation = "return=representation"

/** Only what is in the record is changed. An etag proves that nobody else has changed it since. */
async function patch(
  line: ODataLine,
  object: ODataObject,
  request: SendRequest,
  { place, etag, record }: Omit<Found, "record"> & { readonly record?: Found["record"] },
  call: Asker,
): Promise<Receipt> {
  const { version, patchUpserts } = line.options
  const isUpsert = request.verb === "upsert" && patchUpserts === true
  const headers = {
    ...(isUpsert ? {} : { "if-match": etag ?? "*" }),
    ...(version === 4 ? { prefer: representation } : {}),
  }
  const body = without(request.record, ...object.keys)
  const answered = await ask(
    line,
    { method: "PATCH", url: place, ...writing(body, headers), isSafe: false },
    call,
  )
  const written = recordIn(answered.body)
  const outcome = isUpsert && answered.status === 201 ? "created" : "updated"
  return {
    answer: written ?? { ...record, ...(withoutAnnotations(request.record) as Record<string, unknown>) },
    outcome,
  }
}

function writing(record: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>>) {
  return { headers: { "content-type": "application/json", ...headers }, body: writeJson(record) }
}
