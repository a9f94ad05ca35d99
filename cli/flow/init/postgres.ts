// The entry of tables in PostgreSQL. Flows in: a system. Flows out: its entry.
import { placeholder } from "../placeholder.ts"
import { byName, lastChangeOf, noSimulator, type Template } from "./template.ts"

export const postgres: Template = {
  simulator: noSimulator,
  prepare: ({ objects, secret }) => ({
    entry: {
      kind: "postgres",
      connection: secret("URL"),
      tables: byName(objects, object => ({
        table: object.name,
        key: object.keys.length === 0 ? [placeholder("COLUMN-OF-THE-KEY")] : object.keys,
        ...(object.needs.has("changes")
          ? { modified: lastChangeOf(object) ?? placeholder("COLUMN-OF-THE-LAST-CHANGE") }
          : {}),
      })),
    },
    notes: ["the connection is postgres://user:password@host/database, as the value of its variable."],
  }),
}
