// Projects whose flows use a system of each platform, in every way the platform has. Flows in: nothing. Flows out: sources by what they are about.

interface Names {
  readonly deal: string
  readonly person: string
  readonly order: string
  readonly note: string
}

/** Told of changes, read, and written by every verb for a single record. The system is called Target. */
function records(system: string, names: Names, key: string): string {
  const target = (contract: string, name: string, way: string) =>
    `contract ${contract} as "${name}" of Target version 1.0.0 ${way}`
  return `${system}
${target("Deal", names.deal, "reads")} {
  id: text(18) key, owner: text(18), closed: date, changedAt: instant
}
${target("Person", names.person, "reads")} { id: text(18) key, joined: date, name: text(80) }
${target("Order", names.order, "writes")} { ${key}: text(18) key, by: text(80) }
${target("Note", names.note, "writes")} { ${key}: text(18) key, by: text(80) }
${target("Gone", names.note, "writes")} { ${key}: text(18) key }
map ToOrder version 1.0.0 from person: Person to order: Order {
  ${key} = person.id
  by = person.name
  ignore person.joined because "the name is enough"
}
map ToNote version 1.0.0 from person: Person to note: Note {
  ${key} = person.id
  by = person.name
  ignore person.joined because "the name is enough"
}
map ToGone version 1.0.0 from person: Person to gone: Gone {
  ${key} = person.id
  ignore person.name, person.joined because "it goes"
}
flow Orders version 1.0.0 on deal: Deal changed in (owner)
{
  person = read Target.Person by deal.owner else hold NO_PERSON
  same   = read Target.Person where joined == deal.closed
  ensure ToOrder(person) in Target.Order by ${key}
  first = send ToNote(person) to Target.Note create in doubt hold LOST
  second = send ToNote(person) to Target.Note upsert after first
  for each one in same { send ToOrder(one) to Target.Order update after second }
  send ToGone(person) to Target.Gone delete after second
  on hold queue "desk"
  on reject queue "desk"
  on failure dead letter
}
`
}

/** Members and figures of a month, made of files. The system is called Target. */
function figures(system: string, members: boolean, mode: string, read = ""): string {
  return `${system}
system Ledger { kind erp platform files }
contract Posting of Ledger version 1.0.0 reads { id: text(18) key, account: text(20), amount: decimal(18,2) }
contract Member of Target version 1.0.0 writes { Code: text(20) key, Name: text(80) }
contract Figure of Target version 1.0.0 writes { Version: text(20), Account: text(20) key, Amount: decimal(18,2) }
contract PlanFigure of Target version 1.0.0 reads { Version: text(20) key, Region: text(20), Value: decimal(18,2) }
map ToMembers version 1.0.0 from each posting: Posting to member: Member {
  Code = posting.account
  Name = posting.account
  ignore posting.id, posting.amount because "a member is told apart by its account"
}
map ToFigures version 1.0.0 from each posting: Posting to figure: Figure {
  Version = "Actual"
  Account = posting.account
  Amount = posting.amount
  ignore posting.id because "the account tells it apart"
}
flow Close version 1.0.0 every day at 02:00 in "Europe/Berlin" as night
{
  postings = read Ledger.Posting where account == "4000"
  ${members ? "load ToMembers(postings) to Target.Member add" : ""}
  ${read}
  load ToFigures(postings) to Target.Figure ${mode}
  on hold queue "desk"
  on reject queue "desk"
  on failure dead letter
}
`
}

