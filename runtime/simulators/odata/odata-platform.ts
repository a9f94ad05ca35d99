// A simulated OData service over HTTP, of version 2 (as SAP answers) or 4 (as Dynamics does). Flows in: requests. Flows out: answers in the version's forms. Tokens against cross-site
// requests, etags, pages, companies, changes by links, and batches.
import { memberOf, objectOf } from "../../connectors/http/json-value.ts"
import { jsonAnswer, jsonOf } from "../kernel/json-body.ts"
import type { Platform, SimAnswer, SimRequest } from "../kernel/platform.ts"
import { answerBatch } from "./batch.ts"
import { parseFilter, parseKey } from "./filter.ts"
import {
  byKey,
  change,
  create,
  type Entity,
  type EntitySet,
  notFound,
  remove,
  type Service,
  type ServiceError,
  type Stored,
  storedIn,
} from "./service.ts"
import { dumpService, loadService } from "./service-state.ts"

export interface ODataPlatformOptions {
  readonly name: string
  readonly version: 2 | 4
  /** Where the service is: `/sap/opu/odata/sap/API_SALES_ORDER_SRV`. */
  readonly root: string
  readonly sets: Readonly<Record<string, EntitySet>>
  /** Writes need a token and its cookie. */
  readonly csrf?: boolean
  /** Records of other companies show only where a request asks for them. */
  readonly company?: { readonly property: string; readonly own: string }
  readonly patchUpserts?: boolean
  readonly pageSize?: number
}

interface Session {
  service: Service
  readonly options: ODataPlatformOptions
  csrf: string
  serial: number
}

export function odataPlatform(options: ODataPlatformOptions): Platform {
  const session: Session = {
    service: { sets: options.sets, stored: new Map(), deleted: [], locks: new Map(), seq: 0 },
    options,
    csrf: "",
    serial: 0,
  }
  return {
    name: options.name,
    dump: () => dumpService(session.service),
    load(state) {
      session.service = loadService(state, session.service.sets)
    },
    fault(kind) {
      if (kind !== "expired-token") return undefined
      session.csrf = ""
      return { status: 401 }
    },
    handle: request => handle(session, request),
  }
}

function handle(session: Session, request: SimRequest): SimAnswer {
  const { options } = session
  if (request.segments.at(-1) === "token")
    return jsonAnswer(200, { access_token: `odata-token-${++session.serial}`, expires_in: "3600" })
  if (!request.headers.has("authorization")) return { status: 401 }
  if (request.path.replace(/\/$/, "") === options.root.replace(/\/$/, "")) return root(session, request)
  if (!request.path.startsWith(`${options.root}/`)) return refused(session, notFound())
  const isWrite = request.method !== "GET"
  if (isWrite && options.csrf === true && !hasToken(session, request))
    return {
      status: 403,
      headers: { "x-csrf-token": "Required", "content-type": "text/plain" },
      body: "CSRF token validation failed",
    }
  const path = request.segments.slice(options.root.split("/").filter(part => part !== "").length).join("/")
  if (path === "$batch")
    return answerBatch(request, (inner, innerPath) => entityRequest(session, inner, innerPath))
  return entityRequest(session, request, path)
}

function root(session: Session, request: SimRequest): SimAnswer {
  const answer = jsonAnswer(
    200,
    session.options.version === 2 ? { d: { EntitySets: Object.keys(session.options.sets) } } : { value: [] },
  )
  if (request.headers.get("x-csrf-token")?.toLowerCase() !== "fetch") return answer
  session.csrf = `csrf-${++session.serial}`
  return {
    ...answer,
    headers: {
      ...answer.headers,
      "x-csrf-token": session.csrf,
      "set-cookie": [
        `SAP_SESSIONID=${session.csrf}-session; path=/; secure; HttpOnly`,
        "sap-usercontext=sap-client=100; path=/",
      ],
    },
  }
}

