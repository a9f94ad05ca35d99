// Keywords that are not understood are told, never passed over. Flows in: a schema. Flows out: a note for each rule in it that a
// contract does not keep. Annotations without a rule (examples, comments, `x-` of vendors) need none.
import { entriesOf, memberOf } from "../tree/tree-value.ts"
import { noteAt, type SchemaContext } from "./schema-context.ts"

/** Rules of JSON Schema that have no meaning in a contract. */
const unread: ReadonlyMap<string, string> = new Map([
  ["not", "what it must not be"],
  ["if", "a condition"],
  ["dependentRequired", "which fields need others"],
  ["dependentSchemas", "which fields need others"],
  ["dependencies", "which fields need others"],
  ["patternProperties", "fields by a pattern of their names"],
  ["propertyNames", "a rule for names of fields"],
  ["minProperties", "how many fields there are"],
  ["maxProperties", "how many fields there are"],
  ["unevaluatedProperties", "which further fields are refused"],
  ["unevaluatedItems", "which further elements are refused"],
  ["contains", "what a list must contain"],
  ["minContains", "how often a list must contain something"],
  ["maxContains", "how often a list must contain something"],
  ["uniqueItems", "that no element stands twice"],
  ["contentEncoding", "how text is encoded"],
  ["contentMediaType", "what text holds"],
  ["contentSchema", "what text holds"],
  ["$dynamicRef", "a reference that depends on who asks"],
  ["$recursiveRef", "a reference that depends on who asks"],
])

export function noteUnread(schema: unknown, at: string, context: SchemaContext): void {
  for (const [key, value] of entriesOf(schema)) {
    const what = unread.get(key)
    if (what === undefined || value === false) continue
    if ((key === "unevaluatedProperties" || key === "unevaluatedItems") && value === true) continue
    noteAt(context, "dropped", at, `"${key}" is not kept: ${what}.`)
  }
  if (memberOf(schema, "additionalProperties") === false && memberOf(schema, "properties") !== undefined)
    noteAt(
      context,
      "dropped",
      at,
      '"additionalProperties": false is not kept: a contract that is read says `closed`.',
    )
}
