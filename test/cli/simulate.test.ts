// `fmap simulate`: a platform that answers, its faults, its state in and out.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { type FakeTerminal, fakeTerminal } from "./fake-terminal.ts"
import { folderWith } from "./folder.ts"

/** Starts it, lets `use` talk to it, then Ctrl-C. */
async function simulated(
  terminal: FakeTerminal,
  words: readonly string[],
  use: (url: string) => Promise<void>,
) {
  const ended = runCommandLine(["simulate", ...words], terminal)
  while (terminal.written.out === "") await new Promise(resolve => setTimeout(resolve, 5))
  await use(terminal.written.out.trim())
  terminal.interrupt()
  return ended
}

const token = (url: string) =>
  fetch(`${url}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: "a", client_secret: "b" }),
  })

test("it answers, tells each request, and keeps its state", async () => {
  const folder = folderWith({
    "state.json": `{ "records": { "Account": [{ "Name": "Acme", "ExternalId__c": "A-1" }] } }`,
  })
  const terminal = fakeTerminal(folder)
  const code = await simulated(
    terminal,
    ["salesforce", "--data", "state.json", "--save", "after.json"],
    async url => {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
      const { access_token } = (await (await token(url)).json()) as { access_token: string }
      const patched = await fetch(`${url}/services/data/v62.0/sobjects/Account/ExternalId__c/A-1`, {
        method: "PATCH",
        headers: { authorization: `Bearer ${access_token}` },
        body: `{"Name":"Acme GmbH"}`,
      })
      expect(patched.status).toBe(200)
    },
  )
  expect(code).toBe(0)
  expect(terminal.written.comment).toBe(
    "salesforce is simulated; Ctrl-C ends.\nPOST /services/oauth2/token 200\nPATCH /services/data/v62.0/sobjects/Account/ExternalId__c/A-1 200\n",
  )
  const state = JSON.parse(readFileSync(join(folder, "after.json"), "utf8"))
  expect(state.records.Account).toMatchObject([{ Name: "Acme GmbH", ExternalId__c: "A-1" }])
})

test("the same seed lets the same requests go wrong", async () => {
  const told: string[] = []
  for (let run = 0; run < 2; run++) {
    const terminal = fakeTerminal(folderWith({}))
    await simulated(terminal, ["salesforce", "--faults", "7,0.5"], async url => {
      for (let i = 0; i < 12; i++) await token(url).catch(() => undefined)
    })
    told.push(terminal.written.comment)
  }
  expect(told[0]).toBe(told[1])
  expect(told[0]?.match(/\(/g)?.length).toBeGreaterThan(2)
})

test.each([
  [["nothing"], 'There is no simulator of "nothing"; there are '],
  [["salesforce", "--faults", "7"], "--faults takes a seed and a share below 1"],
  [["salesforce", "--data", "none.json"], "cannot be read"],
  [["salesforce", "--data", "bad.json"], "bad.json: /records/Nope: There is no object Nope"],
  [["salesforce", "--data", "broken.json"], "broken.json, line 1"],
  [["salesforce", "--save", "nowhere/after.json"], "nowhere/after.json: there is no folder "],
  [["salesforce", "--save", "bad.json/after.json"], "bad.json is no folder."],
  [["salesforce", "--save", "."], "is a folder; name a file."],
] as const)("%j cannot start", async (words, message) => {
  const terminal = fakeTerminal(folderWith({ "bad.json": `{"records":{"Nope":[]}}`, "broken.json": "{" }))
  expect(await runCommandLine(["simulate", ...words], terminal)).toBe(2)
  expect(terminal.written.comment).toContain(message)
})

const deal = { Name: "A", StageName: "Won", CloseDate: "2026-01-01" }
test.each<readonly [platform: string, state: unknown, message: string]>([
  ["salesforce", [], 'The state is an object with "objects", "records", "locks", "serial".'],
  [
    "salesforce",
    { Opportunity: [deal] },
    "/Opportunity is not known here; there are objects, records, locks, serial.",
  ],
  ["salesforce", { records: [] }, "/records is no object."],
  ["salesforce", { records: { Opportunity: deal } }, "/records/Opportunity is no list."],
  ["salesforce", { records: { Opportunity: ["006A"] } }, "/records/Opportunity/0 is no record."],
  [
    "salesforce",
    { records: { Opportunity: [{ ...deal, Amonut: 1 }] } },
    "/records/Opportunity/0/Amonut: Opportunity has no field Amonut.",
  ],
  [
    "salesforce",
    { records: { Opportunity: [{ ...deal, Amount: "12" }] } },
    "/records/Opportunity/0/Amount is of the type currency, and no number.",
  ],
  [
    "salesforce",
    { records: { Opportunity: [{ ...deal, Name: { first: "A" } }] } },
    "/records/Opportunity/0/Name is of the type string, and no text.",
  ],
  [
    "salesforce",
    { records: { Opportunity: [{ ...deal, Amount: 1200.3 + 2 ** -42 }] } },
    "/records/Opportunity/0/Amount is 1200.3000000000002: more than 10 digits behind the point, as binary arithmetic leaves them; write the figure that is meant.",
  ],
  [
    "salesforce",
    { records: { Opportunity: [{ ...deal, Id: 6 }] } },
    "/records/Opportunity/0/Id is no text, as ids are.",
  ],
  [
    "salesforce",
    { records: { Opportunity: [{ ...deal, Id: "006A" }, deal, { ...deal, Id: "006A" }] } },
    "/records/Opportunity/2 has the Id of /records/Opportunity/0.",
  ],
  ["salesforce", { serial: "1" }, "/serial is no whole number."],
  ["netsuite", { records: { customer: [{ id: 17 }] } }, "/records/customer/0/id is no text, as ids are."],
  ["netsuite", { tables: { glline: {} } }, "/tables/glline is no list."],
  ["netsuite", { records: { nothing: [] } }, "/records/nothing: There is no record type nothing; "],
  [
    "sap",
    { records: { A_SalesOrder: [{ SalesOrderType: "OR" }] } },
    "/records/A_SalesOrder/0/SalesOrder is missing: it tells the record apart.",
  ],
  ["sap", { records: { "A/B": [] } }, "/records/A~1B: There is no entity set A/B; "],
  ["rest", { orders: [] }, "/orders is not known here; there are collections, serial."],
  [
    "rest",
    { collections: { orders: [{ id: "1" }, { id: "1" }] } },
    "/collections/orders/1 has the id of /collections/orders/0.",
  ],
  ["oracle-fusion", { imported: { file: 1 } }, "/imported/file is no list."],
  ["adaptive", { accounts: "4000" }, "/accounts is no list."],
  ["anaplan", { lists: { Products: {} } }, "/lists/Products/items is no list."],
])("%s: data that is none is told with its place: %j", async (platform, state, message) => {
  const terminal = fakeTerminal(folderWith({ "state.json": JSON.stringify(state) }))
  expect(await runCommandLine(["simulate", platform, "--data", "state.json"], terminal)).toBe(2)
  expect(terminal.written.comment).toContain(`state.json: ${message}`)
})
