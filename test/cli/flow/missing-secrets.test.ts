// Secrets of systems that are not there: who would call the systems is told before anything begins, and who only looks and decides needs none.
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"

const source = `system Crm { kind crm }
system Erp { kind erp }
contract Deal of Crm version 1.0.0 reads { id: text(18) key }
contract Order of Erp version 1.0.0 writes { externalId: text(18) key }
map ToOrder version 1.0.0 from deal: Deal to order: Order { externalId = deal.id }
flow Orders version 1.0.0 on deal: Deal changed
{
  send ToOrder(deal) to Erp.Order upsert
  on reject queue "order-desk"
  on failure dead letter
}
`
const config = JSON.stringify({
  systems: {
    Crm: { kind: "folder", path: "crm" },
    Erp: {
      kind: "http",
      baseUrl: "https://erp.example.com",
      auth: { kind: "bearer", token: "env:ERP_TOKEN" },
      objects: { Order: { upsert: { method: "PUT", path: "/orders/{key}" } } },
    },
  },
  flows: { Orders: { begin: "beginning" } },
})
const missing = "System Erp, auth.token: There is nothing at env:ERP_TOKEN."

async function told(
  folder: string,
  environment: Readonly<Record<string, string>>,
  ...words: readonly string[]
) {
  const terminal = fakeTerminal(folder, { environment })
  const code = await runCommandLine(["flow", ...words], terminal)
  return { code, text: terminal.written.out + terminal.written.comment }
}

const folder = folderWith({
  "main.fmap": source,
  "fmap.json": "{}",
  "fmap.flows.json": config,
  "crm/Deal.ndjson": "",
})

test("who would call a system is told, and nothing begins", async () => {
  expect(await told(folder, {}, "start", "--once")).toEqual({
    code: 2,
    text: expect.stringContaining(missing),
  })
  expect((await told(folder, { ERP_TOKEN: "t" }, "start", "--once")).code).toBe(0)
})

test.each([
  [["exceptions", "retry", "99", "--reason", "x", "--by", "mara"], "99"],
  [["replay", "Orders"], ""],
  [["stats"], ""],
])("%j needs none", async (words, part) => {
  const { text } = await told(folder, {}, ...words)
  expect(text).not.toContain("ERP_TOKEN")
  expect(text).toContain(part)
})
