// The entry of a Salesforce org. Flows in: a system. Flows out: its entry. It names no objects: the connector knows them from the org.
import { placeholder } from "../placeholder.ts"
import { simulatedOrg } from "./simulated-org.ts"
import { type Template, whereItIs } from "./template.ts"

export const salesforce: Template = {
  simulator: () => "salesforce",
  prepare: ({ objects, secret }, at) => ({
    entry: {
      kind: "salesforce",
      ...whereItIs(at, "", `https://${placeholder("MY-DOMAIN")}.my.salesforce.com`),
      apiVersion: "v62.0",
      auth: {
        kind: "client-credentials",
        clientId: secret("CLIENT_ID"),
        clientSecret: secret("CLIENT_SECRET"),
      },
    },
    notes: [],
    ...(at === undefined ? {} : { data: simulatedOrg(objects) }),
  }),
}
