// `fmap flow init`: what is written, what is left alone, what cannot be, and that what it wrote runs.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { serve, simulatedNetSuite, simulatedSalesforce } from "@fmap/runtime/simulators"
import { expect, test } from "vitest"
import { runCommandLine } from "../../../../cli/command-line.ts"
import { fakeTerminal } from "../../fake-terminal.ts"
import { folderWith, holds, put } from "../../folder.ts"

/** A flow from one system to another, each as it is declared. */
function between(
  source: readonly [name: string, clauses: string],
  target: readonly [string, string],
): string {
  return `system ${source[0]} { ${source[1]} }
system ${target[0]} { ${target[1]} }
contract Deal as "Opportunity" of ${source[0]} version 1.0.0 reads {
  Id: text(18) key, Name: text(120), CloseDate: date
}
record Reference { id: text(20) }
contract Order as "salesOrder" of ${target[0]} version 1.0.0 writes {
  externalId: text(40) key, entity: Reference, tranDate: date, memo: text(120)
}
map ToOrder version 1.0.0 from deal: Deal to order: Order {
  externalId = "SF-{deal.Id}"
  entity = { id = "7" }
  tranDate = deal.CloseDate
  memo = deal.Name
}
flow Bill version 1.0.0 on deal: Deal changed in (Name)
{
  send ToOrder(deal) to ${target[0]}.Order upsert
  on hold queue "desk"
  on reject queue "desk"
  on failure dead letter
}
`
}

/** The platforms have a field more than their simulators. */
const moreFields = (source: string) =>
  source
    .replace("CloseDate: date", "CloseDate: date, Region__c: text(40)")
    .replace("memo: text(120)", "memo: text(120), channel: text(40)")
    .replace("memo = deal.Name", "memo = deal.Name\n  channel = deal.Region__c")

const orders = between(["Crm", "kind crm platform salesforce"], ["Erp", "kind erp platform netsuite"])

function project(source: string, more: Readonly<Record<string, string>> = {}) {
  const folder = folderWith({ "main.fmap": source, "fmap.json": "{}", ...more })
  const fmap = async (words: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const terminal = fakeTerminal(folder, { environment })
    const code = await runCommandLine(words, terminal)
    return { code, ...terminal.written }
  }
  const systems = () =>
    JSON.parse(readFileSync(join(folder, "fmap.flows.json"), "utf8")).systems as Readonly<
      Record<string, Readonly<Record<string, unknown>>>
    >
  return { folder, fmap, systems }
}

test("an order goes from one simulated platform to the other, by what was written and told", async () => {
  const { folder, fmap } = project(moreFields(orders))
  const { code, comment } = await fmap(["flow", "init", "--simulated"])
  expect(code).toBe(0)
  const [crm, erp] = [simulatedSalesforce(), simulatedNetSuite()]
  const now = () => Date.now()
  const [salesforce, netSuite] = [await serve(crm, { now }), await serve(erp, { now })]
  try {
    // the ports of the file may be somebody's here
    const text = readFileSync(join(folder, "fmap.flows.json"), "utf8")
    expect(comment).toContain("npx fmap simulate salesforce --port 8501 --data simulated/Crm.json ")
    expect(comment).toContain("npx fmap simulate netsuite --port 8502 --data simulated/Erp.json ")
    crm.load(JSON.parse(holds(folder)["simulated/Crm.json"] ?? ""))
    erp.load(JSON.parse(holds(folder)["simulated/Erp.json"] ?? ""))
    put(folder, {
      "fmap.flows.json": text
        .replace("http://127.0.0.1:8501", salesforce.url)
        .replace("http://127.0.0.1:8502", netSuite.url),
    })
    const environment = Object.fromEntries(
      [...comment.matchAll(/^ {2}export (\w+)=(\S+)$/gmu)].map(([, name = "", value = ""]) => [name, value]),
    )
    const first = await fmap(["flow", "start", "--once"], environment)
    expect(first.code, first.comment).toBe(0)
    const deal = {
      Id: "006A00000000000001",
      Name: "Forty seats",
      StageName: "Closed Won",
      CloseDate: "2026-03-31",
      Region__c: "North",
    }
    crm.load({ records: { Opportunity: [deal] } })
    const second = await fmap(["flow", "start", "--once"], environment)
    expect(second.code, second.comment).toBe(0)
    const { records } = erp.dump() as { readonly records: Readonly<Record<string, readonly object[]>> }
    expect(records["salesOrder"]).toMatchObject([
      { externalId: `SF-${deal.Id}`, memo: "Forty seats", channel: "North", tranDate: "2026-03-31" },
    ])
  } finally {
    await Promise.all([salesforce.stop(), netSuite.stop()])
  }
})

