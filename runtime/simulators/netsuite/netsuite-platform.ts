// A simulated NetSuite: the REST record, query and job services connectors use. Flows in: requests. Flows out: answers in the platform's forms. Names that nobody
// knows are ignored unless a header asks for errors; an idempotency key counts only for asynchronous requests.
import { memberOf, objectOf } from "../../connectors/http/json-value.ts"
import { jsonAnswer, jsonOf } from "../kernel/json-body.ts"
import type { Platform, SimAnswer, SimRequest } from "../kernel/platform.ts"
import { MalformedQuery } from "../kernel/query-parser.ts"
import {
  type Account,
  type AccountError,
  type AccountRecord,
  type AccountWritten,
  byExternalId,
  create,
  recordsOf,
  update,
} from "./account.ts"
import { dumpAccount, loadAccount } from "./account-state.ts"
import { type SimRecordType, standardTypes } from "./record-types.ts"
import { runSuiteql } from "./suiteql.ts"

export interface SimulatedNetSuiteOptions {
  readonly types?: Readonly<Record<string, SimRecordType>>
  /** How often a job is asked for before it has ended; once where absent. */
  readonly jobPolls?: number
}

interface Job {
  readonly id: string
  readonly result: SimAnswer
  polls: number
}

interface Session {
  account: Account
  readonly tokens: Set<string>
  readonly jobs: Map<string, Job>
  readonly jobOfKey: Map<string, string>
  serial: number
}

export function simulatedNetSuite(options: SimulatedNetSuiteOptions = {}): Platform {
  const session: Session = {
    account: {
      types: options.types ?? standardTypes,
      records: new Map(),
      external: new Map(),
      tables: new Map(),
      serial: 0,
    },
    tokens: new Set(),
    jobs: new Map(),
    jobOfKey: new Map(),
    serial: 0,
  }
  return {
    name: "netsuite",
    dump: () => dumpAccount(session.account),
    load(state) {
      session.account = loadAccount(state, session.account.types)
    },
    fault: kind => faultOf(session, kind),
    handle: request => handle(session, request, options),
  }
}

function faultOf(session: Session, kind: string): SimAnswer {
  switch (kind) {
    case "too-many":
      return problem(429, "CONCURRENCY_LIMIT_EXCEEDED", "Concurrent request limit exceeded. Request blocked.")
    case "unavailable":
      return problem(503, "SERVICE_UNAVAILABLE", "The service is temporarily unavailable.")
    case "expired-token":
      session.tokens.clear()
      return problem(401, "INVALID_LOGIN", "Invalid login attempt.")
    default:
      return problem(500, "UNEXPECTED_ERROR", "An unexpected error occurred. Error ID: sim")
  }
}

function handle(session: Session, request: SimRequest, options: SimulatedNetSuiteOptions): SimAnswer {
  const [services, rest, area, ...path] = request.segments
  if (services !== "services" || rest !== "rest")
    return problem(404, "NOT_FOUND", "The resource does not exist.")
  if (area === "auth") return token(session)
  if (!isKnown(session, request.headers.get("authorization") ?? ""))
    return problem(401, "INVALID_LOGIN", "Invalid login attempt.")
  if (area === "query") return query(session, request)
  if (area === "async") return job(session, request, path.slice(2), options)
  if (area !== "record") return problem(404, "NOT_FOUND", "The resource does not exist.")
  if (request.headers.get("prefer") === "respond-async") return submitted(session, request, path.slice(1))
  return record(session, request, path.slice(1))
}

function token(session: Session): SimAnswer {
  const value = `eySim.${++session.serial}`
  session.tokens.add(value)
  return jsonAnswer(200, { access_token: value, expires_in: "3600", token_type: "bearer" })
}

/** Signatures are not checked, but there has to be one. */
function isKnown({ tokens }: Session, authorization: string): boolean {
  return authorization.startsWith("OAuth ")
    ? /oauth_signature="[^"]+"/.test(authorization)
    : tokens.has(authorization.replace(/^Bearer /, ""))
}

function record(session: Session, request: SimRequest, [type = "", place]: readonly string[]): SimAnswer {
  const { account } = session
  if (!Object.hasOwn(account.types, type))
    return problem(404, "NONEXISTENT_RECORD_TYPE", `Record type '${type}' does not exist.`)
  const write = {
    type,
    values: objectOf(jsonOf(request.body)) ?? {},
    replace: request.query.get("replace")?.split(",") ?? [],
    refusesUnknown: request.headers.get("x-netsuite-propertynamevalidation") === "Error",
    at: `${new Date(request.now).toISOString().slice(0, 19)}Z`,
  }
  if (place === undefined)
    return request.method === "POST"
      ? written(create(account, write), type, request)
      : listed(account, type, request)
  const externalId = place.startsWith("eid:") ? place.slice(4) : undefined
  const found =
    externalId === undefined ? recordsOf(account, type).get(place) : byExternalId(account, type, externalId)
  if (request.method === "PUT" && externalId !== undefined)
    return written(
      found === undefined
        ? create(account, { ...write, values: { ...write.values, externalId } })
        : update(account, write, found),
      type,
      request,
    )
  if (found === undefined)
    return problem(
      404,
      "NONEXISTENT_ID",
      "The record instance does not exist. Provide a valid record instance ID.",
    )
  if (request.method === "PATCH") return written(update(account, write, found), type, request)
  if (request.method === "DELETE") {
    recordsOf(account, type).delete(String(found["id"]))
    return { status: 204 }
  }
  return jsonAnswer(200, shown(found, type, account, request))
}

