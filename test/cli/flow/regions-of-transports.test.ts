// Where transports are, and who is told of alerts: what a policy keeps elsewhere is refused at the start.
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"

const source = `system Crm { kind crm residency EU }
policy Privacy version 1.0.0 { pii stays in EU, UK }
contract Deal of Crm version 1.0.0 reads { id: text(18) key, mail: text(80) pii }
contract Booked version 1.0.0 { id: text(18) key, mail: text(80) pii }
map ToBooked version 1.0.0 from deal: Deal to booked: Booked { id = deal.id, mail = deal.mail }
flow Orders version 1.0.0 on deal: Deal changed
{
  publish ToBooked(deal)
  on reject queue "desk"
  on failure dead letter
}
`
const hook = { url: "http://127.0.0.1:1/x", secret: "env:NOBODY", reach: "loopback" }
const out = { out: { source: "ledger" } }
const booked = 'and Booked, which flows publish, may be in EU or UK only: its "region" says where it is.\n'
const told =
  'and watches tell it parts of events of Orders ("by"), which may be in EU or UK only: its "region" says where it is, or leave "by" out.\n'

test.each<readonly [what: string, config: object, comment: string | RegExp]>([
  ["NATS nobody knows the place of", { nats: out }, `"nats" is in no known region, ${booked}`],
  ["NATS elsewhere", { nats: { ...out, region: "US" } }, `"nats" is in US, ${booked}`],
  ["NATS that only brings events", { nats: { servers: ["127.0.0.1:1"] } }, /"nats" does not reach/],
  ["NATS in a region", { nats: { ...out, region: "UK", servers: ["127.0.0.1:1"] } }, /"nats" does not reach/],
  ["a name that is none", { nats: { ...out, region: "E U" } }, /"nats.region": write a name such as EU/],
  [
    "a webhook that is told parts of events",
    { alerts: { webhooks: [hook] }, watch: { by: { Orders: { unit: "/id" } } } },
    `"alerts.webhooks.0" is in no known region, ${told}`,
  ],
  [
    "a webhook elsewhere, by a watch of all flows",
    {
      alerts: {
        webhooks: [
          { ...hook, region: "EU" },
          { ...hook, region: "US" },
        ],
      },
      watch: { watches: [{ kind: "exceptions", name: "all", within: "1h", by: { unit: "/id" } }] },
    },
    `"alerts.webhooks.1" is in US, ${told}`,
  ],
  ["a webhook that is told no part", { alerts: { webhooks: [hook] } }, /alerts.webhooks.0.secret/],
  [
    "a webhook in a region",
    { alerts: { webhooks: [{ ...hook, region: "UK" }] }, watch: { by: { Orders: { unit: "/id" } } } },
    /alerts.webhooks.0.secret/,
  ],
])("%s", async (_, config, comment) => {
  const folder = folderWith({
    "main.fmap": source,
    "fmap.json": "{}",
    "fmap.flows.json": JSON.stringify({
      region: "EU",
      systems: { Crm: { kind: "folder", path: "crm" } },
      ...config,
    }),
  })
  const terminal = fakeTerminal(folder)
  const code = await runCommandLine(["flow", "start", "--once", "--at-most", "1"], terminal)
  expect(code).toBe(2)
  if (typeof comment === "string") expect(terminal.written.comment).toBe(`error[FM8412]: ${comment}`)
  else expect(terminal.written.comment).toMatch(comment)
})
