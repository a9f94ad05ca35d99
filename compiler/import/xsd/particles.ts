// The elements that a content model allows, in order, each with how often it may stand. Flows in: the particle of a complex type.
// Flows out: one entry an element; of a choice every element may be missing. Groups are opened.
import { attributeOf, childElements, type XmlElement } from "@fmap/runtime/formats/xml"
import { type Declared, qualifiedName, type Schema, type SchemaSet } from "./read-schemas.ts"

export interface Particle {
  readonly declared: Declared
  readonly isOptional: boolean
  /** Null: without end. */
  readonly max: number | null
  readonly min: number
}

export interface Content {
  readonly particles: readonly Particle[]
  /** The names of the elements of each choice. */
  readonly choices: readonly (readonly string[])[]
  readonly hasAny: boolean
}

interface Occurs {
  readonly min: number
  readonly max: number | null
}

const models = new Set(["sequence", "choice", "all", "group"])
const mostSteps = 50

export function contentOf(type: XmlElement, schema: Schema, schemas: SchemaSet): Content {
  const particles: Particle[] = []
  const choices: (readonly string[])[] = []
  let hasAny = false
  const walk = (
    element: XmlElement,
    here: Schema,
    outer: Occurs,
    isChoice: boolean,
    steps: number,
  ): string[] => {
    if (steps > mostSteps) return []
    const occurs = times(outer, occursOf(element))
    const inner: Occurs = isChoice ? { ...occurs, min: 0 } : occurs
    switch (element.local) {
      case "element": {
        particles.push({
          declared: { element, schema: here },
          isOptional: inner.min === 0,
          min: inner.min,
          max: inner.max,
        })
        return [attributeOf(element, "name") ?? attributeOf(element, "ref") ?? ""]
      }
      case "any":
        hasAny = true
        return []
      case "group": {
        const ref = attributeOf(element, "ref")
        const group =
          ref === null ? undefined : schemas.declared.group.get(qualifiedName(ref, { element, schema: here }))
        return group === undefined
          ? []
          : childElements(group.element)
              .filter(child => models.has(child.local))
              .flatMap(child => walk(child, group.schema, inner, false, steps + 1))
      }
      case "choice": {
        const names = childElements(element).flatMap(child => walk(child, here, inner, true, steps + 1))
        if (names.length > 1) choices.push(names)
        return names
      }
      case "sequence":
      case "all":
        return childElements(element).flatMap(child => walk(child, here, inner, false, steps + 1))
      default:
        return []
    }
  }
  for (const child of childElements(type)) {
    if (models.has(child.local)) walk(child, schema, { min: 1, max: 1 }, false, 0)
  }
  return { particles, choices, hasAny }
}

function occursOf(element: XmlElement): Occurs {
  const whole = (value: string | null) => (value !== null && /^\d{1,9}$/u.test(value) ? Number(value) : 1)
  const max = attributeOf(element, "maxOccurs")
  return { min: whole(attributeOf(element, "minOccurs")), max: max === "unbounded" ? null : whole(max) }
}

function times(a: Occurs, b: Occurs): Occurs {
  return { min: a.min * b.min, max: a.max === null || b.max === null ? null : a.max * b.max }
}
