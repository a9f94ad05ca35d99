// The connector of Oracle Fusion Cloud ERP. Flows in: options and the world. Flows out: a Connector over its REST resources. A resource is upserted by a header, or known by the source's own
// triple (system, id, number), which its services refuse to take twice.

import { CallFailed } from "../../flow/port/failures.ts"
import type { Call } from "../../flow/port/flow.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import { type Asker, ask, failure, type Line, type PlatformErrors } from "../http/ask.ts"
import type { ConnectionOptions } from "../http/connection.ts"
import { authorizerOf, type Credentials } from "../http/credentials.ts"
import { createHttpClient } from "../http/http-client.ts"
import { listOf, memberOf, objectOf, scalarText, without } from "../http/json-value.ts"
import { keyOf, notOffered } from "../http/key-of.ts"
import { oracleErrorText } from "../http/oracle-errors.ts"
import type { Surroundings } from "../http/surroundings.ts"
import { connectionMembers, credentials } from "../options/common-shapes.ts"
import { describedIn } from "../options/described.ts"
import {
  anyText,
  checkOptions,
  choice,
  count,
  dictionary,
  list,
  object,
  optional,
  type Shape,
  text,
} from "../options/shape.ts"
import type { Connector, ReadRequest, Receipt, SendRequest } from "../port/connector.ts"
import { loadByFile, type OracleFile, type OracleImport } from "./file-load.ts"

export interface OracleFusionOptions extends ConnectionOptions {
  readonly system: string
  readonly auth: Credentials
  /** By the name contracts give them. `baseUrl` ends with the version: `…/fscmRestApi/resources/11.13.18.05`. */
  readonly objects: Readonly<Record<string, OracleObject>>
  /** What is loaded by files, by the name contracts give it. */
  readonly imports?: Readonly<Record<string, OracleImport>>
  /** How long a job that imports is waited for; an hour where absent. */
  readonly jobMs?: number
}

export interface OracleObject {
  /** `receivablesInvoices`, `salesOrdersForOrderHub`. */
  readonly resource: string
  /** The resource takes `Upsert-Mode: true`: it finds by what is sent, changes it or creates it. */
  readonly upserts?: true
  /** Values that go with every record and every question: `{ "SourceTransactionSystem": "FMAP" }`. */
  readonly always?: Readonly<Record<string, string>>
}

const pageSize = 500

export const oracleErrors: PlatformErrors = {
  rules: [
    { says: /already exists|must be unique|duplicate/i, failure: "conflict" },
    { says: /locked|another user has changed/i, failure: "transient" },
  ],
  read: (body, { status }) => (status < 300 ? undefined : oracleErrorText(body)),
}

const shape = {
  ...connectionMembers,
  auth: credentials,
  objects: dictionary(
    object({
      resource: text,
      upserts: optional(choice(true)),
      always: optional(dictionary(text)),
    } satisfies Record<keyof OracleObject, Shape>),
  ),
  imports: optional(
    dictionary(
      object({
        job: text,
        parameters: list(anyText),
        jobOptions: optional(text),
        files: list(
          object({
            name: text,
            columns: list(anyText),
            of: optional(text),
          } satisfies Record<keyof OracleFile, Shape>),
        ),
        refusesDuplicates: optional(choice(true)),
      } satisfies Record<keyof OracleImport, Shape>),
    ),
  ),
  jobMs: optional(count()),
} satisfies Record<keyof OracleFusionOptions, Shape>

export function createOracleFusion(
  options: OracleFusionOptions,
  { secrets, world, client }: Surroundings,
): Connector {
  checkOptions(options, shape)
  const base = {
    system: options.system,
    client: client ?? createHttpClient(options),
    errors: oracleErrors,
    secrets,
    world,
  }
  const line: Line = { ...base, authorizer: authorizerOf(options.auth, base) }
  const objectNamed = describedIn(options.system, options.objects)
  const importNamed = describedIn(options.system, options.imports ?? {})
  const fileLine = { ...line, jobMs: options.jobMs ?? 3_600_000 }
  return {
    system: options.system,
    idempotency: ({ object }, verb) => {
      if (verb === "load") return importNamed(object).refusesDuplicates === true ? { upsert: true } : {}
      return verb === "create" || verb === "ensure" ? { lookUp: true } : { upsert: true }
    },
    async *read(request, signal) {
      yield* readPages(line, objectNamed(request.object), request, signal)
    },
    send: async (request, call) => send(line, objectNamed(request.object), request, call),
    find: async (request, signal) => {
      const found = await find(line, objectNamed(request.object), request, { signal })
      return found === undefined ? undefined : { answer: found, outcome: "unchanged" }
    },
    load: async (request, call) => loadByFile(fileLine, importNamed(request.object), request, call),
    close: () => line.client.close(),
  }
}

