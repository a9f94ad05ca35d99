// What rehearsals of the examples stand on: sums that are exact whatever amounts look like, and the word for chaos. The programs themselves are run by the examples.
import { readdirSync, readFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { compareSums, seedOf, simulatedAnaplan, startRehearsal } from "@fmap/runtime/simulators"
import { expect, test } from "vitest"
import { leavesMachine } from "../../../runtime/simulators/rehearsal/stays-here.ts"
import { root } from "../../architecture/source-files.ts"
import { folderWith } from "../../cli/folder.ts"

test("sums are exact, by currency, with the currency's digits", () => {
  const sold = [
    ["EUR", 0.1],
    ["EUR", 0.2],
    ["JPY", 1200],
    ["KWD", "1.5"],
    ["EUR", null],
  ] as const
  const ordered = [
    ["EUR", "0.30"],
    ["JPY", "1200.00"],
    ["KWD", 1.5],
  ] as const
  expect(compareSums(["sold", sold], ["ordered", ordered])).toEqual({
    areSame: true,
    lines: ["EUR: 0.30 sold, 0.30 ordered", "JPY: 1200 sold, 1200 ordered", "KWD: 1.500 sold, 1.500 ordered"],
  })
})

test.each([
  ["a cent", [["EUR", 1]], [["EUR", "1.01"]], "EUR: 1.00 a, 1.01 b"],
  ["a thousandth of a cent", [["EUR", "1"]], [["EUR", "1.00001"]], "EUR: 1.00 a, 1.00001 b"],
  ["an account of a currency", [["EUR 121000", 1.1]], [["EUR 121000", 0]], "EUR 121000: 1.10 a, 0.00 b"],
  ["a currency only one end has", [], [["USD", "-5"]], "USD: 0.00 a, -5.00 b"],
] as const)("%s apart is not the same", (_title, a, b, line) => {
  expect(compareSums(["a", a], ["b", b])).toEqual({ areSame: false, lines: [line] })
})

test.each(["1e3", "1,00", "", "NaN", {}])("%j is no amount", amount => {
  expect(() => compareSums(["a", [["EUR", amount]]], ["b", []])).toThrow(RangeError)
})

test.each([
  [["node", "workflow.ts"], undefined],
  [["node", "workflow.ts", "--chaos"], 1],
  [["node", "workflow.ts", "--chaos", "42"], 42],
] as const)("the seed of %j is %j", (words, seed) => {
  expect(seedOf(words)).toBe(seed)
})

test("a seed is a whole number", () => {
  expect(() => seedOf(["--chaos", "-1"])).toThrow(RangeError)
})

const here = { kind: "netsuite", baseUrl: "http://127.0.0.1:8412" }
const systems = (settings: object) => ({ systems: { Erp: { ...here, ...settings } } })

test.each<readonly [string, unknown, readonly string[]]>([
  ["nothing", {}, []],
  [
    "this machine",
    { store: "postgres://postgres@localhost/db", ...systems({ baseUrl: "http://[::1]:80/x" }) },
    [],
  ],
  ["a folder", { systems: { Bank: { kind: "folder", path: "./bank" } } }, []],
  [
    "a platform",
    systems({ baseUrl: "https://1.suitetalk.api.netsuite.com" }),
    ["/systems/Erp/baseUrl leads to 1.suitetalk.api.netsuite.com"],
  ],
  [
    "a name of this machine that is another",
    systems({ baseUrl: "http://localhost.example.com" }),
    ["/systems/Erp/baseUrl leads to localhost.example.com"],
  ],
  [
    "the company's network",
    systems({ auth: { url: "http://10.0.0.1/token" } }),
    ["/systems/Erp/auth/url leads to 10.0.0.1"],
  ],
  ["a reference", { alerts: { desk: { url: "env:DESK" } } }, ["/alerts/desk/url leads to what DESK says"]],
  [
    "a store, without its password",
    { store: "postgres://fmap:secret@db.example.com/fmap" },
    ["/store leads to db.example.com"],
  ],
  [
    "servers of NATS",
    { nats: { servers: ["localhost:4222", "nats.example.com:4222"] } },
    ["/nats/servers/1 leads to nats.example.com"],
  ],
  [
    "an address nobody wrote",
    { systems: { Plan: { kind: "anaplan", baseUrl: "http://127.0.0.1:1", auth: {} } } },
    ["/systems/Plan/auth/url is not there, and may lead to the platform itself"],
  ],
  [
    "an address that is none",
    systems({ baseUrl: "http://[" }),
    ["/systems/Erp/baseUrl leads to an address that cannot be read"],
  ],
])("%s", (_title, config, expected) => {
  expect(leavesMachine(config, { DESK: "https://hooks.example.com/1" })).toEqual(expected)
})

test("the configurations of all rehearsed examples stay on this machine", () => {
  const configs = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" }).filter(name =>
    /^[\w-]+\/fmap\.flows\.json$/u.test(name.replaceAll("\\", "/")),
  )
  expect(configs.length).toBeGreaterThan(4)
  for (const name of configs)
    expect(leavesMachine(JSON.parse(readFileSync(join(root, "examples", name), "utf8")), {})).toEqual([])
})

const rehearsal = (project: string, port: number) =>
  startRehearsal({
    project,
    ledger: "fmap.db",
    platforms: [
      { platform: simulatedAnaplan(), port: 0 },
      { platform: simulatedAnaplan(), port },
    ],
    credentials: [],
    environment: {},
  })

test("a port that is taken is told in a sentence, and nothing is removed or left running", async () => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, "127.0.0.1", resolve))
  const address = other.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  const project = folderWith({ "fmap.db": "a ledger" })
  await expect(rehearsal(project, port)).rejects.toThrow(
    `Port ${port} of this machine is taken: end what listens there`,
  )
  expect(readdirSync(project)).toEqual(["fmap.db"])
  await new Promise(resolve => other.close(resolve))
  const started = await rehearsal(project, port)
  expect(readdirSync(project)).toEqual([])
  await expect(started.fmap(["flow", "start", "--store", "postgres://db.example.com/fmap"])).rejects.toThrow(
    "/--store leads to db.example.com",
  )
  await started.stop()
})

test("a configuration that leads to another machine is refused before anything begins", async () => {
  const config = JSON.stringify(systems({ baseUrl: "https://erp.example.com" }))
  const project = folderWith({ "fmap.db": "a ledger", "fmap.flows.json": config })
  await expect(rehearsal(project, 0)).rejects.toThrow(
    "/systems/Erp/baseUrl leads to erp.example.com. Give 127.0.0.1 there",
  )
  expect(readdirSync(project)).toEqual(["fmap.db", "fmap.flows.json"])
})
