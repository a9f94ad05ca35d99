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
  [["salesforce", "--data", "bad.json"], "There is no object Nope"],
  [["salesforce", "--data", "broken.json"], "broken.json, line 1"],
] as const)("%j cannot start", async (words, message) => {
  const terminal = fakeTerminal(folderWith({ "bad.json": `{"records":{"Nope":[]}}`, "broken.json": "{" }))
  expect(await runCommandLine(["simulate", ...words], terminal)).toBe(2)
  expect(terminal.written.comment).toContain(message)
})
