// fmap.flows.json: what is accepted, what is refused with which words, and that the published schema says the same.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import { expect, test } from "vitest"
import { readFlowConfig } from "../../../cli/flow/flow-config.ts"
import { folderWith } from "../folder.ts"

const root = join(import.meta.dirname, "../../..")
const schema = JSON.parse(readFileSync(join(root, "specs/schemas/fmap.flows.schema.json"), "utf8")) as object
const keeps = new Ajv2020({ strict: false }).compile(schema)

function read(text: string) {
  const folder = folderWith({ "fmap.flows.json": text })
  return readFlowConfig(folder, folder, undefined)
}

test("a project without the file has everything as usual", () => {
  const folder = folderWith({})
  const usual = {
    store: "sqlite:./fmap.db",
    lanes: 16,
    systems: {},
    flows: {},
    folder,
    shown: "fmap.flows.json",
  }
  expect(readFlowConfig(folder, folder, undefined)).toEqual({ kind: "config", config: usual })
})

test("a system may have any name", () => {
  const found = read(
    '{"systems":{"__proto__":{"kind":"folder","path":"a"},"constructor":{"kind":"folder","path":"b"}}}',
  )
  const systems = found.kind === "config" ? Object.entries(found.config.systems) : []
  expect(systems.toSorted()).toEqual([
    ["__proto__", { kind: "folder", path: "a" }],
    ["constructor", { kind: "folder", path: "b" }],
  ])
})

test("paths are relative to the file that is named", () => {
  const folder = folderWith({ "deploy/prod.json": '{"store":"sqlite:./prod.db"}' })
  expect(readFlowConfig(folder, folder, "deploy/prod.json")).toMatchObject({
    kind: "config",
    config: { store: "sqlite:./prod.db", folder: join(folder, "deploy") },
  })
})

test("the example's file keeps the schema", () => {
  const text = readFileSync(join(root, "examples/order-to-cash/fmap.flows.json"), "utf8")
  expect(read(text).kind).toBe("config")
  expect(keeps(JSON.parse(text))).toBe(true)
})

const refused: readonly (readonly [string, string, string])[] = [
  ["not JSON", "{ store: 1 }", "fmap.flows.json is not JSON"],
  ["an option nobody knows", '{"stores": "x"}', 'fmap.flows.json: there is no option "stores".'],
  ["a system without a kind", '{"systems": {"Erp": {}}}', 'fmap.flows.json, "systems.Erp.kind"'],
  ["no lanes", '{"lanes": 0}', 'fmap.flows.json, "lanes"'],
  ["another beginning", '{"flows": {"F": {"begin": "later"}}}', 'fmap.flows.json, "flows.F.begin"'],
  ["a time that is none", '{"watch": {"every": "often"}}', '"watch.every": write a time such as 30s'],
  [
    "an objective of everything",
    '{"watch": {"watches": [{"kind": "share", "name": "a", "flow": "F", "share": "100", "within": "1h"}]}}',
    "above 0 and below 100",
  ],
  [
    "a place in a payload that is none",
    '{"watch": {"by": {"F": {"region": "Region"}}}}',
    "write a JSON pointer",
  ],
  ["a level of a log", '{"logs": {"level": "loud"}}', '"logs.level"'],
  ["a port", '{"metrics": {"port": 70000}}', '"metrics.port"'],
  ["traces to somewhere", '{"traces": {"to": "x"}}', '"traces"'],
  [
    "a webhook without a secret",
    '{"alerts": {"webhooks": [{"url": "https://a.example"}]}}',
    '"alerts.webhooks.0.secret"',
  ],
  ["a region that is no name", '{"region": "EU,US"}', '"region": write a name such as EU'],
  ["a system nowhere", '{"systems": {"Erp": {"kind": "folder", "region": ""}}}', '"systems.Erp.region"'],
  [
    "a system of any name without a kind",
    '{"systems": {"__proto__": {"path": "x"}}}',
    '"systems.__proto__.kind": ',
  ],
  ["an option of a flow nobody knows", '{"flows": {"F": {"start": "now"}}}', 'there is no option "start"'],
]

test.each(refused)("%s is refused", (_, text, told) => {
  const config = read(text)
  expect(
    config.kind === "problems" ? config.problems.map(({ message }) => message).join("\n") : "taken",
  ).toContain(told)
  if (_ !== "not JSON") expect(keeps(JSON.parse(text))).toBe(false)
})
