// What an answer means, for every connector that speaks HTTP: one table of statuses for all, and each platform's own words. And for each: a redirect is not followed, and neither a network nor a host it was not
// given is reached.
import { generateKeyPairSync } from "node:crypto"
import { describe, expect, test } from "vitest"
import { createAdaptive } from "../../../runtime/connectors/adaptive/adaptive.ts"
import { createAnaplan } from "../../../runtime/connectors/anaplan/anaplan.ts"
import { createHttpSystem } from "../../../runtime/connectors/generic/generic-http.ts"
import type { ConnectionOptions } from "../../../runtime/connectors/http/connection.ts"
import { createNetSuite } from "../../../runtime/connectors/netsuite/netsuite.ts"
import { createOData } from "../../../runtime/connectors/odata/odata.ts"
import { createOracleFusion } from "../../../runtime/connectors/oracle/oracle-fusion.ts"
import type { Connector } from "../../../runtime/connectors/port/connector.ts"
import { createSalesforce } from "../../../runtime/connectors/salesforce/salesforce.ts"
import type { FailureClass } from "../../../runtime/flow/port/failures.ts"
import type { Platform, SimAnswer, SimRequest } from "../../../runtime/simulators/kernel/platform.ts"
import { call, failureOf, type Stage, stageOf } from "./harness.ts"

type On = Pick<Stage, "world" | "secrets">
type At = Pick<ConnectionOptions, "baseUrl" | "reach" | "totalMs">

interface Subject {
  readonly path: string
  readonly connect: (at: At, on: On) => Connector
  /** One call that changes something. */
  readonly act: (connector: Connector) => Promise<unknown>
  /** Where statuses mean something else than the table says. */
  readonly differs?: Readonly<Record<string, FailureClass>>
  /** Its own words: status, body, headers. */
  readonly says: readonly (readonly [
    title: string,
    status: number,
    body: unknown,
    failure: FailureClass,
    headers?: Readonly<Record<string, string>>,
  ])[]
}

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
const secrets = { NS_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), NS_CERT: "c1" }
const login = { kind: "basic", user: "env:CLIENT_ID", password: "env:CLIENT_SECRET" } as const
const send = (object: string, key: string) => (connector: Connector) =>
  connector.send({ object, key, fields: null, verb: "create", record: { [key]: "K-1", Name: "N" } }, call())
const load = (object: string, record: object) => (connector: Connector) =>
  connector.load?.(
    { object, key: "Code", fields: null, mode: { kind: "add" }, records: [{ ...record }] },
    call(),
  ) ?? Promise.reject(new Error("it takes no loads"))

const sales = (errorCode: string) => [{ errorCode, message: "what it says", fields: [] }]
const oracle = (code: string | undefined, detail = "what it says") => ({
  title: "Bad Request",
  "o:errorDetails": [{ detail, ...(code === undefined ? {} : { "o:errorCode": code }) }],
})
const odata = (code: string, value = "what it says") => ({ error: { code, message: { lang: "en", value } } })
const xml = (key: string) =>
  `<response success="false"><messages><message key="${key}" type="ERROR">what it says</message></messages></response>`

