// A simulated Salesforce: the REST services connectors use. Flows in: requests. Flows out: answers in the platform's forms. Tokens, queries with pages, describe,
// records by id and external id, collections, jobs; limits of requests and locks of rows on demand.
import { jsonAnswer, jsonOf } from "../kernel/json-body.ts"
import type { Platform, SimAnswer, SimRequest } from "../kernel/platform.ts"
import { MalformedQuery } from "../kernel/query-parser.ts"
import { type BulkJobs, bulkRequest } from "./bulk-jobs.ts"
import { type SimObject, standardObjects, systemFields } from "./objects.ts"
import {
  insert,
  matching,
  type Org,
  type OrgRecord,
  remove,
  tableOf,
  update,
  upsert,
  type Written,
} from "./org.ts"
import { dumpOrg, loadOrg } from "./org-state.ts"
import { runQuery } from "./run-query.ts"
import { parseSoql } from "./soql.ts"

export interface SimulatedSalesforceOptions {
  readonly objects?: Readonly<Record<string, SimObject>>
  /** Rows of a page; 2,000 where absent. */
  readonly pageSize?: number
  /** Requests until the org's limit is reached; none where absent. */
  readonly dailyRequests?: number
  /** A job of the Bulk API with more records fails behind so many. */
  readonly jobStopsAfter?: number
  /** Who writes through the API. */
  readonly user?: string
}

interface Session {
  org: Org
  /** Tokens that were given and not refused since. */
  readonly tokens: Set<string>
  readonly cursors: Map<string, readonly OrgRecord[]>
  readonly bulk: BulkJobs
  requests: number
  serial: number
}

const integrationUser = "005Sm000000INTEGAM"

export function simulatedSalesforce(options: SimulatedSalesforceOptions = {}): Platform {
  const session: Session = {
    org: { objects: options.objects ?? standardObjects, records: new Map(), locks: new Map(), serial: 0 },
    tokens: new Set(),
    cursors: new Map(),
    bulk: { jobs: new Map(), serial: 0 },
    requests: 0,
    serial: 0,
  }
  return {
    name: "salesforce",
    dump: () => dumpOrg(session.org),
    load(state) {
      session.org = loadOrg(state, session.org.objects)
    },
    fault: kind => faultOf(session, kind),
    handle: request => handle(session, request, options),
  }
}

