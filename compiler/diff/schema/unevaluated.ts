// `unevaluatedProperties` and `unevaluatedItems` as plain `additionalProperties` and `items`. Flows in: a schema. Flows out: a part that
// says of members which no other keyword looks at what they are. `surely`: only what every payload has looked at counts, so the part asks
// for at least as much; `possibly`: whatever some payload may have looked at counts, so it asks for no more.
import type { Keywords, SchemaNode } from "./keywords.ts"
import type { Session } from "./session.ts"

interface Seen {
  readonly properties: Set<string>
  readonly patterns: Set<string>
  everyProperty: boolean
  prefix: number
  everyItem: boolean
}

export function evaluatedPart(
  node: SchemaNode,
  keywords: Keywords,
  session: Session,
  certainty: "surely" | "possibly",
): Keywords | null {
  const { unevaluatedProperties, unevaluatedItems } = keywords
  if (unevaluatedProperties === null && unevaluatedItems === null) return null
  const seen: Seen = {
    properties: new Set(),
    patterns: new Set(),
    everyProperty: false,
    prefix: 0,
    everyItem: false,
  }
  // a set that grows while it is walked
  const applied = new Set([node])
  for (const one of applied)
    for (const next of look(one, session, certainty, seen, one === node)) applied.add(next)
  const anything = session.made(true)
  const empty = session.keywords(anything)
  return {
    ...empty,
    ...(unevaluatedProperties === null || seen.everyProperty
      ? {}
      : {
          properties: new Map([...seen.properties].map(name => [name, anything])),
          patternProperties: new Map([...seen.patterns].map(pattern => [pattern, anything])),
          additional: unevaluatedProperties,
        }),
    ...(unevaluatedItems === null || seen.everyItem
      ? {}
      : { prefix: Array.from({ length: seen.prefix }, () => anything), rest: unevaluatedItems }),
  }
}

/** Notes what one schema looks at, and gives the schemas it puts on the same payload. */
function look(
  node: SchemaNode,
  session: Session,
  certainty: "surely" | "possibly",
  seen: Seen,
  isTop: boolean,
): readonly SchemaNode[] {
  const keywords = session.keywords(node)
  for (const name of keywords.properties.keys()) seen.properties.add(name)
  for (const pattern of keywords.patternProperties.keys()) seen.patterns.add(pattern)
  if (keywords.additional !== null) seen.everyProperty = true
  seen.prefix = Math.max(seen.prefix, keywords.prefix.length)
  if (keywords.rest !== null) seen.everyItem = true
  // items that `contains` finds count as looked at; which they are nobody knows
  if (keywords.contains !== null && certainty === "possibly") seen.everyItem = true
  if (!isTop && keywords.unevaluatedProperties !== null) seen.everyProperty = true
  if (!isTop && keywords.unevaluatedItems !== null) seen.everyItem = true
  const { condition } = keywords
  const certain = [...keywords.allOf, ...(keywords.ref === null ? [] : [keywords.ref])]
  const uncertain = [
    ...(keywords.anyOf ?? []),
    ...(keywords.oneOf ?? []),
    ...(condition === null ? [] : [condition.test, condition.then, condition.else]),
    ...keywords.dependentSchemas.values(),
  ]
  return (certainty === "surely" ? certain : [...certain, ...uncertain]).filter(one => one !== null)
}