const subjects: Readonly<Record<string, Subject>> = {
  Salesforce: {
    path: "",
    connect: (at, on) =>
      createSalesforce(
        {
          ...at,
          system: "Salesforce",
          apiVersion: "v62.0",
          auth: { kind: "client-credentials", clientId: "env:CLIENT_ID", clientSecret: "env:CLIENT_SECRET" },
        },
        on,
      ),
    act: send("Account", "ExternalId__c"),
    says: [
      ["the limit of requests", 403, sales("REQUEST_LIMIT_EXCEEDED"), "throttled"],
      ["a row somebody holds", 400, sales("UNABLE_TO_LOCK_ROW"), "transient"],
      ["a server that is away", 503, sales("SERVER_UNAVAILABLE"), "transient"],
      ["an interface that is switched off", 403, sales("API_DISABLED_FOR_ORG"), "auth"],
      ["a field that is missing", 400, sales("REQUIRED_FIELD_MISSING"), "rejected"],
      ["an external id that is there", 400, sales("DUPLICATE_VALUE"), "conflict"],
      ["a rule against doubles", 400, sales("DUPLICATES_DETECTED"), "conflict"],
      ["something unexpected", 500, sales("UNKNOWN_EXCEPTION"), "in-doubt"],
      ["several records", 300, ["/a", "/b"], "rejected"],
    ],
  },
  NetSuite: {
    path: "",
    connect: (at, on) =>
      createNetSuite(
        {
          ...at,
          system: "NetSuite",
          account: "1234567",
          auth: {
            kind: "oauth2",
            clientId: "env:CLIENT_ID",
            certificateId: "env:NS_CERT",
            privateKey: "env:NS_KEY",
          },
        },
        on,
      ),
    act: send("customer", "externalId"),
    says: [
      ["the budget of requests at one time", 429, oracle("CONCURRENCY_LIMIT_EXCEEDED"), "throttled"],
      ["the same under 400", 400, oracle("SSS_REQUEST_LIMIT_EXCEEDED"), "throttled"],
      ["a record changed meanwhile", 400, oracle("RCRD_HAS_BEEN_CHANGED"), "transient"],
      ["a login", 401, oracle("INVALID_LOGIN"), "auth"],
      ["content", 400, oracle("INVALID_CONTENT"), "rejected"],
      ["a reference", 400, oracle("INVALID_KEY_OR_REF"), "rejected"],
      ["an entity that is there", 400, oracle("DUP_ENTITY"), "conflict"],
      ["the same in words", 400, oracle("USER_ERROR", "This record already exists"), "conflict"],
      ["something unexpected", 400, oracle("UNEXPECTED_ERROR"), "in-doubt"],
    ],
  },
  OData: {
    path: "/data",
    connect: (at, on) =>
      createOData(
        {
          ...at,
          system: "OData",
          version: 4,
          auth: login,
          objects: { Customers: { set: "Customers", keys: ["Code"] } },
        },
        on,
      ),
    act: send("Customers", "Code"),
    differs: { "412": "transient" },
    says: [
      ["service protection: count", 429, odata("0x80072322"), "throttled"],
      ["service protection: at one time", 429, odata("0x80072326"), "throttled"],
      ["a document somebody has open", 400, odata("V1/042", "Order 1 is locked by USER"), "transient"],
      ["a token against forgery", 403, "", "auth", { "x-csrf-token": "Required" }],
      ["a material that is not there", 400, odata("M3/305"), "rejected"],
      ["a key that is there", 400, odata("0x80040237"), "conflict"],
      ["the same in words", 400, odata("SY/530", "Entity already exists"), "conflict"],
    ],
  },
  "Oracle Fusion": {
    path: "/fscmRestApi/resources/11.13.18.05",
    connect: (at, on) =>
      createOracleFusion(
        {
          ...at,
          system: "Fusion",
          auth: login,
          objects: { Invoice: { resource: "receivablesInvoices" } },
        },
        on,
      ),
    act: send("Invoice", "TransactionNumber"),
    says: [
      ["a row somebody holds", 400, oracle(undefined, "The row is locked"), "transient"],
      ["an attribute that is missing", 400, oracle("FND-2711"), "rejected"],
      ["a number that is there", 400, oracle("AR-1", "The number must be unique"), "conflict"],
    ],
  },
  Anaplan: {
    path: "/2/0",
    connect: (at, on) =>
      createAnaplan(
        {
          ...at,
          system: "Anaplan",
          auth: { ...login, url: "/token/authenticate" },
          workspace: "w1",
          model: "m1",
          objects: { Accounts: { kind: "list", list: "101000000001", name: "Name", code: "Code" } },
        },
        on,
      ),
    act: load("Accounts", { Name: "N", Code: "K-1" }),
    says: [
      ["a token", 401, { status: "FAILURE_BAD_TOKEN", statusMessage: "x" }, "auth"],
      ["a model somebody holds", 422, { status: { code: 422, message: "Model is locked" } }, "transient"],
      ["a list that is not there", 404, { status: { code: 404, message: "List not found" } }, "rejected"],
    ],
  },
  Adaptive: {
    path: "/api",
    connect: (at, on) =>
      createAdaptive(
        {
          ...at,
          system: "Adaptive",
          apiVersion: "v40",
          login: "env:CLIENT_ID",
          password: "env:CLIENT_SECRET",
          objects: {
            Actuals: { method: "importStandardData", planOrActuals: "Actuals", columns: ["Account", "Code"] },
          },
        },
        on,
      ),
    act: load("Actuals", { Account: "4000" }),
    says: [
      ["too many calls", 200, xml("error-call-limit"), "throttled"],
      ["a sheet somebody holds", 200, xml("error-sheet-locked"), "transient"],
      ["a login", 200, xml("error-authentication-failure"), "auth"],
      ["data", 200, xml("error-invalid-data"), "rejected"],
      ["half an answer", 200, "<response", "in-doubt"],
    ],
  },
  "generic HTTP": {
    path: "",
    connect: (at, on) =>
      createHttpSystem(
        {
          ...at,
          system: "Shop",
          auth: { kind: "none" },
          objects: { Order: { create: { method: "POST", path: "/orders" } } },
          errors: {
            codeAt: ["code"],
            messageAt: ["text"],
            rules: [
              { code: "BUSY", failure: "transient" },
              { contains: "is there", failure: "conflict" },
            ],
          },
        },
        on,
      ),
    act: send("Order", "id"),
    says: [
      ["a code of the description", 400, { code: "BUSY", text: "x" }, "transient"],
      ["words of the description", 400, { code: "X", text: "it is there" }, "conflict"],
      ["anything else", 400, { code: "X", text: "x" }, "rejected"],
    ],
  },
}