function faultOf(session: Session, kind: string): SimAnswer {
  switch (kind) {
    case "too-many":
      return refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
    case "unavailable":
      return refusal(503, "SERVER_UNAVAILABLE", "The server is temporarily unavailable.")
    case "expired-token":
      session.tokens.clear()
      return refusal(401, "INVALID_SESSION_ID", "Session expired or invalid")
    default:
      return refusal(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred.")
  }
}

function handle(session: Session, request: SimRequest, options: SimulatedSalesforceOptions): SimAnswer {
  const [services, area, version, resource, ...rest] = request.segments
  if (services !== "services") return refusal(404, "NOT_FOUND", "The requested resource does not exist")
  if (area === "oauth2" && version === "token") return token(session, request, options)
  const bearer = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? ""
  if (!session.tokens.has(bearer)) return refusal(401, "INVALID_SESSION_ID", "Session expired or invalid")
  if (options.dailyRequests !== undefined && session.requests++ >= options.dailyRequests)
    return refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
  if (resource === "query" || resource === "queryAll") return query(session, request, options, rest[0])
  if (resource === "sobjects") return records(session, request, rest, options)
  if (resource === "composite" && rest[0] === "sobjects")
    return collection(session, request, rest.slice(1), options)
  if (resource === "jobs") {
    const rules = { by: options.user ?? integrationUser, stopsAfter: options.jobStopsAfter }
    return bulkRequest(session.bulk, session.org, request, rest, rules)
  }
  return refusal(404, "NOT_FOUND", "The requested resource does not exist")
}

function token(session: Session, request: SimRequest, options: SimulatedSalesforceOptions): SimAnswer {
  const form = new URLSearchParams(Buffer.from(request.body).toString("utf8"))
  const grant = form.get("grant_type")
  const isGood =
    (grant === "client_credentials" &&
      form.get("client_id") !== null &&
      form.get("client_secret") !== null) ||
    (grant === "urn:ietf:params:oauth:grant-type:jwt-bearer" &&
      isAssertion(form.get("assertion"), request.now))
  if (!isGood) return jsonAnswer(400, { error: "invalid_grant", error_description: "authentication failure" })
  const value = `00DSm000000ORG!TOKEN.${++session.serial}`
  session.tokens.add(value)
  return jsonAnswer(200, {
    access_token: value,
    instance_url: request.origin,
    id: `${request.origin}/id/00DSm000000ORGAAA/${options.user ?? integrationUser}`,
    token_type: "Bearer",
    issued_at: String(request.now),
  })
}

/** The signature is not checked: a simulator knows no certificate. */
function isAssertion(text: string | null, now: number): boolean {
  const claims = jsonOf(Buffer.from(text?.split(".")[1] ?? "", "base64url"))
  const end =
    typeof claims === "object" && claims !== null && "exp" in claims ? Number(claims.exp) * 1_000 : 0
  return end > now && end <= now + 5 * 60_000
}

function query(
  session: Session,
  request: SimRequest,
  options: SimulatedSalesforceOptions,
  locator: string | undefined,
): SimAnswer {
  if (locator !== undefined) {
    const [cursor = "", offset] = locator.split("-")
    const rows = session.cursors.get(cursor)
    if (rows === undefined) return refusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
    return page(rows, Number(offset), cursor, request, options)
  }
  try {
    const rows = runQuery(
      session.org,
      parseSoql(request.query.get("q") ?? ""),
      request.segments[3] === "queryAll",
    )
    if (!Array.isArray(rows)) return jsonAnswer(400, [rows])
    const cursor = `01gSm${++session.serial}`
    session.cursors.set(cursor, rows)
    return page(rows, 0, cursor, request, options)
  } catch (error) {
    if (error instanceof MalformedQuery) return refusal(400, "MALFORMED_QUERY", error.message)
    throw error
  }
}

function page(
  rows: readonly OrgRecord[],
  start: number,
  cursor: string,
  request: SimRequest,
  options: SimulatedSalesforceOptions,
): SimAnswer {
  const end = start + (options.pageSize ?? 2_000)
  const done = end >= rows.length
  return jsonAnswer(200, {
    totalSize: rows.length,
    done,
    ...(done ? {} : { nextRecordsUrl: `/services/data/${request.segments[2]}/query/${cursor}-${end}` }),
    records: rows.slice(start, end),
  })
}

function records(
  session: Session,
  request: SimRequest,
  [object = "", field, key]: readonly string[],
  options: SimulatedSalesforceOptions,
): SimAnswer {
  const { org } = session
  const shape = Object.hasOwn(org.objects, object) ? org.objects[object] : undefined
  if (shape === undefined) return refusal(404, "NOT_FOUND", "The requested resource does not exist")
  if (field === "describe") return jsonAnswer(200, described(object, shape))
  const write = {
    object,
    values: (jsonOf(request.body) ?? {}) as OrgRecord,
    at: instant(request.now),
    by: options.user ?? integrationUser,
  }
  if (field === undefined)
    return request.method === "POST"
      ? answerOf(insert(org, write), object, request)
      : refusal(405, "METHOD_NOT_ALLOWED", "HTTP Method not allowed")
  const [by, value] = key === undefined ? ["Id", field] : [field, key]
  if (request.method === "PATCH") {
    const one = by === "Id" ? tableOf(org, object).get(value) : undefined
    return answerOf(
      one === undefined ? upsert(org, write, by, value) : update(org, write, one),
      object,
      request,
      by === "Id",
    )
  }
  if (by !== "Id" && shape.fields[by]?.externalId !== true)
    return refusal(404, "NOT_FOUND", `Provided external ID field does not exist or is not accessible: ${by}`)
  const found = matching(org, object, by, value)
  const [one] = found
  if (one === undefined) return refusal(404, "NOT_FOUND", "The requested resource does not exist")
  if (found.length > 1)
    return several(
      object,
      found.map(record => String(record["Id"])),
      request,
    )
  if (request.method === "DELETE") {
    remove(one, write.at, write.by)
    return { status: 204 }
  }
  const names = request.query.get("fields")?.split(",") ?? Object.keys({ ...systemFields, ...shape.fields })
  return jsonAnswer(200, {
    attributes: { type: object, url: `${request.path}` },
    ...Object.fromEntries(names.map(name => [name, one[name] ?? null])),
  })
}

function answerOf(written: Written, object: string, request: SimRequest, isById = false): SimAnswer {
  if ("several" in written) return several(object, written.several, request)
  if ("errors" in written) {
    const isAbsent = written.errors.some(({ errorCode }) => errorCode === "NOT_FOUND")
    return jsonAnswer(isAbsent ? 404 : 400, written.errors)
  }
  if (isById) return { status: 204 }
  return jsonAnswer(written.created ? 201 : 200, {
    id: written.id,
    success: true,
    errors: [],
    created: written.created,
  })
}

function several(object: string, ids: readonly string[], request: SimRequest): SimAnswer {
  return jsonAnswer(
    300,
    ids.map(id => `/services/data/${request.segments[2]}/sobjects/${object}/${id}`),
  )
}

function collection(
  session: Session,
  request: SimRequest,
  [object = "", field = ""]: readonly string[],
  options: SimulatedSalesforceOptions,
): SimAnswer {
  const body = jsonOf(request.body) as { readonly records?: readonly OrgRecord[] } | undefined
  const list = body?.records
  if (list === undefined) return refusal(400, "JSON_PARSER_ERROR", "The body has no records")
  if (list.length > 200)
    return refusal(
      400,
      "EXCEEDED_ID_LIMIT",
      "record limit reached. cannot submit more than 200 records into this call",
    )
  const results = list.map(values => {
    const write = { object, values, at: instant(request.now), by: options.user ?? integrationUser }
    const written = upsert(session.org, write, field, String(values[field] ?? ""))
    if ("id" in written) return { id: written.id, success: true, errors: [], created: written.created }
    const errors =
      "errors" in written
        ? written.errors
        : [
            {
              errorCode: "DUPLICATE_EXTERNAL_ID",
              message: `${field}: more than one record found for external id field`,
              fields: [field],
            },
          ]
    return {
      success: false,
      errors: errors.map(({ errorCode, message, fields }) => ({ statusCode: errorCode, message, fields })),
    }
  })
  return jsonAnswer(200, results)
}

function described(object: string, shape: SimObject): unknown {
  return {
    name: object,
    keyPrefix: shape.prefix,
    fields: Object.entries({ ...systemFields, ...shape.fields }).map(([name, field]) => ({
      name,
      type: field.type,
      length: field.length ?? 0,
      nillable: field.required !== true,
      createable: field.readOnly !== true,
      externalId: field.externalId === true,
      relationshipName: field.relationship?.name ?? null,
      referenceTo: field.relationship === undefined ? [] : [field.relationship.to],
    })),
  }
}

function instant(now: number): string {
  return new Date(now).toISOString().replace("Z", "+0000")
}

function refusal(status: number, errorCode: string, message: string): SimAnswer {
  return jsonAnswer(status, [{ message, errorCode }])
}
