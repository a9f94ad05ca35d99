// A simple type of a schema as a type of the language: a built-in one with the facets of every restriction on the way to it. Flows
// in: the declaration or the name of a type. Flows out: the type. Complex types with simple content say only their text here.
import { attributeOf, childElements } from "@fmap/runtime/formats/xml"
import type { ImportedMember, ImportedType } from "../model.ts"
import { builtinType, type XsdTyped } from "./builtin-type.ts"
import { docsOf } from "./docs-of.ts"
import { type Declared, qualifiedName, type SchemaSet, xs } from "./read-schemas.ts"

const mostSteps = 50

/** Null where the type is not declared in any schema at hand. */
export function simpleTypeNamed(name: string, schemas: SchemaSet, steps = 0): XsdTyped | null {
  if (name.startsWith(`{${xs}}`)) return builtinType(name.slice(xs.length + 2))
  const declared = schemas.declared.type.get(name)
  return declared === undefined || steps > mostSteps ? null : simpleType(declared, schemas, steps + 1)
}

export function simpleType(declared: Declared, schemas: SchemaSet, steps = 0): XsdTyped | null {
  const { element, schema } = declared
  const content = childElements(element).find(child => child.local === "simpleContent")
  const variety = childElements(content ?? element).find(child =>
    ["restriction", "extension", "list", "union"].includes(child.local),
  )
  if (variety === undefined) return builtinType("string")
  const inside: Declared = { element: variety, schema }
  switch (variety.local) {
    case "list":
      return { ...builtinType("string"), loss: "It is a list in one text; it is taken as that text." }
    case "union":
      return { ...builtinType("string"), loss: "It is of one of several types; it is taken as text." }
    default: {
      const written = attributeOf(variety, "base")
      const inner = childElements(variety).find(child => child.local === "simpleType")
      const base =
        written !== null
          ? simpleTypeNamed(qualifiedName(written, inside), schemas, steps + 1)
          : inner !== undefined && steps <= mostSteps
            ? simpleType({ element: inner, schema }, schemas, steps + 1)
            : builtinType("string")
      return base === null ? null : { ...base, type: restricted(base.type, inside) }
    }
  }
}

/** One restriction: its facets narrow what the base says. */
function restricted(type: ImportedType, { element }: Declared): ImportedType {
  const facets = childElements(element)
  const all = (name: string) =>
    facets.filter(each => each.local === name).map(each => attributeOf(each, "value") ?? "")
  const one = (name: string) => all(name)[0] ?? null
  const members = facets
    .filter(each => each.local === "enumeration")
    .map((each): ImportedMember => ({ value: attributeOf(each, "value") ?? "", docs: docsOf(each) }))
  switch (type.kind) {
    case "text": {
      if (members.length > 0) return { kind: "enum", open: false, members }
      const length = count(one("length"))
      const patterns = all("pattern")
      return {
        ...type,
        min: length ?? count(one("minLength")) ?? type.min,
        max: length ?? count(one("maxLength")) ?? type.max,
        pattern: patterns.length === 0 ? type.pattern : patternOf(patterns),
      }
    }
    case "enum": {
      const kept = new Set(members.map(member => member.value))
      return members.length === 0
        ? type
        : { ...type, members: type.members.filter(each => kept.has(each.value)) }
    }
    case "decimal": {
      const digits = count(one("totalDigits"))
      const places = count(one("fractionDigits"))
      const [min, max] = [
        one("minInclusive") ?? one("minExclusive"),
        one("maxInclusive") ?? one("maxExclusive"),
      ]
      const [noMin, noMax] = [one("minExclusive") !== null, one("maxExclusive") !== null]
      const exclusive = noMin && noMax ? "both" : noMin ? "min" : noMax ? "max" : type.exclusive
      return {
        ...type,
        precision: digits ?? type.precision,
        scale: places ?? Math.min(type.scale, digits ?? type.scale),
        min: min ?? type.min,
        max: max ?? type.max,
        ...(exclusive === undefined ? {} : { exclusive }),
      }
    }
    case "int":
      return { ...type, min: one("minInclusive") ?? type.min, max: one("maxInclusive") ?? type.max }
    default:
      return type
  }
}

/** Several patterns of one restriction are alternatives. XML Schema's `\i` and `\c` are beyond the subset; settling tells. */
function patternOf(patterns: readonly string[]): string {
  return patterns.length === 1 ? (patterns[0] ?? "") : patterns.map(each => `(${each})`).join("|")
}

function count(value: string | null): number | null {
  return value !== null && /^\d{1,9}$/u.test(value.trim()) ? Number(value.trim()) : null
}
