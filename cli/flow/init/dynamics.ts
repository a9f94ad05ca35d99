// The entry of Dynamics 365: Dataverse, where customers and deals are, or Finance. Flows in: a system. Flows out: its entry.
import { placeholder } from "../placeholder.ts"
import { type KnownSet, odataObjects } from "./odata-objects.ts"
import { type JsonObject, type Template, type UsedSystem, whereItIs } from "./template.ts"

const financeSets: Readonly<Record<string, KnownSet>> = {
  CustomersV3: { keys: ["dataAreaId", "CustomerAccount"] },
  SalesOrderHeadersV2: { keys: ["dataAreaId", "SalesOrderNumber"], modified: "ModifiedDateTime" },
}

export const dynamics: Template = {
  simulator: system => (isDataverse(system) ? "dataverse" : "dynamics-finance"),
  prepare: (system, at) => (isDataverse(system) ? dataverse(system, at) : finance(system, at)),
}

/** Sets of Dataverse are in lower case; those of Finance begin with a capital. */
function isDataverse({ kind, objects }: UsedSystem): boolean {
  if (kind === "crm") return true
  return kind !== "erp" && objects.every(({ name }) => name === name.toLowerCase())
}

const finance: Template["prepare"] = ({ objects, secret }, at) => ({
  entry: {
    kind: "odata",
    ...whereItIs(at, "/data", `https://${placeholder("ENVIRONMENT")}.operations.dynamics.com/data`),
    ...hosts(at),
    version: 4,
    readQuery: { "cross-company": "true" },
    auth: token(secret, at, `https://${placeholder("ENVIRONMENT")}.operations.dynamics.com/.default`),
    objects: odataObjects(objects, {
      version: 4,
      sets: financeSets,
      always: { dataAreaId: at === undefined ? placeholder("COMPANY") : "usmf" },
    }),
  },
  notes: ["taken for Dynamics 365 Finance; of Dataverse the project says kind crm."],
})

const dataverse: Template["prepare"] = ({ objects, secret }, at) => ({
  entry: {
    kind: "odata",
    ...whereItIs(at, "/api/data/v9.2", `https://${placeholder("ORG")}.crm.dynamics.com/api/data/v9.2`),
    ...hosts(at),
    version: 4,
    patchUpserts: true,
    auth: token(secret, at, `https://${placeholder("ORG")}.crm.dynamics.com/.default`),
    objects: odataObjects(objects, { version: 4, ownKeys: true, tracked: true }),
  },
  notes: [
    "taken for Dataverse; of Dynamics 365 Finance the project says kind erp.",
    ...objects
      .filter(({ needs }) => needs.has("changes"))
      .map(({ name }) => `${name} is told of by change tracking, which has to be switched on for its table.`),
  ],
})

const signIn = "login.microsoftonline.com"

function hosts(at: string | undefined): JsonObject {
  return at === undefined ? { hosts: [signIn] } : {}
}

function token(secret: UsedSystem["secret"], at: string | undefined, scope: string): JsonObject {
  return {
    kind: "client-credentials",
    tokenUrl: `${at ?? `https://${signIn}/${placeholder("TENANT")}`}/oauth2/v2.0/token`,
    clientId: secret("CLIENT_ID"),
    clientSecret: secret("CLIENT_SECRET"),
    ...(at === undefined ? { scope } : {}),
  }
}
