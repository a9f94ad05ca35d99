// The personal and confidential fields of a contract. Flows in: a Plan and a shape. Flows out: their places in a payload: wire names, `*` for every row of a list and every member of a dictionary.
import type { Plan, PlanField, PlanShape } from "@fmap/compiler"
import type { LabelledField } from "@fmap/runtime/http"
import { rowsOnWire } from "./rows-on-wire.ts"

export function labelsOf(plan: Plan, shape: PlanShape): readonly LabelledField[] {
  const shapes = new Map(plan.shapes.map(one => [one.id, one]))

  /** `above`: a record that holds records of its own kind is hidden from there on. */
  function ofShape(
    { id, union, fields }: PlanShape,
    at: readonly string[],
    above: readonly string[],
  ): readonly LabelledField[] {
    if (above.includes(id)) return (["pii", "confidential"] as const).map(label => ({ path: at, label }))
    return fields.flatMap((field): readonly LabelledField[] => {
      // A value of a union is one of its records: no name stands between.
      const path = union === null ? [...at, field.wireName] : at
      return [...ofField(field, path), ...ofType(field.type, path, [...above, id])]
    })
  }

  function ofType(
    type: PlanField["type"],
    path: readonly string[],
    above: readonly string[],
  ): readonly LabelledField[] {
    switch (type.kind) {
      case "record": {
        const record = shapes.get(type.shape)
        return record === undefined ? [] : ofShape(record, path, above)
      }
      case "list":
        return ofType(type.of, [...path, ...rowsOnWire(type)], above)
      case "dictionary":
        return ofType(type.of, [...path, "*"], above)
      default:
        return []
    }
  }
  return ofShape(shape, [], [])
}

function ofField({ pii, confidential }: PlanField, path: readonly string[]): readonly LabelledField[] {
  return [
    ...(pii ? [{ path, label: "pii" } as const] : []),
    ...(confidential ? [{ path, label: "confidential" } as const] : []),
  ]
}