function shown(found: AccountRecord, type: string, account: Account, request: SimRequest): unknown {
  const names = request.query.get("fields")?.split(",")
  const links = [
    { rel: "self", href: `${request.origin}/services/rest/record/v1/${type}/${String(found["id"])}` },
  ]
  const values = Object.entries(found).filter(
    ([name]) => names === undefined || names.includes(name) || name === "id",
  )
  const lists = account.types[type]?.lists ?? {}
  const expands = request.query.get("expandSubResources") === "true"
  return {
    links,
    ...Object.fromEntries(
      values.map(([name, value]) => [
        name,
        Object.hasOwn(lists, name) && !expands
          ? { links: [{ rel: "self", href: `${links[0]?.href}/${name}` }] }
          : value,
      ]),
    ),
  }
}

/** Ids and links, nothing else. */
function listed(account: Account, type: string, request: SimRequest): SimAnswer {
  const limit = Number(request.query.get("limit") ?? 1_000)
  const offset = Number(request.query.get("offset") ?? 0)
  const [, field, wanted] = /^(\w+) IS "?(.*?)"?$/.exec(request.query.get("q") ?? "") ?? []
  const all = [...recordsOf(account, type).values()].filter(
    one => field === undefined || String(one[field] ?? "") === wanted?.replace(/\\(.)/g, "$1"),
  )
  const items = all.slice(offset, offset + limit).map(one => ({ links: [], id: one["id"] }))
  return jsonAnswer(200, {
    links: [],
    count: items.length,
    hasMore: offset + limit < all.length,
    items,
    offset,
    totalResults: all.length,
  })
}

function query(session: Session, request: SimRequest): SimAnswer {
  const q = memberOf(jsonOf(request.body), "q")
  const limit = Number(request.query.get("limit") ?? 1_000)
  const offset = Number(request.query.get("offset") ?? 0)
  if (request.headers.get("prefer") !== "transient")
    return problem(400, "INVALID_HEADER", "The Prefer: transient header is required.")
  try {
    const rows = runSuiteql(session.account, String(q))
    const items = rows.slice(offset, offset + limit)
    return jsonAnswer(200, {
      links: [],
      count: items.length,
      hasMore: offset + limit < rows.length,
      items,
      offset,
      totalResults: rows.length,
    })
  } catch (error) {
    if (error instanceof MalformedQuery)
      return problem(
        400,
        "INVALID_PARAMETER",
        `Invalid search query. Detailed unprocessed description follows. ${error.message}`,
      )
    throw error
  }
}

function submitted(session: Session, request: SimRequest, path: readonly string[]): SimAnswer {
  const key = request.headers.get("x-netsuite-idempotency-key")
  const known = key === undefined ? undefined : session.jobOfKey.get(key)
  if (known !== undefined) {
    const refused = problem(
      400,
      "IDEMPOTENCY_ERROR",
      "A request with the same idempotency key is already submitted.",
    )
    return { ...refused, headers: { ...refused.headers, location: jobPlace(known) } }
  }
  const id = String(++session.serial)
  session.jobs.set(id, { id, result: record(session, request, path), polls: 0 })
  if (key !== undefined) session.jobOfKey.set(key, id)
  return { status: 202, headers: { location: jobPlace(id), "preference-applied": "respond-async" } }
}

function job(
  session: Session,
  request: SimRequest,
  [id = "", task, number, result]: readonly string[],
  options: SimulatedNetSuiteOptions,
): SimAnswer {
  const found = session.jobs.get(id)
  if (found === undefined) return problem(404, "NONEXISTENT_ID", "The job does not exist.")
  const completed = found.polls >= (options.jobPolls ?? 1)
  if (task === undefined) {
    found.polls++
    return jsonAnswer(200, { links: [], completed, id, progress: completed ? "succeeded" : "pending" })
  }
  if (!completed) return problem(404, "NONEXISTENT_ID", "The job has not ended.")
  if (number === undefined)
    return jsonAnswer(200, {
      links: [],
      count: 1,
      hasMore: false,
      items: [{ id: "1", links: [] }],
      offset: 0,
      totalResults: 1,
    })
  if (result === "result") return found.result
  return jsonAnswer(200, {
    id: number,
    completed: true,
    link: `${request.origin}${jobPlace(id)}/task/1/result`,
  })
}

function jobPlace(id: string): string {
  return `/services/rest/async/v1/job/${id}`
}

function written(result: AccountWritten, type: string, request: SimRequest): SimAnswer {
  if ("code" in result) return problem(result.status, result.code, result.detail, result.path)
  return {
    status: 204,
    headers: { location: `${request.origin}/services/rest/record/v1/${type}/${result.id}` },
  }
}

function problem(status: number, code: AccountError["code"], detail: string, path?: string): SimAnswer {
  return jsonAnswer(
    status,
    {
      type: "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html",
      title: status === 429 ? "Too Many Requests" : status < 500 ? "Bad Request" : "Internal Server Error",
      status,
      "o:errorDetails": [
        { detail, "o:errorCode": code, ...(path === undefined ? {} : { "o:errorPath": path }) },
      ],
    },
    { "content-type": "application/vnd.oracle.resource+json; type=error; charset=UTF-8" },
  )
}
