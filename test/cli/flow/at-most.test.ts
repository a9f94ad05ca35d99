// `fmap flow start --once --at-most`: where a platform cannot be reached, a start of every night ends all the same, says so, and loses nothing.
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith, put } from "../folder.ts"

const source = `system Crm { kind crm }
system Erp { kind erp }
contract Deal of Crm version 1.0.0 reads { id: text(18) key, total: money(18,2) in EUR }
contract Order of Erp version 1.0.0 writes { externalId: text(18) key, total: money(18,2) in EUR }
map ToOrder version 1.0.0 from deal: Deal to order: Order {
  externalId = deal.id
  total      = deal.total
}
flow Orders version 1.0.0
  on deal: Deal changed in (total)
{
  send ToOrder(deal) to Erp.Order upsert
  on reject queue "order-desk"
  on failure dead letter
}
`
const config = (erp: object) =>
  JSON.stringify({
    systems: { Crm: { kind: "folder", path: "crm" }, Erp: erp },
    flows: { Orders: { begin: "beginning" } },
  })
const serviceAt = (port: number) => ({
  kind: "http",
  baseUrl: `http://127.0.0.1:${port}`,
  reach: "loopback",
  auth: { kind: "none" },
  objects: { Order: { upsert: { method: "PUT", path: "/orders/{key}" } } },
})

async function told(folder: string, ...words: readonly string[]) {
  const terminal = fakeTerminal(folder)
  const code = await runCommandLine(["flow", "start", ...words], terminal)
  return { code, out: terminal.written.out, comment: terminal.written.comment }
}

test("what cannot be sent waits for the next start", async () => {
  const closed = createServer().listen(0, "127.0.0.1")
  await new Promise(resolve => void closed.once("listening", resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise(resolve => void closed.close(resolve))
  const folder = folderWith({
    "main.fmap": source,
    "fmap.json": "{}",
    "fmap.flows.json": config(serviceAt(port)),
    "crm/Deal.ndjson": `${JSON.stringify({ id: "006A", total: "12.50" })}\n`,
  })
  const first = await told(folder, "--once", "--at-most", "1")
  expect(first.code, first.comment).toBe(3)
  expect(first.comment).toContain("events still wait: the next start goes on with them")
  expect(first.out).toContain("Orders 1.0.0: 1 open")

  put(folder, { "fmap.flows.json": config({ kind: "folder", path: "erp" }) })
  const second = await told(folder, "--once", "--at-most", "60")
  expect(second.code, second.comment).toBe(0)
  expect(second.out).toContain("Orders 1.0.0: 1 done")
})

test.each([
  [["--at-most", "60"], "--at-most goes with --once."],
  [["--once", "--at-most", "0"], "--at-most is whole seconds, 1 to 999999."],
  [["--once", "--at-most", "1.5"], "--at-most is whole seconds, 1 to 999999."],
  [["--once", "--at-most", "1h"], "--at-most is whole seconds, 1 to 999999."],
])("%j is refused", async (words, problem) => {
  const { code, comment } = await told(folderWith({ "fmap.json": "{}", "main.fmap": source }), ...words)
  expect({ code, comment }).toEqual({ code: 2, comment: expect.stringContaining(problem) })
})
