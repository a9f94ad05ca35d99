// A simulated REST service of the usual kind. Flows in: requests. Flows out: answers. Collections of records with ids; creates that remember an Idempotency-Key and answer
// the same again; records by `external_id`; lists with cursors and `updated_since`.
import { memberOf, objectOf } from "../../connectors/http/json-value.ts"
import { checkKeys, checkState } from "../kernel/check-state.ts"
import { jsonAnswer, jsonOf } from "../kernel/json-body.ts"
import type { Platform, SimAnswer, SimRequest } from "../kernel/platform.ts"

type RestRecord = Record<string, unknown>

interface Remembered {
  readonly body: string
  readonly answer: SimAnswer
  readonly until: number
}

export interface SimulatedRestOptions {
  /** Records of a page; 100 where absent. */
  readonly pageSize?: number
  /** How long a key is remembered; a day where absent. */
  readonly windowMs?: number
  /** The word every request has to bring. */
  readonly token?: string
}

interface Session {
  readonly collections: Map<string, RestRecord[]>
  readonly keys: Map<string, Remembered>
  serial: number
}

export function simulatedRest(options: SimulatedRestOptions = {}): Platform {
  const session: Session = { collections: new Map(), keys: new Map(), serial: 0 }
  return {
    name: "rest",
    dump: () => ({ collections: Object.fromEntries(session.collections), serial: session.serial }),
    load(state) {
      checkState(state, { collections: "records", serial: "count" })
      session.collections.clear()
      session.serial = Number(memberOf(state, "serial") ?? 0)
      for (const [name, records] of Object.entries(objectOf(memberOf(state, "collections")) ?? {})) {
        checkKeys(records as RestRecord[], ["id"], ["collections", name], true)
        session.collections.set(
          name,
          (records as RestRecord[]).map(record => ({ id: `${name}-${++session.serial}`, ...record })),
        )
      }
    },
    handle(request) {
      if (request.path === "/oauth/token")
        return jsonAnswer(200, { access_token: `rest-token-${++session.serial}`, expires_in: 600 })
      const { token } = options
      if (token !== undefined && request.headers.get("authorization") !== `Bearer ${token}`)
        return refused(401, "unauthorized", "The token is not known.")
      return handle(session, request, options)
    },
  }
}

function handle(session: Session, request: SimRequest, options: SimulatedRestOptions): SimAnswer {
  const [collection, id] = request.segments
  if (collection === undefined) return refused(404, "not_found", "There is nothing here.")
  const records = session.collections.get(collection) ?? []
  if (id === undefined && request.method === "GET") return listed(records, request, options)
  const body = objectOf(jsonOf(request.body)) ?? {}
  const values = (objectOf(body["data"]) ?? body) as RestRecord
  if (id === undefined)
    return remembered(session, request, options, () => created(session, collection, values, request))
  const at = records.findIndex(record => record["id"] === id || record["external_id"] === id)
  const one = records[at]
  if (request.method === "PUT" && one === undefined)
    return created(session, collection, { external_id: id, ...values }, request)
  if (one === undefined) return refused(404, "not_found", "There is no such record.")
  switch (request.method) {
    case "GET":
      return jsonAnswer(200, { data: one })
    case "DELETE":
      records.splice(at, 1)
      return { status: 204 }
    default:
      Object.assign(one, values, { updated_at: instant(request) })
      return jsonAnswer(200, { data: one })
  }
}

function created(session: Session, collection: string, values: RestRecord, request: SimRequest): SimAnswer {
  const records = session.collections.get(collection) ?? []
  if (values["name"] === "") return refused(422, "invalid", "name must not be empty.")
  // a 200 that means no, as some services have it
  if (values["name"] === "closed")
    return jsonAnswer(200, { success: false, error: { code: "closed", message: "The period is closed." } })
  const record = { id: `${collection}-${++session.serial}`, ...values, updated_at: instant(request) }
  session.collections.set(collection, [...records, record])
  return jsonAnswer(201, { data: record })
}

function remembered(
  session: Session,
  request: SimRequest,
  { windowMs = 86_400_000 }: SimulatedRestOptions,
  work: () => SimAnswer,
): SimAnswer {
  const key = request.headers.get("idempotency-key")
  if (key === undefined) return work()
  const body = Buffer.from(request.body).toString("utf8")
  const known = session.keys.get(key)
  if (known !== undefined && known.until > request.now)
    return known.body === body
      ? known.answer
      : refused(409, "idempotency_mismatch", "The key was used with another request.")
  const answer = work()
  session.keys.set(key, { body, answer, until: request.now + windowMs })
  return answer
}

function listed(
  records: readonly RestRecord[],
  request: SimRequest,
  { pageSize = 100 }: SimulatedRestOptions,
): SimAnswer {
  const wanted = [...request.query].filter(([name]) => !["cursor", "updated_since", "offset"].includes(name))
  const since = request.query.get("updated_since")
  const found = records.filter(
    record =>
      wanted.every(([name, value]) => String(record[name] ?? "") === value) &&
      (since === null || String(record["updated_at"] ?? "") >= since),
  )
  const start = Number(request.query.get("cursor") ?? request.query.get("offset") ?? 0)
  const end = start + pageSize
  const more = end < found.length
  const link = `${request.origin}${request.path}?cursor=${end}`
  return jsonAnswer(
    200,
    { data: found.slice(start, end), next_cursor: more ? String(end) : null, next: more ? link : null },
    more ? { link: `<${link}>; rel="next"` } : {},
  )
}

function instant({ now }: SimRequest): string {
  return new Date(now).toISOString()
}

function refused(status: number, code: string, message: string): SimAnswer {
  return jsonAnswer(status, { success: false, error: { code, message } })
}
