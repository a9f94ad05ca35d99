// What is known of one member of an object. Flows in: the facts of the object and the member's name, or what its name is like. Flows out:
// schemas that hold for its value. It must not prove anything.
import { type Facts, holds, type Literal } from "./facts.ts"
import type { Keywords, SchemaNode } from "./keywords.ts"
import type { Session } from "./session.ts"

/** Of a member by name: what surely holds. */
export function membersOf(facts: Facts, name: string, session: Session): readonly Literal[] {
  if (facts.absent.has(name)) return [holds(session.made(false))]
  return facts.parts.flatMap(part => memberNodes(part, name, session, "surely")).map(holds)
}

/** `surely`: schemas that apply; `possibly`: those too of which nobody knows whether they do. */
export function memberNodes(
  part: Keywords,
  name: string,
  { patterns }: Session,
  certainty: "surely" | "possibly",
): readonly SchemaNode[] {
  const own = part.properties.get(name)
  const found = own === undefined ? [] : [own]
  let isCovered: boolean | null = own !== undefined
  for (const [pattern, node] of part.patternProperties) {
    const matches = patterns.matches(pattern, name)
    if (matches === true || (matches === null && certainty === "possibly")) found.push(node)
    if (isCovered !== true && matches !== false) isCovered = matches
  }
  const isAdditional = isCovered === false || (isCovered === null && certainty === "possibly")
  return isAdditional && part.additional !== null ? [...found, part.additional] : found
}

/** Names that are spoken of. */
export function namesOf(parts: readonly Keywords[]): ReadonlySet<string> {
  return new Set(parts.flatMap(part => [...part.properties.keys()]))
}

/** Every name a member can have; null: there are others than those that are spoken of. */
export function closedNames(facts: Facts, session: Session): ReadonlySet<string> | null {
  const closed = facts.parts.find(
    part => part.additional?.schema === false && part.patternProperties.size === 0,
  )
  if (closed !== undefined) return new Set(closed.properties.keys())
  for (const { propertyNames } of facts.parts) {
    if (propertyNames === null) continue
    const { values, refAlone } = session.keywords(propertyNames)
    if (values !== null && !refAlone) return new Set(values.filter(value => typeof value === "string"))
  }
  return null
}
