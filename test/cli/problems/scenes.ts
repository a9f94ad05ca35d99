// For each problem of the catalogue a way to bring it about. Flows in: nothing. Flows out: scenes: each makes what is wrong, runs a command (or calls the engine where no command gets there) and
// gives what was told.
import { createServer } from "node:net"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import {
  CallFailed,
  createEngine,
  type Engine,
  type Flow,
  NotPossible,
  openSqliteLedger,
  systemWorld,
} from "@fmap/runtime/flow"
import { runCommandLine } from "../../../cli/command-line.ts"
import { withLedger } from "../../../cli/flow/with-ledger.ts"
import { peer } from "../../../cli/observe/peer.ts"
import { OutputError } from "../../../cli/terminal/output-error.ts"
import { problemOf } from "../../../cli/terminal/problem.ts"
import { cannotStart } from "../../../cli/terminal/problems.ts"
import { openDatabase } from "../../../runtime/flow/stores/sqlite/open-ledger.ts"
import type { ProblemCode } from "../../../runtime/problems/catalogue.ts"
import { type FakeOptions, fakeTerminal } from "../fake-terminal.ts"
import { stories } from "../flow/stories.ts"
import { folderWith, put } from "../folder.ts"

/** What was told, and the exit code. */
export interface Told {
  readonly code: number
  readonly comment: string
  readonly out: string
}
type Files = Readonly<Record<string, string>>

const source = `system Shop { kind commerce }
system Books { kind erp }

contract Sale of Shop version 1.0.0 reads { id: text(18) key, code: text(5), day?: date }
contract Entry of Books version 1.0.0 writes { id: text(18) key, account: text(10), day?: date }

crosswalk Codes(code: text(5)) -> text(10) version 1.0.0 from csv "codes.csv" (code: "code", value: "account")

map Bill version 1.0.0 from sale: Sale to entry: Entry {
  id      = sale.id
  account = sale.code
  leave day because "not booked"
  ignore sale.day because "not booked"
}
map Dated version 1.0.0 from sale: Sale given asOf: date to entry: Entry {
  id      = sale.id
  account = sale.code
  day     = asOf
  ignore sale.day because "not booked"
}
map Coded version 1.0.0 from sale: Sale to entry: Entry {
  id      = sale.id
  account = Codes(sale.code) else hold NO_ACCOUNT "no account for {sale.code}"
  leave day because "not booked"
  ignore sale.day because "not booked"
}
`
const shop: Files = {
  "fmap.json": "{}",
  "main.fmap": source,
  "codes.csv": "code,account\nA,4000\n",
  "paid.json": '{"id":"1","code":"A"}',
}
const [, booked, held] = stories
const flows = booked?.files ?? {}
const waiting = held?.files ?? {}
const configured = (files: Files, more: object): Files => ({
  ...files,
  "fmap.flows.json": JSON.stringify({ ...JSON.parse(files["fmap.flows.json"] ?? "{}"), ...more }),
})
const schema = JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object" })

async function run(folder: string, words: readonly string[], options?: FakeOptions): Promise<Told> {
  const terminal = fakeTerminal(folder, options)
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}

/** The words of a command on these files; earlier ones only make the scene. */
function on(files: Files, ...commands: readonly string[]): () => Promise<Told> {
  return async () => {
    const folder = folderWith(files)
    const all = commands.map(wordsOf)
    for (const words of all.slice(0, -1)) await run(folder, words)
    return run(folder, all.at(-1) ?? [])
  }
}

/** `--reason "two words"` is two. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? "")
}

/** What the engine throws, as the command line would tell it. */
async function thrown(work: () => unknown): Promise<Told> {
  const terminal = fakeTerminal(".")
  try {
    await work()
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error
    return { code: cannotStart(terminal, [problemOf(error)]), ...terminal.written }
  }
  throw new Error("nothing was thrown")
}

async function withPortTaken(work: (port: number) => Promise<Told>): Promise<Told> {
  const server = createServer()
  const port = await new Promise<number>(resolve =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : 0)
    }),
  )
  try {
    return await work(port)
  } finally {
    server.close()
  }
}

const book: Flow = { name: "Book", version: "1", handle: async () => undefined } as unknown as Flow
function engineOf(list: readonly Flow[]): Engine {
  const folder = folderWith({})
  const world = systemWorld()
  const ledger = openSqliteLedger(join(folder, "fmap.db"), world)
  return createEngine({ flows: list, ledger, world, worker: "w", troubled: () => undefined })
}