/** Bills with lines, one by one or loaded. The system is called Target. */
function bills(system: string, name: string, step: string): string {
  return `${system}
system Ledger { kind erp platform files }
record PostedLine { account: text(20), amount: decimal(18,2) }
record Line { account: text(20), amount: decimal(18,2), units: decimal(18,2) }
contract Posting of Ledger version 1.0.0 reads { id: text(18) key, entity: text(20), lines: PostedLine[1..9] }
contract Bill as "${name}" of Target version 1.0.0 writes {
  externalId: text(18) key, entity: text(20), tranDate: date, channel: text(20), expense: Line[1..9] wire under items
}
map ToBill version 1.0.0 from posting: Posting to bill: Bill {
  externalId = posting.id
  entity     = posting.entity
  tranDate   = 2026-03-31
  channel    = "fmap"
  expense    = each posting.lines as line {
    account = line.account
    amount  = line.amount
    units   = 1
  }
}
flow Bills version 1.0.0 every day at 02:00 in "Europe/Berlin" as night
{
  postings = read Ledger.Posting where entity == "DE"
  ${step}
  on hold queue "desk"
  on reject queue "desk"
  on failure dead letter
}
`
}

const eachBill = "for each posting in postings { send ToBill(posting) to Target.Bill upsert }"

const capitals = { deal: "Deal", person: "Person", order: "Order", note: "Note" }

/** By what becomes of it: a platform, and where one has several, which. */
export const projects: Readonly<Record<string, string>> = {
  salesforce: records(
    "system Target { kind crm platform salesforce }",
    { ...capitals, deal: "Opportunity", person: "User" },
    "ExternalId__c",
  ),
  netsuite: records(
    "system Target { kind erp platform netsuite }",
    { deal: "invoice", person: "message", order: "salesOrder", note: "customer" },
    "externalId",
  ),
  sap: records(
    "system Target { kind erp platform sap wire odata2 }",
    { deal: "A_SalesOrder", person: "A_BusinessPartner", order: "A_PurchaseOrder", note: "A_Note" },
    "Reference",
  ),
  "dynamics-finance": records(
    "system Target { kind erp platform d365 wire odata4 }",
    { deal: "SalesOrderHeadersV2", person: "CustomersV3", order: "PurchaseOrderHeadersV2", note: "Notes" },
    "Reference",
  ),
  dataverse: records(
    "system Target { platform d365 wire odata4 }",
    { deal: "opportunities", person: "accounts", order: "salesorders", note: "annotations" },
    "fmap_externalid",
  ),
  odata: records("system Target { kind erp platform odata wire odata4 }", capitals, "Reference"),
  oracle: records(
    "system Target { kind erp platform oracle }",
    { ...capitals, order: "salesOrdersForOrderHub" },
    "SourceTransactionId",
  ),
  "oracle-imports": figures("system Target { kind erp platform oracle }", false, "add in doubt hold LOST"),
  "netsuite-lines": bills("system Target { kind erp platform netsuite }", "vendorBill", eachBill),
  "oracle-lines": bills(
    "system Target { kind erp platform oracle }",
    "invoices",
    "load ToBill(postings) to Target.Bill add in doubt hold LOST",
  ).replace("map ToBill version 1.0.0 from posting", "map ToBill version 1.0.0 from each posting"),
  anaplan: figures("system Target { kind planning platform anaplan }", true, "replace over Version"),
  adaptive: figures(
    "system Target { kind planning platform adaptive }",
    false,
    "replace over Version",
    'planned = read Target.PlanFigure where Version == "Plan"\n  control "there is a plan" sum(planned.Value) > 0 else hold NO_PLAN',
  ),
  http: records("system Target { kind crm platform http }", capitals, "external_id"),
  hubspot: records(
    "system Target { kind crm platform hubspot }",
    { deal: "deals", person: "contacts", order: "orders", note: "notes" },
    "external_id",
  ),
  stripe: records("system Target { kind billing platform stripe }", capitals, "reference"),
  postgres: records(
    "system Target { kind warehouse platform postgres }",
    { deal: "crm.deal", person: "crm.person", order: "erp.order", note: "erp.note" },
    "external_id",
  ),
  files: figures("system Target { kind warehouse platform files wire csv }", false, "add"),
  folder: records("system Target { kind crm }", { ...capitals, person: "a person" }, "external_id"),
}
