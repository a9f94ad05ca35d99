// Follows the path of an expectation into a finished record. Flows in: the record, its shape, member names and 0-based
// indexes. Flows out: the value there with its wire type, its pointer and its currency, or missing.

import { pointer as pointerTo } from "@fmap/runtime"
import type { Outcome, PlanIndex } from "../interpret/internals.ts"
import { MISSING } from "../interpret/internals.ts"
import type { PlanShape, UnitSource, WireType } from "../plan/index.ts"

export interface Place {
  readonly value: Outcome
  /** Null: the path leaves what the shape describes. */
  readonly type: WireType | null
  /** RFC 6901, wire names. */
  readonly pointer: string
  /** The code an amount here is in. */
  readonly unit: (source: UnitSource) => string | null
}

export function navigate(
  record: Outcome | null,
  shape: PlanShape,
  path: readonly (string | number)[],
  index: PlanIndex,
): Place {
  const root: WireType = { kind: "record", shape: shape.id, arguments: [] }
  let place: Place = { value: record ?? MISSING, type: root, pointer: "", unit: () => null }
  for (const step of path)
    place = typeof step === "number" ? rowOf(place, step) : memberOf(place, step, index)
  return place
}

function rowOf(place: Place, row: number): Place {
  const { type, value, unit } = place
  if (type?.kind !== "list") return nowhere(place, row)
  const under =
    typeof type.wire === "object" && "under" in type.wire
      ? pointerTo(place.pointer, type.wire.under)
      : place.pointer
  const element = typeof value === "object" && value.kind === "list" ? value.elements[row] : undefined
  return { value: element ?? MISSING, type: type.of, pointer: pointerTo(under, row), unit }
}

function memberOf(place: Place, name: string, index: PlanIndex): Place {
  const { type, value } = place
  if (type?.kind !== "record") return nowhere(place, name)
  const shape = index.shape(type.shape)
  const field = shape.fields.find(candidate => candidate.name === name)
  if (field === undefined) return nowhere(place, name)
  const record = typeof value === "object" && value.kind === "record" ? value : null
  const unit = (source: UnitSource): string | null => {
    if (source.kind === "constant") return source.code
    if (source.kind === "parameter") {
      const argument = type.arguments[shape.parameters.indexOf(source.name)]
      return argument === undefined ? null : place.unit(argument)
    }
    const [first = "", ...rest] = source.path
    const found = rest.reduce<Outcome>(
      (of, next) => (typeof of === "object" && of.kind === "record" ? of.member(next) : of),
      record === null ? MISSING : record.member(first),
    )
    return typeof found === "string" ? found : null
  }
  return {
    value: record === null ? MISSING : record.member(name),
    type: field.type,
    pointer: pointerTo(place.pointer, field.wireName),
    unit,
  }
}

function nowhere(place: Place, step: string | number): Place {
  return { value: MISSING, type: null, pointer: pointerTo(place.pointer, step), unit: () => null }
}
