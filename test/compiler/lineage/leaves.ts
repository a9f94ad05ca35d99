// A document of a shape, taken apart into its leaves. Flows in: a wire value and its shape. Flows out: each leaf with its path in the
// names of the contract (`lines[].amount` as steps) and its place in the document, so that a test may put something else there.
import type { PlanShape, WireType } from "../../../compiler/plan/index.ts"

export interface Leaf {
  readonly path: readonly string[]
  /** Members and indexes from the root of the document. */
  readonly place: readonly (string | number)[]
  readonly type: WireType
  readonly optional: boolean
  readonly value: unknown
}

type Shapes = ReadonlyMap<string, PlanShape>

export function leavesOf(document: unknown, shapeId: string, shapes: Shapes): readonly Leaf[] {
  return recordLeaves(document, shapeId, shapes, [], [])
}

function recordLeaves(
  document: unknown,
  shapeId: string,
  shapes: Shapes,
  path: readonly string[],
  place: readonly (string | number)[],
): readonly Leaf[] {
  if (!isObject(document)) return []
  return shapes.get(shapeId)!.fields.flatMap(field => {
    const value = Object.hasOwn(document, field.wireName) ? document[field.wireName] : undefined
    const leaf = {
      path: [...path, field.name],
      place: [...place, field.wireName],
      type: field.type,
      optional: field.optional,
      value,
    }
    return valueLeaves(leaf, shapes)
  })
}

function valueLeaves(leaf: Leaf, shapes: Shapes): readonly Leaf[] {
  const { value, type, path, place } = leaf
  if (value === undefined || value === null) return [leaf]
  if (type.kind === "record") return [leaf, ...recordLeaves(value, type.shape, shapes, path, place)]
  if (type.kind === "dictionary" && isObject(value)) {
    const entries = Object.keys(value).flatMap(key =>
      valueLeaves(
        {
          path: [...path, "*"],
          place: [...place, key],
          type: type.of,
          optional: false,
          value: value[key],
        },
        shapes,
      ),
    )
    return [leaf, ...entries]
  }
  if (type.kind !== "list") return [leaf]
  const under = typeof type.wire === "object" && "under" in type.wire ? type.wire.under : null
  const rows = under === null ? value : isObject(value) ? value[under] : undefined
  if (!Array.isArray(rows)) return [leaf]
  const base = under === null ? place : [...place, under]
  const elements = rows.flatMap((row: unknown, i) =>
    valueLeaves(
      { path: [...path, "[]"], place: [...base, i], type: type.of, optional: false, value: row },
      shapes,
    ),
  )
  return [leaf, ...elements]
}

/** The document with something else at a place; `undefined` takes it away. */
export function replaced(document: unknown, place: readonly (string | number)[], by: unknown): unknown {
  const [step, ...rest] = place
  if (step === undefined) return by
  if (Array.isArray(document))
    return document.map((row: unknown, i) => (i === step ? replaced(row, rest, by) : row))
  if (!isObject(document)) return document
  const entries = Object.entries(document).map(([name, value]): [string, unknown] => [
    name,
    name === step ? replaced(value, rest, by) : value,
  ])
  if (!Object.hasOwn(document, step)) entries.push([String(step), replaced(undefined, rest, by)])
  return Object.fromEntries(entries.filter(([name, value]) => value !== undefined || name !== step))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
