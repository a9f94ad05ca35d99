// A simulated Oracle Fusion ERP: REST resources and imports by files. Flows in: requests. Flows out: answers in the platform's forms. Sales orders of other systems are told apart by system and id and refused a second time; invoices are found again by number where
// `Upsert-Mode` asks for it.
import { memberOf, objectOf } from "../../connectors/http/json-value.ts"
import { checkState, placeOf } from "../kernel/check-state.ts"
import { jsonAnswer, jsonOf } from "../kernel/json-body.ts"
import type { Platform, SimAnswer, SimRequest } from "../kernel/platform.ts"
import { dumpImports, type ErpImports, erpImports, importRequest, loadImports } from "./erp-imports.ts"

type Row = Record<string, unknown>

interface Resource {
  /** Attributes that no two records share, together. */
  readonly unique: readonly string[]
  readonly required: readonly string[]
  readonly id: string
}

const resources: Readonly<Record<string, Resource>> = {
  receivablesInvoices: {
    id: "CustomerTransactionId",
    unique: ["TransactionNumber", "BusinessUnit"],
    required: ["TransactionNumber", "BusinessUnit", "InvoiceCurrencyCode"],
  },
  salesOrdersForOrderHub: {
    id: "HeaderId",
    unique: ["SourceTransactionSystem", "SourceTransactionId"],
    required: ["SourceTransactionSystem", "SourceTransactionId", "SourceTransactionNumber"],
  },
}

export function simulatedOracleFusion(): Platform {
  const state = { rows: new Map<string, Row[]>(), serial: 0, imports: erpImports() }
  return {
    name: "oracle-fusion",
    dump: () => ({
      records: Object.fromEntries(state.rows),
      serial: state.serial,
      ...dumpImports(state.imports),
    }),
    load(given) {
      checkState(given, { records: "records", serial: "count", imported: "lists", refuses: "list" })
      state.rows.clear()
      loadImports(state.imports, given)
      state.serial = Number(memberOf(given, "serial") ?? 0)
      for (const [name, rows] of Object.entries(objectOf(memberOf(given, "records")) ?? {})) {
        const resource = Object.hasOwn(resources, name) ? resources[name] : undefined
        if (resource === undefined)
          throw new RangeError(`${placeOf(["records", name])}: There is no resource ${name}`)
        state.rows.set(
          name,
          (rows as readonly Row[]).map(row => ({ [resource.id]: idOf(++state.serial), ...row })),
        )
      }
    },
    handle: request => handle(state, request),
  }
}

/** Ids have fifteen digits. */
function idOf(serial: number): number {
  return 300_000_000_000_000 + serial
}

function handle(
  state: { readonly rows: Map<string, Row[]>; serial: number; readonly imports: ErpImports },
  request: SimRequest,
): SimAnswer {
  const [name = "", key] = request.segments.slice(3)
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined
  if (!request.headers.has("authorization"))
    return refused(401, "Unauthorized", "Authentication is required.")
  if (name === "erpintegrations") return importRequest(state.imports, request)
  if (resource === undefined) return refused(404, "Not Found", `There is no resource ${name}.`)
  const rows = state.rows.get(name) ?? []
  state.rows.set(name, rows)
  if (key === undefined && request.method === "GET") return list(rows, name, resource, request)
  const values = (objectOf(jsonOf(request.body)) ?? {}) as Row
  if (key === undefined) return post(state, rows, name, resource, values, request)
  const at = rows.findIndex(row => String(row[resource.id]) === key)
  const row = rows[at]
  if (row === undefined) return refused(404, "Not Found", "The record does not exist.")
  if (request.method === "DELETE") {
    rows.splice(at, 1)
    return { status: 204 }
  }
  if (request.method === "PATCH") Object.assign(row, values)
  return jsonAnswer(200, shown(row, name, resource, request))
}

function post(
  state: { serial: number },
  rows: Row[],
  name: string,
  resource: Resource,
  values: Row,
  request: SimRequest,
): SimAnswer {
  const same = rows.find(row =>
    resource.unique.every(attribute => row[attribute] !== undefined && row[attribute] === values[attribute]),
  )
  if (same !== undefined && request.headers.get("upsert-mode") === "true") {
    Object.assign(same, values)
    return jsonAnswer(200, shown(same, name, resource, request))
  }
  if (same !== undefined)
    return refused(
      400,
      "Bad Request",
      `A record with the same ${resource.unique.join(" and ")} already exists.`,
      "FND-2608",
    )
  const lacking = resource.required.find(attribute => (values[attribute] ?? "") === "")
  if (lacking !== undefined)
    return refused(400, "Bad Request", `You must provide a value for the ${lacking} attribute.`, "FND-2711")
  const row = { [resource.id]: idOf(++state.serial), ...values }
  rows.push(row)
  return jsonAnswer(201, shown(row, name, resource, request))
}

function shown(row: Row, name: string, resource: Resource, request: SimRequest): Row {
  const href = `${request.origin}/${request.segments.slice(0, 3).join("/")}/${name}/${String(row[resource.id])}`
  return request.query.get("onlyData") === "true"
    ? row
    : { ...row, links: [{ rel: "self", href, name, kind: "item" }] }
}

function list(rows: readonly Row[], name: string, resource: Resource, request: SimRequest): SimAnswer {
  const conditions = [...(request.query.get("q") ?? "").matchAll(/(\w+)=(?:'((?:''|[^'])*)'|([^;]+))/g)]
  const found = rows.filter(row =>
    conditions.every(
      ([, attribute = "", text, bare]) =>
        String(row[attribute] ?? "") === (text?.replaceAll("''", "'") ?? bare),
    ),
  )
  const offset = Number(request.query.get("offset") ?? 0)
  const limit = Math.min(Number(request.query.get("limit") ?? 25), 500)
  const items = found.slice(offset, offset + limit).map(row => shown(row, name, resource, request))
  return jsonAnswer(200, {
    items,
    count: items.length,
    hasMore: offset + limit < found.length,
    limit,
    offset,
  })
}

function refused(status: number, title: string, detail: string, code?: string): SimAnswer {
  return jsonAnswer(
    status,
    {
      title,
      status: String(status),
      "o:errorDetails": [{ detail, ...(code === undefined ? {} : { "o:errorCode": code }) }],
    },
    { "content-type": "application/vnd.oracle.adf.error+json" },
  )
}