test("what a person has to fill in is named at the start, for all systems at once, and nothing begins", async () => {
  const { folder, fmap } = project(orders)
  await fmap(["flow", "init"])
  const { code, out, comment } = await fmap(["flow", "start", "--once"])
  expect({ code, out, comment }).toEqual({
    code: 2,
    out: "",
    comment:
      "error[FM8501]: System Crm: still to be filled in in fmap.flows.json: baseUrl.\n" +
      "error[FM8501]: System Erp: still to be filled in in fmap.flows.json: baseUrl, account.\n",
  })
  const ran = await fmap(["flow", "run", "Bill", "--payload", "none.json"])
  expect({ code: ran.code, comment: ran.comment }).toEqual({
    code: 2,
    comment: "error[FM8501]: System Erp: still to be filled in in fmap.flows.json: baseUrl, account.\n",
  })
  expect(Object.keys(holds(folder))).toContain("fmap.flows.json")
})

test("systems nobody describes are named all at once, with all flows that need them", async () => {
  const { fmap } = project(`${orders}${orders.slice(orders.indexOf("flow Bill")).replace("Bill", "Ship")}`)
  const { code, comment } = await fmap(["flow", "start", "--once"])
  const how =
    'and nobody says how it is reached: name it under "systems" of fmap.flows.json, or let fmap flow init write it.'
  expect({ code, comment }).toEqual({
    code: 2,
    comment: `error[FM8501]: Flows Bill, Ship need the system Crm, ${how}\nerror[FM8501]: Flows Bill, Ship need the system Erp, ${how}\n`,
  })
})

test("a file that is there is not touched: what it lacks is printed", async () => {
  const there = '{ "systems": { "Erp": { "kind": "netsuite", "baseUrl": "http://127.0.0.1:8501" } } }'
  const { folder, fmap } = project(orders, { "fmap.flows.json": there })
  const { code, out, comment } = await fmap(["flow", "init", "--simulated"])
  expect(code).toBe(0)
  expect(holds(folder)["fmap.flows.json"]).toBe(there)
  // its port is somebody's already
  expect(JSON.parse(out)).toEqual({
    systems: {
      Crm: {
        kind: "salesforce",
        baseUrl: "http://127.0.0.1:8502",
        reach: "loopback",
        apiVersion: "v62.0",
        auth: {
          kind: "client-credentials",
          clientId: "env:CRM_CLIENT_ID",
          clientSecret: "env:CRM_CLIENT_SECRET",
        },
      },
    },
  })
  expect(comment).toContain(
    "  kept  fmap.flows.json\n\nIt does not say how Crm is reached: what is printed belongs into it.\n",
  )
})

test("a file that says everything is left, and its open places are told", async () => {
  const { folder, fmap } = project(orders)
  await fmap(["flow", "init"])
  const before = holds(folder)
  const { code, out, comment } = await fmap(["flow", "init", "--simulated"])
  expect({ code, out }).toEqual({ code: 0, out: "" })
  expect(holds(folder)).toEqual(before)
  expect(comment).toBe(`  kept  fmap.flows.json

It says of every system of the flows how it is reached.

Fill in; fmap flow start names what is left, and sends it nowhere:
  Crm   baseUrl   https://FILL-IN-MY-DOMAIN.my.salesforce.com
  Erp   baseUrl   https://FILL-IN-ACCOUNT.suitetalk.api.netsuite.com
  Erp   account   FILL-IN-ACCOUNT

Next:
  export CRM_CLIENT_ID=
  export CRM_CLIENT_SECRET=
  export ERP_CONSUMER_KEY=
  export ERP_CONSUMER_SECRET=
  export ERP_TOKEN_ID=
  export ERP_TOKEN_SECRET=
  npx fmap flow start
`)
})

test("systems of one platform have ports and variables of their own, however alike their names are", async () => {
  const { fmap, systems } = project(
    between(["Crm", "kind crm platform salesforce"], ["CRM", "kind crm platform salesforce"]),
  )
  const { code, comment } = await fmap(["flow", "init", "--simulated"])
  expect(code).toBe(0)
  expect(systems()).toMatchObject({
    Crm: { baseUrl: "http://127.0.0.1:8501", auth: { clientId: "env:CRM_CLIENT_ID" } },
    CRM: { baseUrl: "http://127.0.0.1:8502", auth: { clientId: "env:CRM_2_CLIENT_ID" } },
  })
  expect(comment).toContain("simulate salesforce --port 8501")
  expect(comment).toContain("simulate salesforce --port 8502")
})