async function send(line: Line, object: OracleObject, request: SendRequest, call: Call): Promise<Receipt> {
  keyOf(request)
  switch (request.verb) {
    case "create":
      return post(line, object, request, false, call)
    case "ensure": {
      const there = request.isAbsent === true ? undefined : await find(line, object, request, call)
      return there === undefined
        ? post(line, object, request, false, call)
        : { answer: there, outcome: "unchanged" }
    }
    case "upsert":
      if (object.upserts !== true)
        throw notOffered(
          line.system,
          `${object.resource} has no Upsert-Mode (\`upserts\` in the connection's options).`,
        )
      return post(line, object, request, true, call)
    case "update":
    case "delete": {
      const there = await find(line, object, request, call)
      const place = there === undefined ? undefined : selfOf(there)
      if (request.verb === "delete") {
        if (place === undefined) return { answer: {}, outcome: "unchanged" }
        const { status } = await ask(
          line,
          { method: "DELETE", url: place, isSafe: false, takes: [404] },
          call,
        )
        return { answer: {}, outcome: status === 404 ? "unchanged" : "deleted" }
      }
      if (place === undefined)
        throw failure(
          line,
          true,
          { failure: "rejected" },
          "NOT_FOUND",
          `No ${request.object} has this ${request.key}.`,
        )
      const { body } = await ask(
        line,
        { method: "PATCH", url: place, ...writing(request.record, {}), isSafe: false },
        call,
      )
      return { answer: objectOf(body) ?? {}, outcome: "updated" }
    }
  }
}

async function post(
  line: Line,
  object: OracleObject,
  request: SendRequest,
  upserts: boolean,
  call: Call,
): Promise<Receipt> {
  const record = { ...object.always, ...request.record }
  const headers = upserts ? { "upsert-mode": "true" } : {}
  const { status, body } = await ask(
    line,
    { method: "POST", url: resourceName(object.resource), ...writing(record, headers), isSafe: false },
    call,
  )
  return {
    answer: without(objectOf(body) ?? {}, "links"),
    outcome: upserts && status !== 201 ? "updated" : "created",
  }
}

function writing(record: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>>) {
  const type = "application/vnd.oracle.adf.resourceitem+json"
  return {
    headers: { "content-type": type, "rest-framework-version": "4", ...headers },
    body: writeJson(record),
  }
}

async function find(
  line: Line,
  object: OracleObject,
  request: SendRequest,
  call: Asker,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const conditions = [
    { field: request.key, value: keyOf(request) },
    ...Object.entries(object.always ?? {}).map(([field, value]) => ({ field, value })),
  ]
  const { body } = await ask(
    line,
    question(object, { q: queryText(conditions), limit: "2", offset: "0" }),
    call,
  )
  const [one, other] = itemsOf(line, body)
  if (other !== undefined)
    throw failure(
      line,
      true,
      { failure: "rejected" },
      "SEVERAL",
      `Several records have this ${request.key}: it is no key.`,
    )
  return objectOf(one)
}

async function* readPages(
  line: Line,
  object: OracleObject,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  const fields = request.fields === null ? {} : { fields: request.fields.map(attribute).join(",") }
  const conditions = [
    ...request.where,
    ...Object.entries(object.always ?? {}).map(([field, value]) => ({ field, value })),
  ]
  const q = conditions.length === 0 ? {} : { q: queryText(conditions) }
  for (let offset = 0; ; offset += pageSize) {
    const asked = question(object, {
      ...q,
      ...fields,
      onlyData: "true",
      orderBy: attribute(request.key),
      limit: String(pageSize),
      offset: String(offset),
    })
    const { body } = await ask(line, asked, { signal })
    const items = itemsOf(line, body)
    if (items.length > 0) yield items
    if (memberOf(body, "hasMore") !== true) return
  }
}

function question(object: OracleObject, query: Readonly<Record<string, string>>) {
  return {
    method: "GET",
    url: resourceName(object.resource),
    query,
    headers: { "rest-framework-version": "4" },
    isSafe: true,
  } as const
}

function itemsOf(line: Line, body: unknown): readonly unknown[] {
  const items = listOf(memberOf(body, "items"))
  if (items === undefined)
    throw failure(line, true, { failure: "transient" }, "BAD_ANSWER", "The answer has no items.")
  return items
}

/** `Name='value';Other='value'`, all of which have to hold. */
function queryText(conditions: readonly { readonly field: string; readonly value: unknown }[]): string {
  return conditions
    .map(({ field, value }) => {
      const text = scalarText(value)
      if (text === undefined)
        throw new CallFailed("rejected", "BAD_VALUE", `${field} cannot be asked for by a record or a list.`)
      return `${attribute(field)}=${typeof value === "number" ? text : `'${text.replaceAll("'", "''")}'`}`
    })
    .join(";")
}

/** Where the platform says a record is: keys of children are opaque and never made by us. */
function selfOf(record: unknown): string | undefined {
  const self = (listOf(memberOf(record, "links")) ?? []).find(link => memberOf(link, "rel") === "self")
  return scalarText(memberOf(self, "href"))
}

function attribute(name: string): string {
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return name
  throw new CallFailed(
    "rejected",
    "BAD_NAME",
    `${JSON.stringify(name.slice(0, 80))} is no attribute of Oracle.`,
  )
}

function resourceName(name: string): string {
  return attribute(name)
}
