// The entry of any other service that speaks OData. Flows in: a system. Flows out: its entry.
import { placeholder } from "../placeholder.ts"
import { odataObjects } from "./odata-objects.ts"
import { noSimulator, type Template } from "./template.ts"

export const odata: Template = {
  simulator: noSimulator,
  prepare({ objects, secret }) {
    const version = objects.some(({ transport }) => transport?.kind === "odata2") ? 2 : 4
    return {
      entry: {
        kind: "odata",
        baseUrl: `https://${placeholder("HOST-AND-PATH")}`,
        version,
        auth: { kind: "basic", user: secret("USER"), password: secret("PASSWORD") },
        objects: odataObjects(objects, { version }),
      },
      notes: [],
    }
  },
}
