// What a flow wants of a platform that configuration describes, and the configuration does not describe: told at the start, once for each, and nothing begins.
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"

const source = `system Crm { kind crm }
system Erp { kind erp }
contract Deal of Crm version 1.0.0 reads { id: text(18) key, owner: text(18) }
contract Person of Crm version 1.0.0 reads { id: text(18) key, name: text(80) }
contract Order of Erp version 1.0.0 writes answers (number: text(20)) { externalId: text(18) key, by: text(80) }
contract Gone of Erp version 1.0.0 writes { externalId: text(18) key }
map ToOrder version 1.0.0 from deal: Deal, person: Person to order: Order {
  externalId = deal.id
  by         = person.name
  ignore person.id because "the name is enough"
}
map ToGone version 1.0.0 from deal: Deal to gone: Gone {
  externalId = deal.id
  ignore deal.owner because "the key is enough"
}
flow Orders version 1.0.0 on deal: Deal changed
{
  person = read Crm.Person by deal.owner else hold NO_PERSON
  ensure ToOrder(deal, person) in Erp.Order by externalId
  send ToGone(deal) to Erp.Gone delete
  on hold queue "order-desk"
  on reject queue "order-desk"
  on failure dead letter
}
`
const call = { method: "POST", path: "/x" }
const list = { path: "/x", changes: { since: "s", idAt: ["id"], versionAt: ["v"] } }
const http = (objects: object) => ({
  kind: "http",
  baseUrl: "https://example.com",
  auth: { kind: "none" },
  objects,
})
const all = {
  Crm: { Deal: { list }, Person: { list: { path: "/people" } } },
  Erp: { Order: { find: { path: "/orders?id={key}" }, create: call }, Gone: { delete: call } },
}

const told = (crm: object, erp: object) => started(source, { Crm: http(crm), Erp: http(erp) })

async function started(text: string, systems: object) {
  const folder = folderWith({
    "main.fmap": text,
    "fmap.json": "{}",
    "fmap.flows.json": JSON.stringify({
      systems,
      flows: { Orders: { begin: "beginning" } },
    }),
  })
  const terminal = fakeTerminal(folder)
  const code = await runCommandLine(["flow", "start", "--once", "--at-most", "1"], terminal)
  return { code, comment: terminal.written.comment }
}

test.each<readonly [what: string, crm: object, erp: object, problem: string]>([
  [
    "changes that cannot be asked for",
    { ...all.Crm, Deal: { list: { path: "/x" } } },
    all.Erp,
    'System Crm: "objects.Deal.list" has no "changes", and Orders needs it to be told of changes of Deal.',
  ],
  [
    "an object that is not described",
    { Deal: all.Crm.Deal },
    all.Erp,
    'System Crm: "objects" has no Person, and Orders needs it to read Person.',
  ],
  [
    "an ensure that cannot look",
    all.Crm,
    { ...all.Erp, Order: { create: call } },
    'System Erp: "objects.Order" has no "find", and Orders needs it to make sure of Order.',
  ],
  [
    "an ensure that cannot create",
    all.Crm,
    { ...all.Erp, Order: { find: all.Erp.Order.find } },
    'System Erp: "objects.Order" has no "create", and Orders needs it to make sure of Order.',
  ],
  [
    "a verb that is not there",
    all.Crm,
    { ...all.Erp, Gone: { create: call } },
    'System Erp: "objects.Gone" has no "delete", and Orders needs it to delete Gone.',
  ],
])("%s", async (_, crm, erp, problem) => {
  expect(await told(crm, erp)).toEqual({ code: 2, comment: `error[FM8502]: ${problem}\n` })
})

test("all that is wanted is there: it begins", async () => {
  const { code, comment } = await told(all.Crm, all.Erp)
  expect(code).toBe(3)
  expect(comment).toContain("Orders 1.0.0 on sqlite:./fmap.db.")
})

test.each<readonly [what: string, systems: object, problem: string | undefined]>([
  [
    "a described platform",
    { Crm: http(all.Crm), Erp: http(all.Erp) },
    "Crm does not say who changed a record, and flow Orders waits for changes `not by us`: leave that out, and wait for fields the flow does not write (`changed in (…)`).",
  ],
  [
    "a folder, which knows what flows wrote",
    { Crm: { kind: "folder", path: "crm" }, Erp: http(all.Erp) },
    undefined,
  ],
])("`not by us` where the platform is not named: %s", async (_, systems, problem) => {
  const { code, comment } = await started(
    source.replace("deal: Deal changed", "deal: Deal changed not by us"),
    systems,
  )
  if (problem === undefined) expect(comment).toContain("Orders 1.0.0 on sqlite:./fmap.db.")
  else expect({ code, comment }).toEqual({ code: 2, comment: `error[FM8502]: ${problem}\n` })
})