const statuses: readonly (readonly [
  status: number,
  failure: FailureClass,
  headers?: Readonly<Record<string, string>>,
])[] = [
  [301, "rejected", { location: "/elsewhere" }],
  [302, "rejected", { location: "http://169.254.169.254/" }],
  [307, "rejected", { location: "/elsewhere" }],
  [308, "rejected", { location: "https://example.com/" }],
  [400, "rejected"],
  [401, "auth"],
  [403, "rejected"],
  [405, "rejected"],
  [408, "in-doubt"],
  [409, "conflict"],
  [412, "conflict"],
  [413, "rejected"],
  [422, "rejected"],
  [423, "transient"],
  [425, "transient"],
  [429, "throttled"],
  [429, "throttled", { "retry-after": "7" }],
  [500, "in-doubt"],
  [501, "rejected"],
  [502, "in-doubt"],
  [503, "in-doubt"],
  [503, "throttled", { "retry-after": "7" }],
  [504, "in-doubt"],
]

/** Tokens are given; everything else is answered so. */
const answering = (answer: SimAnswer): Platform => ({
  name: "x",
  dump: () => null,
  load: () => undefined,
  handle: request => tokenFor(request) ?? answer,
})

function tokenFor(request: SimRequest): SimAnswer | undefined {
  if (!/token|authenticate/.test(request.path)) return undefined
  const token = {
    access_token: "t",
    expires_in: 3600,
    tokenInfo: { tokenValue: "t", expiresAt: request.now + 1e7 },
  }
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(token) }
}

async function answered(subject: Subject, answer: SimAnswer) {
  const stage = await stageOf(answering(answer), { secrets })
  const connector = subject.connect(
    { baseUrl: stage.url + subject.path, reach: "loopback", totalMs: 2_000 },
    stage,
  )
  const failed = await failureOf(Promise.resolve(subject.act(connector)))
  await connector.close()
  return { failed, seen: stage.seen.filter(({ request }) => tokenFor(request) === undefined) }
}

describe.each(Object.entries(subjects))("%s", (_, subject) => {
  test.each(statuses.map(([status, failure, headers = {}]) => [status, failure, headers] as const))(
    "%i: %s %o",
    async (status, failure, headers) => {
      const { failed, seen } = await answered(subject, { status, headers })
      expect(failed.failure).toBe(subject.differs?.[String(status)] ?? failure)
      if (headers["retry-after"] !== undefined) expect(failed.retryAfterMs).toBe(7_000)
      // whatever the answer says, nothing else is asked, but once more with a new token
      expect(new Set(seen.map(({ request }) => request.path)).size).toBe(1)
      expect(seen.length).toBeLessThanOrEqual(2)
    },
  )

  test.each(
    subject.says.map(
      ([title, status, body, failure, headers = {}]) => [title, status, body, failure, headers] as const,
    ),
  )("says %s", async (_title, status, body, failure, headers) => {
    const text = typeof body === "string" ? body : JSON.stringify(body)
    const type = typeof body === "string" ? "text/xml" : "application/json"
    const answer = { status, headers: { "content-type": type, ...headers }, body: text }
    expect((await answered(subject, answer)).failed.failure).toBe(failure)
  })

  const nowhere: readonly [string, Partial<At>][] = [
    ["this machine", { baseUrl: "http://127.0.0.1:9", reach: "public" }],
    ["this machine by another name", { baseUrl: "https://2130706433", reach: "public" }],
    ["the company's networks", { baseUrl: "https://10.0.0.1", reach: "loopback" }],
    ["the machine's own data", { baseUrl: "https://169.254.169.254", reach: "private" }],
    ["the internet without encryption", { baseUrl: "http://8.8.8.8", reach: "private" }],
  ]
  test.each(nowhere)("does not reach %s", async (_title, at) => {
    const stage = await stageOf(answering({ status: 200 }), { secrets })
    expect(() => subject.connect({ baseUrl: "", ...at }, stage)).toThrow(RangeError)
  })
})
