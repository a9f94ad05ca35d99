// The section `encryption` of fmap.flows.json: keys by reference, what is wrong with them in a sentence, nothing of a record in the file, and all commands beside it.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith, put } from "../folder.ts"
import { stories } from "./stories.ts"

const [, , held] = stories
const canary = "CANARY-5a81"
const keyOne = "11".repeat(32)
const keyTwo = Buffer.alloc(32, 2).toString("base64")
const environment = { KEY_ONE: keyOne, KEY_TWO: keyTwo, SHORT: "abc", FMAP_ACTOR: "mara" }
const configured = (...keys: readonly (readonly [string, string])[]) =>
  JSON.stringify({
    ...JSON.parse(held?.files["fmap.flows.json"] ?? "{}"),
    encryption: { tenant: "acme", keys: keys.map(([id, key]) => ({ id, key })) },
  })

function project(config: string): string {
  const files = Object.entries(held?.files ?? {}).map(([path, text]) => [
    path,
    // The name of each opportunity is read and kept.
    path === "crm/Opportunity.ndjson" ? text.replaceAll('{"Id"', `{"Name":"${canary}","Id"`) : text,
  ])
  return folderWith({ ...Object.fromEntries(files), "fmap.flows.json": config })
}

async function told(folder: string, ...words: readonly string[]) {
  const terminal = fakeTerminal(folder, { environment })
  const code = await runCommandLine(["flow", ...words], terminal)
  const text = terminal.written.out + terminal.written.comment
  for (const key of [keyOne, keyTwo]) expect(text).not.toContain(key)
  return { code, text }
}

const atRest = (folder: string) =>
  readdirSync(folder)
    .filter(name => name.includes(".db"))
    .map(name => readFileSync(join(folder, name), "latin1"))
    .join("\n")

test("nothing of a record is in the file, and every command works", async () => {
  const plain = project(held?.files["fmap.flows.json"] ?? "{}")
  await told(plain, "start", "--once")
  expect(atRest(plain).includes(canary), "it would be there").toBe(true)
  const folder = project(configured(["one", "env:KEY_ONE"]))
  const start = await told(folder, "start", "--once")
  const before = await told(plain, "stats")
  expect((await told(folder, "stats")).text.replaceAll(/\d+ s/gu, "")).toBe(
    before.text.replaceAll(/\d+ s/gu, ""),
  )
  expect(start.code).toBe(3)
  expect(atRest(folder).includes(canary)).toBe(false)
  const shown = await told(folder, "exceptions", "show", "1")
  expect(shown.code, shown.text).toBe(0)
  expect(shown.text).toContain("NO_ACCOUNT")
  const traced = await told(folder, "trace", canary)
  expect(traced.code, traced.text).toBe(0)
  const replayed = await told(folder, "replay", "--flow", "QuoteToOrder")
  expect(replayed).toEqual(await told(plain, "replay", "--flow", "QuoteToOrder"))
  expect((await told(folder, "audit", "verify")).code).toBe(0)
  // To another store and with a newer key.
  expect((await told(folder, "move", "--from", "sqlite:./fmap.db", "--to", "sqlite:./new.db")).code).toBe(0)
  put(folder, { "fmap.flows.json": configured(["two", "env:KEY_TWO"], ["one", "env:KEY_ONE"]) })
  expect((await told(folder, "exceptions", "show", "1", "--store", "sqlite:./new.db")).text).toContain(
    "NO_ACCOUNT",
  )
  expect(atRest(folder).includes(canary)).toBe(false)
}, 60_000)

test("a key of older texts that is gone is told, and what it encrypted is not shown", async () => {
  const folder = project(configured(["one", "env:KEY_ONE"]))
  await told(folder, "start", "--once")
  put(folder, { "fmap.flows.json": configured(["two", "env:KEY_TWO"], ["one", "env:GONE"]) })
  const shown = await told(folder, "exceptions", "list")
  expect(shown.text).toMatch(/Key one of "encryption": .*GONE.* What it encrypted cannot be read\./u)
  expect(shown.text).toContain('The key "one" that sealed this is not here')
  expect((await told(folder, "stats")).code).not.toBe(70)
}, 60_000)

test.each([
  ["a key that is not there", [["one", "env:NOT_THERE"]], 'Key one of "encryption"'],
  [
    "a key that is too short",
    [["one", "env:SHORT"]],
    "Key one is no 32 bytes as Base64 or hexadecimal digits.",
  ],
  ["the key itself", [["one", keyOne]], "what stands there is none of them"],
  [
    "one id twice",
    [
      ["one", "env:KEY_ONE"],
      ["one", "env:KEY_TWO"],
    ],
    "Two keys have the id one.",
  ],
  ["no key", [], '"encryption.keys"'],
  ["an id that is none", [["a:b", "env:KEY_ONE"]], "write letters, digits, ., _ and -"],
] as const)("%s: nothing starts, and no ledger is made", async (_, keys, why) => {
  const folder = project(configured(...keys))
  const ended = await told(folder, "start", "--once")
  expect(ended.code, ended.text).toBe(2)
  expect(ended.text).toContain(why)
  expect(readdirSync(folder)).not.toContain("fmap.db")
})