test.each<readonly [name: string, plain: string, variable: string]>([
  ["__proto__", "__proto__", "PROTO"],
  ["constructor", "constructor", "CONSTRUCTOR"],
  ['`My "Erp" \\ 2`', 'My "Erp" \\ 2', "MY_ERP_2"],
  ["`../Größe`", "../Größe", "GRO_SSE"],
  ["`$(reboot)`", "$(reboot)", "REBOOT"],
  ["`42`", "42", "SYSTEM_42"],
  ["`会計`", "会計", "SYSTEM"],
])("the system %s is one like any other", async (name, plain, variable) => {
  const { folder, fmap, systems } = project(
    between(["Crm", "kind crm"], [name, "kind erp platform netsuite"]),
  )
  const { code, comment } = await fmap(["flow", "init", "--simulated"])
  expect(code, comment).toBe(0)
  expect(Object.keys(holds(folder))).toEqual(["fmap.flows.json", "fmap.json", "main.fmap"])
  const entry = Object.entries(systems()).find(([system]) => system === plain)?.[1]
  expect(entry).toMatchObject({ kind: "netsuite", auth: { tokenId: `env:${variable}_TOKEN_ID` } })
  // it is read back, and only its secrets are missing
  const started = await fmap(["flow", "start", "--once"])
  expect(started.comment).toContain(
    `System ${plain}, auth.tokenId: There is nothing at env:${variable}_TOKEN_ID.`,
  )
  expect(started.comment).not.toContain("nobody says")
})

test("folders that stand for systems lie beside the file, each its own", async () => {
  const { fmap, systems } = project(between(["`../../etc`", "kind crm"], ["etc", "kind erp"]))
  expect((await fmap(["flow", "init"])).code).toBe(0)
  expect(Object.values(systems())).toEqual([
    { kind: "folder", path: "./folders/etc" },
    { kind: "folder", path: "./folders/etc-2" },
  ])
  expect((await fmap(["flow", "start", "--once"])).code).toBe(0)
})

test("another file may be named, and its schema is found from there", async () => {
  const { folder, fmap } = project(orders)
  const { code, comment } = await fmap(["flow", "init", "--config", "deploy/eu flows.json"])
  expect(code).toBe(0)
  expect(comment).toContain("  new   deploy/eu flows.json\n")
  expect(comment).toContain("  npx fmap flow start --config 'deploy/eu flows.json'\n")
  expect(JSON.parse(holds(folder)["deploy/eu flows.json"] ?? "").$schema).toBe(
    "../node_modules/fmap/dist/fmap.flows.schema.json",
  )
})

test.each<
  readonly [
    what: string,
    files: Readonly<Record<string, string>>,
    words: readonly string[],
    code: number,
    told: string,
  ]
>([
  [
    "a project without flows",
    { "main.fmap": "record Part { name: text(20) }\n" },
    [],
    2,
    "The project has no flow, so there is nothing to run: fmap flow init is for what flows run on.\n",
  ],
  ["a project with errors", { "main.fmap": `${orders}map Broken` }, [], 1, "error[FM"],
  ["a file that is no JSON", { "fmap.flows.json": "{" }, [], 2, "fmap.flows.json is not JSON: "],
  [
    "a file of other options",
    { "fmap.flows.json": '{ "system": {} }' },
    [],
    2,
    'there is no option "system".\n',
  ],
  ["a folder in its place", { "fmap.flows.json/x": "" }, [], 2, "fmap.flows.json cannot be read: "],
  ["no project", {}, ["--project", "nowhere"], 2, "nowhere"],
])("%s is told, and nothing is written", async (_, files, words, code, told) => {
  const { folder, fmap } = project(orders, files)
  const before = holds(folder)
  const ended = await fmap(["flow", "init", ...words])
  expect({ code: ended.code, out: ended.out }).toEqual({ code, out: "" })
  expect(ended.comment).toContain(told)
  expect(holds(folder)).toEqual(before)
})

test("a flow that needs no system is written a file with none", async () => {
  const { fmap, systems } = project(`contract Ping version 1.0.0 { id: text(18) key }
contract Pong version 1.0.0 { id: text(18) key }
map ToPong version 1.0.0 from ping: Ping to pong: Pong { id = ping.id }
flow Echo version 1.0.0 on ping: Ping {
  publish ToPong(ping)
  on reject queue "desk"
  on failure dead letter
}
`)
  const { code, comment } = await fmap(["flow", "init"])
  expect({ code, comment }).toEqual({
    code: 0,
    comment: "  new   fmap.flows.json\n\nNext:\n  npx fmap flow start\n",
  })
  expect(systems()).toEqual({})
})