function hasToken({ csrf }: Session, { headers }: SimRequest): boolean {
  return (
    csrf !== "" &&
    headers.get("x-csrf-token") === csrf &&
    (headers.get("cookie") ?? "").includes(`SAP_SESSIONID=${csrf}-session`)
  )
}

function entityRequest(session: Session, request: SimRequest, path: string): SimAnswer {
  const [, name = "", keyText] = /^([A-Za-z_]\w*)(?:\((.*)\))?$/.exec(path) ?? []
  const set = Object.hasOwn(session.service.sets, name) ? session.service.sets[name] : undefined
  if (set === undefined) return refused(session, notFound())
  const stamp = new Date(request.now).toISOString()
  if (keyText === undefined) {
    if (request.method === "GET") return list(session, request, name, set)
    const made = create(session.service, name, valuesOf(request), stamp)
    return "code" in made ? refused(session, made) : shown(session, request, name, set, made, 201)
  }
  const key = parseKey(keyText, set.keys)
  if (key === undefined)
    return refused(session, { status: 400, code: "BAD_KEY", message: "The key is not understood." })
  const found = byKey(session.service, name, key)
  if (request.method === "GET")
    return found === undefined ? refused(session, notFound()) : shown(session, request, name, set, found, 200)
  return write(session, request, { name, set, key, found, stamp })
}

interface Place {
  readonly name: string
  readonly set: EntitySet
  readonly key: Readonly<Record<string, string>>
  readonly found: Stored | undefined
  readonly stamp: string
}

function write(session: Session, request: SimRequest, { name, set, key, found, stamp }: Place): SimAnswer {
  const ifMatch = request.headers.get("if-match")
  if (found === undefined) {
    if (request.method !== "PATCH" || session.options.patchUpserts !== true || ifMatch !== undefined)
      return refused(session, notFound())
    const made = create(session.service, name, { ...valuesOf(request), ...key }, stamp)
    return "code" in made ? refused(session, made) : shown(session, request, name, set, made, 201)
  }
  if (request.headers.get("if-none-match") === "*")
    return refused(session, {
      status: 412,
      code: "0x80040237",
      message: "A record with matching key values already exists.",
    })
  if (session.options.version === 2 && ifMatch === undefined)
    return refused(session, { status: 428, code: "PRECONDITION", message: "If-Match is required." })
  if (ifMatch !== undefined && ifMatch !== "*" && ifMatch !== etagOf(found))
    return refused(session, { status: 412, code: "CHANGED", message: "Precondition failed" })
  if (request.method === "DELETE") {
    remove(session.service, name, found)
    return { status: 204 }
  }
  const changed = change(session.service, name, found, valuesOf(request), stamp)
  if ("code" in changed) return refused(session, changed)
  return request.headers.get("prefer")?.includes("return=representation") === true
    ? shown(session, request, name, set, changed, 200)
    : { status: 204 }
}

function valuesOf({ body }: SimRequest): Entity {
  return { ...objectOf(jsonOf(body)) }
}

function etagOf({ seq }: Stored): string {
  return `W/"${seq}"`
}

/** Lists inside stand in the version's own form. */
function entityOf(
  session: Session,
  request: SimRequest,
  name: string,
  set: EntitySet,
  stored: Stored,
): Entity {
  const { version, root } = session.options
  const id = set.keys
    .map(key => `${set.keys.length === 1 ? "" : `${key}=`}'${String(stored.entity[key] ?? "")}'`)
    .join(",")
  const uri = `${request.origin}${root}/${name}(${id})`
  const wanted = request.query.get("$select")?.split(",")
  const values = Object.entries(stored.entity).flatMap(([property, value]): [string, unknown][] => {
    if (wanted !== undefined && !wanted.includes(property) && !set.keys.includes(property)) return []
    const isList = Object.hasOwn(set.nested ?? {}, property)
    if (!isList) return [[property, value]]
    return version === 2
      ? [[property, { __deferred: { uri: `${uri}/${property}` } }]]
      : [[property, memberOf(value, "results")]]
  })
  return {
    ...(version === 2
      ? { __metadata: { id: uri, uri, type: `sim.${name}Type`, etag: etagOf(stored) } }
      : { "@odata.etag": etagOf(stored) }),
    ...Object.fromEntries(values),
  }
}