export const scenes: Readonly<Record<ProblemCode, () => Promise<Told>>> = {
  FM8001: on(shop, "chek"),
  FM8002: on(shop, "run"),
  FM8003: on(shop, "lint --today tomorrow"),
  FM8004: on(shop, "format - main.fmap"),
  FM8005: async () => {
    const terminal = {
      ...fakeTerminal(folderWith(shop)),
      out: () => Promise.reject(new OutputError(new Error("no space left on device"))),
    }
    return { code: await runCommandLine(["explain"], terminal), ...terminal.written }
  },
  FM8006: on(shop, "explain FM0000"),
  FM8101: on(shop, "check nowhere"),
  FM8102: async () => {
    const folder = folderWith({ "schema.json": "" })
    const { writeFileSync } = await import("node:fs")
    writeFileSync(join(folder, "schema.json"), Buffer.from([0xff, 0xfe, 0xfd]))
    return run(folder, ["import", "schema.json"])
  },
  FM8103: on(shop, "run Bill paid.json --record missing/run.json"),
  FM8104: on(shop, "init"),
  FM8105: on({}, "check"),
  FM8106: async () => {
    const folder = folderWith({
      "other.fmap": "",
      "inner/fmap.json": "{}",
      "inner/main.fmap": source,
      "inner/codes.csv": "code,account\n",
    })
    return run(join(folder, "inner"), ["check", "main.fmap", "../other.fmap"])
  },
  FM8107: on({ ...shop, "fmap.json": '{"inclde":[]}' }, "check"),
  FM8108: on(shop, "run Bil paid.json"),
  FM8109: on({ ...shop, "before/fmap.json": "{}", "before/main.fmap": "map" }, "diff before"),
  FM8110: on({ ...shop, "fmap.json": '{"types":["schema.json"]}', "schema.json": "{" }, "compile"),
  FM8201: on(shop, "run Dated paid.json"),
  FM8202: on(shop, "run Bill absent.json"),
  FM8203: on(shop, "run Coded paid.json --crosswalk Codes=absent.csv"),
  FM8204: on({ ...shop, "paid.ndjson": '{"id":1}\n' }, "run Bill paid.ndjson --issues /dev/full"),
  FM8205: on({ ...shop, "run.json": "{}" }, "explain run.json /total"),
  FM8206: on({ ...shop, "notes.json": "[1,2]" }, "import notes.json"),
  FM8207: on(
    { "schema.json": schema, "contracts.import.json": "[]" },
    "import schema.json --out contracts.fmap",
  ),
  FM8301: on(shop, "diff v9.9.9"),
  FM8302: on({ ...shop, "releases/fmap.lock.json": "[]" }, "release check"),
  FM8303: on(shop, "release retire Order@1.0.0"),
  FM8304: on(shop, 'release approve 0123abcd --by ann --reason "agreed" --until 2099-12-31'),
  FM8305: on(
    { "old.schema.json": '{"type":7}', "new.schema.json": schema },
    "diff old.schema.json new.schema.json",
  ),
  FM8306: on(
    { ...shop, "before/fmap.json": "{}", "before/main.fmap": "record Part { name: text(20) }\n" },
    "diff before --payloads nowhere",
  ),
  FM8401: on(flows, "flow stats --store mysql://host/db"),
  FM8402: on(flows, "flow stats --store sqlite:./absent.db"),
  FM8403: async () => {
    const folder = folderWith(flows)
    const ledger = openSqliteLedger(join(folder, "fmap.db"), systemWorld())
    try {
      return await run(folder, ["flow", "start", "--once"])
    } finally {
      ledger.close()
    }
  },
  FM8404: async () => {
    const folder = folderWith(flows)
    openSqliteLedger(join(folder, "fmap.db"), systemWorld()).close()
    const database = new DatabaseSync(join(folder, "fmap.db"))
    database.exec("INSERT INTO migration (number, name, at) VALUES (999, 'later', '2026-01-01T00:00:00Z')")
    database.close()
    return run(folder, ["flow", "start", "--once"])
  },
  FM8405: on(
    { ...flows, "notes.txt": "what I wanted to say ".repeat(300) },
    "flow stats --store sqlite:./notes.txt",
  ),
  FM8406: on(flows, "flow stats --store postgres://nobody@127.0.0.1:1/none"),
  FM8407: async () => {
    const { readFileSync, writeFileSync } = await import("node:fs")
    const folder = folderWith(flows)
    const file = join(folder, "fmap.db")
    openSqliteLedger(file, systemWorld()).close()
    const content = readFileSync(file)
    // the version that writing needs: above 2 the file may only be read, for everybody
    content[18] = 3
    writeFileSync(file, content)
    return run(folder, ["flow", "start", "--once"])
  },
  FM8408: on(flows, "flow move --from sqlite:a.db --to sqlite:a.db"),
  FM8409: () => thrown(() => openDatabase(":memory:")),
  FM8410: async () => {
    const found = await peer("logs", "the package pino", () =>
      Promise.reject(Object.assign(new Error("no such package"), { code: "ERR_MODULE_NOT_FOUND" })),
    )
    const terminal = fakeTerminal(".")
    return {
      code: cannotStart(terminal, found.kind === "problems" ? found.problems : []),
      ...terminal.written,
    }
  },
  FM8411: on(
    configured(flows, { encryption: { tenant: "acme", keys: [{ id: "k1", key: "env:NO_SUCH_KEY" }] } }),
    "flow stats",
  ),
  FM8412: on(configured(flows, { region: "EU" }), "flow start --once", "flow stats --region US"),
  FM8501: on({ ...flows, "fmap.flows.json": "{}" }, "flow start --once"),
  FM8502: on(
    configured(flows, {
      systems: {
        Salesforce: { kind: "folder", path: "crm" },
        NetSuite: {
          kind: "http",
          baseUrl: "https://erp.example.com",
          auth: { kind: "none" },
          objects: { SalesOrder: { list: { path: "/orders" } } },
        },
      },
    }),
    "flow start --once",
  ),
  FM8503: on(
    configured(flows, {
      systems: {
        Salesforce: { kind: "folder", path: "crm" },
        NetSuite: {
          kind: "http",
          baseUrl: "https://erp.example.com",
          auth: { kind: "bearer", token: "env:ERP_TOKEN" },
          objects: {
            SalesOrder: {
              find: { path: "/orders?id={key}" },
              create: { method: "POST", path: "/orders" },
              upsert: { method: "PUT", path: "/orders/{key}" },
            },
          },
        },
      },
    }),
    "flow start --once",
  ),
  FM8504: () => withPortTaken(port => run(folderWith({}), ["simulate", "netsuite", "--port", String(port)])),
  FM8505: on(flows, "flow migrate", "flow serve"),
  FM8506: on(
    configured(flows, {
      nats: {
        servers: ["127.0.0.1:1"],
        in: [{ stream: "DEALS", flow: "QuoteToOrder", subjects: ["deals"], deadLetters: "dead" }],
      },
    }),
    "flow start --once",
  ),
  FM8507: on(configured(flows, { logs: { to: "crm" } }), "flow start --once"),
  FM8508: on(configured(flows, { flows: { QuoteToOrdr: { begin: "now" } } }), "flow start --once"),
  FM8509: () => thrown(() => engineOf([book, book])),
  FM8510: () =>
    thrown(() =>
      engineOf([book]).append([
        { flow: "Book", source: "s", sourceId: "1", payload: 1n, lane: "1" },
      ] as never),
    ),
  FM8511: async () => {
    const terminal = fakeTerminal(folderWith(flows))
    await runCommandLine(["flow", "migrate"], terminal)
    const code = await withLedger({}, terminal, () =>
      Promise.reject(new CallFailed("rejected", "NO_ITEM", "Salesforce does not know the field Amunt")),
    )
    return { code, ...terminal.written }
  },
  FM8601: on(flows, "flow start --once", "flow trace nobody"),
  FM8602: on(flows, "flow start --once", "flow exceptions ack 1 --role architect"),
  FM8603: on(waiting, "flow start --once", "flow exceptions dismiss 1 --reason checked"),
  FM8604: on(waiting, "flow start --once", 'flow exceptions skip 1 --reason " "'),
  FM8605: on({ ...flows, "bad.json": "{}" }, "flow run QuoteToOrder --payload bad.json"),
  FM8606: async () => {
    const folder = folderWith(flows)
    const payload = (flows["crm/Opportunity.ndjson"] ?? "").split("\n")
    put(folder, { "one.json": payload[0] ?? "", "two.json": payload[1] ?? "" })
    await run(folder, ["flow", "run", "QuoteToOrder", "--payload", "one.json", "--id", "1"])
    return run(folder, ["flow", "run", "QuoteToOrder", "--payload", "two.json", "--id", "1"])
  },
  FM8607: on(flows, "flow migrate", "flow take QuoteToOrder --reason wanted"),
  FM8608: on(flows, "flow replay"),
}
