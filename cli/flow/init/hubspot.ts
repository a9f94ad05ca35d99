// The entry of HubSpot. Flows in: a system. Flows out: its entry over the objects of its CRM. Its lists answer no questions and it takes no PUT, so reading and upserting are left to who knows the project.
import { placeholder } from "../placeholder.ts"
import { httpObjects } from "./http-objects.ts"
import { lastChangeOf, noSimulator, type Template, type UsedObject } from "./template.ts"

export const hubspot: Template = {
  simulator: noSimulator,
  prepare: ({ objects, secret }) => ({
    entry: {
      kind: "http",
      baseUrl: "https://api.hubapi.com",
      auth: { kind: "bearer", token: secret("TOKEN") },
      objects: httpObjects(objects, waysOf),
      errors: { codeAt: ["category"], messageAt: ["message"] },
    },
    notes: [
      "records of HubSpot are wrapped in properties when they are written; what it answers has the id beside them.",
    ],
  }),
}

function waysOf(object: UsedObject) {
  const { name, keys } = object
  const [key = placeholder("PROPERTY-OF-THE-KEY")] = keys
  const all = `/crm/v3/objects/${encodeURIComponent(name)}`
  const one = `${all}/{key}?idProperty=${encodeURIComponent(key)}`
  const other = `/${placeholder("PATH")}`
  return {
    create: { path: all, wrap: "properties" },
    update: { path: one, wrap: "properties" },
    upsert: { path: `${other}/{key}` },
    delete: { path: `${other}/{key}` },
    find: { path: one },
    list: { path: other },
    filter: () => placeholder("NAME-IN-THE-QUERY"),
    changes: {
      since: placeholder("NAME-IN-THE-QUERY"),
      id: "id",
      version: lastChangeOf(object) ?? placeholder("FIELD-OF-THE-LAST-CHANGE"),
    },
  }
}