function shown(
  session: Session,
  request: SimRequest,
  name: string,
  set: EntitySet,
  stored: Stored,
  status: number,
): SimAnswer {
  const entity = entityOf(session, request, name, set, stored)
  const isBare =
    session.options.version === 4 &&
    status === 201 &&
    request.method === "PATCH" &&
    !request.headers.has("prefer")
  return isBare ? { status: 204 } : jsonAnswer(status, session.options.version === 2 ? { d: entity } : entity)
}

function list(session: Session, request: SimRequest, name: string, set: EntitySet): SimAnswer {
  const { service, options } = session
  const filter = parseFilter(request.query.get("$filter") ?? "")
  if (filter === undefined)
    return refused(session, { status: 400, code: "BAD_FILTER", message: "The filter is not understood." })
  const { company } = options
  const allCompanies = company === undefined || request.query.get("cross-company") === "true"
  const since = Number(request.query.get("$deltatoken") ?? 0)
  const found = storedIn(service, name).filter(
    ({ entity, seq }) =>
      filter(entity) && seq > since && (allCompanies || entity[company.property] === company.own),
  )
  const order = request.query.get("$orderby")?.split(",") ?? []
  const sorted = found.toSorted(
    (a, b) =>
      order.map(property => compareTexts(a.entity[property], b.entity[property])).find(one => one !== 0) ?? 0,
  )
  const start = Number(request.query.get("$skiptoken") ?? 0)
  const asked = /odata\.maxpagesize=(\d+)/.exec(request.headers.get("prefer") ?? "")?.[1]
  const size = Math.min(
    options.pageSize ?? 1_000,
    Number(asked ?? Number.POSITIVE_INFINITY),
    Number(request.query.get("$top") ?? Number.POSITIVE_INFINITY),
  )
  const rows = sorted.slice(start, start + size).map(stored => entityOf(session, request, name, set, stored))
  const isLast = start + size >= sorted.length || request.query.has("$top")
  const next = isLast
    ? {}
    : { [options.version === 2 ? "__next" : "@odata.nextLink"]: pageLink(request, start + size) }
  if (options.version === 2) return jsonAnswer(200, { d: { results: rows, ...next } })
  const isTracked =
    request.headers.get("prefer")?.includes("odata.track-changes") === true ||
    request.query.has("$deltatoken")
  const gone =
    isTracked && isLast && since > 0 ? service.deleted.filter(one => one.set === name && one.seq > since) : []
  return jsonAnswer(200, {
    value: [
      ...rows,
      ...gone.map(({ id }) => ({
        "@odata.context": `${request.origin}${options.root}/$metadata#${name}/$deletedEntity`,
        id,
        reason: "deleted",
      })),
    ],
    ...next,
    ...(isTracked && isLast
      ? { "@odata.deltaLink": `${request.origin}${request.path}?$deltatoken=${service.seq}` }
      : {}),
  })
}

function pageLink(request: SimRequest, start: number): string {
  const query = new URLSearchParams(request.query)
  query.set("$skiptoken", String(start))
  return `${request.origin}${request.path}?${query}`
}

function compareTexts(a: unknown, b: unknown): number {
  const [one, other] = [String(a ?? ""), String(b ?? "")]
  return one < other ? -1 : one > other ? 1 : 0
}

function refused({ options }: Session, { status, code, message }: ServiceError): SimAnswer {
  const text = options.version === 2 ? { lang: "en", value: message } : message
  const inner =
    options.version === 2
      ? { innererror: { transactionid: "SIM", errordetails: [{ code, message, severity: "error" }] } }
      : {}
  return jsonAnswer(status, { error: { code, message: text, ...inner } })
}
