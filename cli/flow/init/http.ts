// The entry of a platform nobody wrote a connector for, and of the simulator of such a platform. Flows in: a system. Flows out: its entry.
import { placeholder } from "../placeholder.ts"
import { type HttpWays, httpObjects } from "./http-objects.ts"
import { lastChangeOf, type Template, type UsedObject, whereItIs } from "./template.ts"

export const http: Template = {
  simulator: ({ platform }) => (platform === "http" ? "rest" : undefined),
  prepare: ({ objects, platform, secret }, at) => ({
    entry: {
      kind: "http",
      ...whereItIs(at, "", `https://${placeholder("HOST-AND-PATH")}`),
      auth: { kind: "bearer", token: secret("TOKEN") },
      objects: httpObjects(objects, at === undefined ? unknown : simulated),
    },
    notes: [
      ...(platform === "stripe"
        ? ["Stripe takes forms, and fmap sends JSON: a service of your own has to stand before it."]
        : []),
      ...(at === undefined
        ? [
            "say what a call needs beside its path: wrap, answerAt, idempotency, at, next (specs/connectors/generic-http.md).",
          ]
        : []),
    ],
  }),
}

function unknown(object: UsedObject): HttpWays {
  const all = { path: `/${placeholder("PATH")}` }
  const one = { path: `/${placeholder("PATH")}/{key}` }
  return {
    create: all,
    update: one,
    upsert: one,
    delete: one,
    find: one,
    list: all,
    filter: () => placeholder("NAME-IN-THE-QUERY"),
    changes: {
      since: placeholder("NAME-IN-THE-QUERY"),
      id: object.keys[0] ?? placeholder("FIELD-OF-THE-ID"),
      version: lastChangeOf(object) ?? placeholder("FIELD-OF-THE-LAST-CHANGE"),
    },
  }
}

/** Collections of the simulator take any name, and answer any question about a field. */
function simulated({ name, keys }: UsedObject): HttpWays {
  const all = `/${encodeURIComponent(name)}`
  const one = { path: `${all}/{key}`, answerAt: ["data"] }
  const [key = "external_id"] = keys
  return {
    create: {
      path: all,
      answerAt: ["data"],
      idempotency: { header: "Idempotency-Key", windowMs: 86_400_000 },
    },
    update: one,
    upsert: one,
    delete: { path: `${all}/{key}` },
    find: { path: `${all}?${encodeURIComponent(key)}={key}`, at: ["data", "0"] },
    list: { path: all, at: ["data"], next: { kind: "cursor", at: ["next_cursor"], query: "cursor" } },
    filter: field => field,
    changes: { since: "updated_since", id: "id", version: "updated_at" },
  }
}
