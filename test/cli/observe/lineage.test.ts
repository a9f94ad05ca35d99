// Run events of OpenLineage, by `fmap flow start`: what a flow reads, what it writes, and which field comes from where, through all of its steps. Held to a schema of ours, written from the
// specification and compared with the official ones; run-event.schema.json says with which, and which could not be had.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"
import { type Listener, listen } from "./listener.ts"
import { orderProject } from "./project.ts"

const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
const valid = ajv.compile(
  JSON.parse(readFileSync(join(import.meta.dirname, "run-event.schema.json"), "utf8")) as object,
)

interface Dataset {
  readonly namespace: string
  readonly name: string
  readonly facets?: {
    readonly columnLineage?: {
      readonly fields: Readonly<Record<string, { readonly inputFields: readonly Input[] }>>
    }
  }
}
interface Input {
  readonly namespace: string
  readonly name: string
  readonly field: string
  readonly transformations: readonly {
    readonly type: string
    readonly subtype: string
    readonly masking: boolean
  }[]
}
interface Told {
  readonly eventType: string
  readonly run: {
    readonly runId: string
    readonly facets: Readonly<
      Record<string, { readonly message?: string; readonly run?: { readonly runId: string } }>
    >
  }
  readonly job: { readonly namespace: string; readonly name: string }
  readonly inputs: readonly Dataset[]
  readonly outputs: readonly Dataset[]
}

const deals = [{ id: "006A" }, { id: "006B", account: "001X" }]

async function toldOf(config: object, environment: Readonly<Record<string, string>> = {}) {
  const folder = folderWith(orderProject(deals, config))
  const terminal = fakeTerminal(folder, { environment })
  const code = await runCommandLine(["flow", "start", "--once"], terminal)
  return { folder, code, said: terminal.written.comment }
}

test("a run that was done and one that was held, with their data sets and the origin of each field", async () => {
  const { folder, code } = await toldOf({ lineage: { to: "./out/lineage.ndjson", namespace: "test" } })
  expect(code).toBe(3)
  const events = readFileSync(join(folder, "out/lineage.ndjson"), "utf8")
    .trimEnd()
    .split("\n")
    .map(line => JSON.parse(line) as Told)
  for (const event of events) expect(valid(event), JSON.stringify(valid.errors)).toBe(true)
  const ids = [...new Set(events.map(({ run }) => run.runId))]
  const runs = ids.map(id => events.filter(({ run }) => run.runId === id))
  expect(runs.map(all => all.map(({ eventType }) => eventType)).toSorted()).toEqual([
    ["START", "COMPLETE"],
    ["START", "FAIL"],
  ])
  const failed = events.find(({ eventType }) => eventType === "FAIL")
  expect(failed?.run.facets["errorMessage"]?.message).toBe("NO_ACCOUNT")
  expect(new Set(events.map(({ run }) => run.facets["parent"]?.run?.runId)).size).toBe(2)
  const done = events.find(({ eventType }) => eventType === "COMPLETE")
  expect(done?.job).toEqual({ namespace: "test", name: "QuoteToOrder@1.0.0" })
  const names = (all: readonly Dataset[] = []) => all.map(({ namespace, name }) => `${namespace} ${name}`)
  expect(names(done?.inputs)).toEqual(["Salesforce Opportunity", "Salesforce Account"])
  expect(names(done?.outputs)).toEqual([
    "NetSuite Customer",
    "NetSuite SalesOrder",
    "Salesforce Opportunity",
    "fmap OrderWasBooked",
  ])
  const origins = Object.fromEntries(
    (done?.outputs ?? []).flatMap(({ name, facets }) =>
      Object.entries(facets?.columnLineage?.fields ?? {}).map(([field, { inputFields }]) => [
        `${name}.${field}`,
        inputFields.map(
          ({ namespace, name: of, field: from, transformations }) =>
            `${namespace} ${of}.${from}: ${transformations.map(({ type, subtype, masking }) => `${type} ${subtype}${masking ? " masked" : ""}`).join(", ")}`,
        ),
      ]),
    ),
  )
  await expect(`${JSON.stringify(origins, null, 2)}\n`).toMatchFileSnapshot("golden/origins.json")
})

const place = (listener: Listener) => ({
  to: `${listener.url}/api/v1/lineage`,
  namespace: "test",
  reach: "loopback",
  token: "env:LINEAGE_TOKEN",
})

test("they are posted in order, with the token by reference; one who is away for a moment gets them after all", async () => {
  let away = 2
  const listener = await listen(() => ({ status: away-- > 0 ? 503 : 201 }))
  try {
    const { code, said } = await toldOf({ lineage: place(listener) }, { LINEAGE_TOKEN: "a-secret-token" })
    expect(code, said).toBe(3)
    expect(said).not.toContain("were not taken")
    const taken = listener.posts.slice(2).map(({ body }) => JSON.parse(body) as Told)
    expect(taken.map(({ eventType }) => eventType).toSorted()).toEqual(["COMPLETE", "FAIL", "START", "START"])
    for (const event of taken) expect(valid(event), JSON.stringify(valid.errors)).toBe(true)
    expect(new Set(listener.posts.map(({ headers, path }) => `${path} ${headers["authorization"]}`))).toEqual(
      new Set(["/api/v1/lineage Bearer a-secret-token"]),
    )
  } finally {
    await listener.stop()
  }
})

test("what cannot be is told, and nothing is run", async () => {
  const cases: readonly (readonly [object, string])[] = [
    [
      { to: "https://10.0.0.1/api", namespace: "a" },
      '"lineage.to": it is an address the connection may not reach',
    ],
    [{ to: "http://lineage.example.com/api", namespace: "a" }, '"lineage.to": it is not https.'],
    [{ to: "https://me:word@lineage.example.com/api", namespace: "a" }, '"lineage.to": it holds credentials'],
    [
      { to: "https://lineage.example.com", namespace: "a", token: "env:NONE" },
      '"lineage.token": There is nothing at env:NONE.',
    ],
    [{ to: "./main.fmap/lineage.ndjson", namespace: "a" }, '"lineage.to": it cannot be written: '],
    [{ to: "./a.ndjson" }, '"lineage.namespace"'],
  ]
  for (const [lineage, why] of cases) {
    const { code, said } = await toldOf({ lineage })
    expect([code, said.includes(why) ? why : said]).toEqual([2, why])
  }
})
