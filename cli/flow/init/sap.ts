// The entry of a service of SAP S/4HANA. Flows in: a system. Flows out: its entry.
import { placeholder } from "../placeholder.ts"
import { type KnownSet, odataObjects } from "./odata-objects.ts"
import { type Template, whereItIs } from "./template.ts"

const sets: Readonly<Record<string, KnownSet>> = {
  A_BusinessPartner: { keys: ["BusinessPartner"], modified: "LastChangeDateTime" },
  A_SalesOrder: { keys: ["SalesOrder"], modified: "LastChangeDateTime" },
}

const root = "/sap/opu/odata/sap"

export const sap: Template = {
  simulator: () => "sap",
  prepare({ objects, secret }, at) {
    const version = at === undefined && objects.some(({ transport }) => transport?.kind === "odata4") ? 4 : 2
    return {
      entry: {
        kind: "odata",
        ...whereItIs(
          at,
          `${root}/API_SALES_ORDER_SRV`,
          `https://${placeholder("HOST")}${root}/${placeholder("SERVICE")}`,
        ),
        version,
        csrf: true,
        auth: { kind: "basic", user: secret("USER"), password: secret("PASSWORD") },
        objects: odataObjects(objects, { version, sets }),
      },
      notes: [],
    }
  },
}
