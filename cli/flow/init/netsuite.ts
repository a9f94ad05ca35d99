// The entry of a NetSuite account. Flows in: a system. Flows out: its entry, with a table of SuiteQL for what flows are told of and for what looks like rows of one.
import { placeholder } from "../placeholder.ts"
import { simulatedAccount } from "./simulated-account.ts"
import { byName, type JsonObject, type Template, type UsedObject, whereItIs } from "./template.ts"

export const netsuite: Template = {
  simulator: () => "netsuite",
  prepare({ objects, secret }, at) {
    const tables = objects.filter(isTable)
    return {
      entry: {
        kind: "netsuite",
        ...whereItIs(at, "", `https://${placeholder("ACCOUNT")}.suitetalk.api.netsuite.com`),
        account: at === undefined ? placeholder("ACCOUNT") : "1234567",
        auth: {
          kind: "token-based",
          consumerKey: secret("CONSUMER_KEY"),
          consumerSecret: secret("CONSUMER_SECRET"),
          tokenId: secret("TOKEN_ID"),
          tokenSecret: secret("TOKEN_SECRET"),
        },
        ...(tables.length === 0 ? {} : { tables: byName(tables, tableOf) }),
      },
      notes: tables.flatMap(({ name, fields }) =>
        fields.every(field => isLower(field.name))
          ? []
          : [
              `${name} is read by SuiteQL, whose columns are in lower case: so have to be the names in its contract.`,
            ],
      ),
      ...(at === undefined ? {} : { data: simulatedAccount(objects.filter(object => !isTable(object))) }),
    }
  },
}

/** Records are read by their own names; what is none, or has columns for fields, is a table. */
function isTable({ needs, name, fields }: UsedObject): boolean {
  if (needs.has("changes")) return true
  return needs.has("read") && (/^[A-Z]/u.test(name) || fields.every(field => isLower(field.name)))
}

function isLower(name: string): boolean {
  return name === name.toLowerCase()
}

/** Documents stand together in one table. */
const documents: Readonly<Record<string, string>> = {
  creditMemo: "CustCred",
  invoice: "CustInvc",
  journalEntry: "Journal",
  salesOrder: "SalesOrd",
}

function tableOf({ name, needs, fields }: UsedObject): JsonObject {
  const dates = fields.flatMap(field => (field.kind === "date" ? [field.name] : []))
  return {
    ...whichRows(name),
    ...(dates.length === 0 ? {} : { dates }),
    ...(needs.has("changes") ? { modified: "lastmodifieddate" } : {}),
  }
}

/** Tables of SuiteQL that are called as their records are. */
const tablesOfRecords: ReadonlySet<string> = new Set([
  "account",
  "currency",
  "customer",
  "department",
  "employee",
  "item",
  "location",
  "subsidiary",
  "vendor",
])

function whichRows(name: string): JsonObject {
  const document = Object.hasOwn(documents, name) ? documents[name] : undefined
  if (document !== undefined) return { from: "transaction", only: `type = '${document}'` }
  return { from: tablesOfRecords.has(name) ? name : placeholder("TABLE") }
}
