// What connectors say about options that are wrong: in a sentence, before anything is asked, and never with the secret that somebody wrote there.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { createAdaptive } from "../../../runtime/connectors/adaptive/adaptive.ts"
import { createAnaplan } from "../../../runtime/connectors/anaplan/anaplan.ts"
import { createFiles } from "../../../runtime/connectors/files/files.ts"
import { createHttpSystem } from "../../../runtime/connectors/generic/generic-http.ts"
import { createNetSuite } from "../../../runtime/connectors/netsuite/netsuite.ts"
import { createOData } from "../../../runtime/connectors/odata/odata.ts"
import { createOracleFusion } from "../../../runtime/connectors/oracle/oracle-fusion.ts"
import { createWarehouse } from "../../../runtime/connectors/postgres/warehouse.ts"
import { createSalesforce } from "../../../runtime/connectors/salesforce/salesforce.ts"
import { createWebhookSender } from "../../../runtime/connectors/webhooks/send-webhooks.ts"
import { noon, testSecrets, worldAt } from "./harness.ts"

const around = { secrets: testSecrets(), world: worldAt({ now: noon }) }
type Make = (options: never, around: never) => unknown

const base = { system: "S", baseUrl: "https://api.example.com" }
const bearer = { kind: "bearer", token: "env:TOKEN" }
/** Options that are right, and as few as there can be. */
const least: readonly [string, Make, object][] = [
  [
    "salesforce",
    createSalesforce,
    {
      ...base,
      apiVersion: "v62.0",
      auth: { kind: "client-credentials", clientId: "env:A", clientSecret: "file:/b" },
    },
  ],
  [
    "netsuite",
    createNetSuite,
    {
      ...base,
      account: "1",
      auth: { kind: "oauth2", clientId: "env:A", certificateId: "env:B", privateKey: "exec:/c" },
    },
  ],
  ["odata", createOData, { ...base, version: 4, auth: bearer, objects: { A: { set: "As", keys: ["Id"] } } }],
  ["http", createHttpSystem, { ...base, auth: bearer, objects: {} }],
  [
    "anaplan",
    createAnaplan,
    {
      ...base,
      auth: bearer,
      workspace: "w",
      model: "m",
      objects: { A: { kind: "list", list: "1", name: "N", code: "C" } },
    },
  ],
  [
    "adaptive",
    createAdaptive,
    { ...base, apiVersion: "v40", login: "env:A", password: "env:B", objects: {} },
  ],
  ["oracle-fusion", createOracleFusion, { ...base, auth: bearer, objects: { A: { resource: "r" } } }],
  ["webhooks", createWebhookSender, { ...base, secret: "env:A", topics: {} }],
  [
    "postgres",
    createWarehouse,
    { system: "S", connection: "env:A", tables: { A: { table: "a", key: ["id"] } } },
  ],
  ["files", createFiles, { system: "S", objects: { A: { format: { kind: "ndjson" }, ending: ".x" } } }],
]

const problemOf = (make: Make, options: unknown) => {
  try {
    make(options as never, around as never)
    return undefined
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

describe.each(least)("%s", (_, make, options) => {
  test("takes what is right", () => expect(problemOf(make, options)).toBeUndefined())
  test("wants each of its least options", () => {
    for (const name of Object.keys(options)) {
      const { [name]: __, ...rest } = options as Record<string, unknown>
      expect(problemOf(make, rest), name).toMatch(new RegExp(`^${name}(?:\\.kind)? `))
    }
  })
  test("takes no option it does not know", () =>
    expect(problemOf(make, { ...options, sytem: "x" })).toMatch(/^sytem is no option; there are system, /))
  test("is no list, no text, nothing", () => {
    for (const wrong of [[], "x", null, undefined])
      expect(problemOf(make, wrong)).toBe("what is configured has to be an object")
  })
})

const salesforce = least[0]![2]
const cases: readonly [string, Make, object, string][] = [
  [
    "a secret in place of its name",
    createSalesforce,
    {
      ...salesforce,
      auth: { kind: "client-credentials", clientId: "env:A", clientSecret: "hunter2-itself" },
    },
    "auth.clientSecret has to name a secret: env:NAME, file:/absolute/path or exec:/absolute/program",
  ],
  [
    "a way in that is none",
    createSalesforce,
    { ...salesforce, auth: { kind: "password" } },
    "auth.kind has to be one of client-credentials, jwt-bearer",
  ],
  [
    "a kind of the prototype",
    createSalesforce,
    { ...salesforce, auth: { kind: "constructor" } },
    "auth.kind has to be one of client-credentials, jwt-bearer",
  ],
  [
    "a slip inside",
    createSalesforce,
    { ...salesforce, auth: { kind: "client-credentials", clientId: "env:A", secret: "env:B" } },
    "auth.secret is no option; there are kind, clientId, clientSecret",
  ],
  [
    "a count that is none",
    createSalesforce,
    { ...salesforce, totalMs: "300" },
    "totalMs has to be a whole number from 1 on",
  ],
  [
    "a version that is none",
    createSalesforce,
    { ...salesforce, apiVersion: "62" },
    "apiVersion is like v62.0",
  ],
  [
    "a network that is none",
    createSalesforce,
    { ...salesforce, reach: "everywhere" },
    "reach has to be one of public, loopback, private",
  ],
  [
    "a key that is no list",
    createOData,
    { ...base, version: 4, auth: bearer, objects: { A: { set: "As", keys: "Id" } } },
    "objects.A.keys has to be a list",
  ],
  [
    "a text that is a number",
    createOData,
    { ...base, version: 4, auth: bearer, objects: { A: { set: "As", keys: [1] } } },
    "objects.A.keys.0 has to be a text",
  ],
  [
    "a version of neither",
    createOData,
    { ...base, version: 3, auth: bearer, objects: {} },
    "version has to be one of 2, 4",
  ],
  [
    "a class that is none",
    createHttpSystem,
    { ...base, auth: bearer, objects: {}, errors: { rules: [{ failure: "retry" }] } },
    "errors.rules.0.failure has to be one of transient, throttled, auth, rejected, conflict, in-doubt",
  ],
]
test.each(cases)("%s", (_, make, options, message) => expect(problemOf(make, options)).toBe(message))

test("the description in the documentation is one", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../specs/connectors/generic-http.md"), "utf8")
  const block = /```json\n([\s\S]*?)```/.exec(page)?.[1]
  expect(problemOf(createHttpSystem, JSON.parse(block!))).toBeUndefined()
})
