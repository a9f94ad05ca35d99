// Types of the checker to types of the wire. Flows in: a Type, the field's wire forms and the defaults of its system.
// Flows out: a WireType. Which records exist in which wire form is the caller's knowledge (`shapeId`).
import type { ShapeId, UnitSource, WireType } from "../plan/index.ts"
import type { BoundShape, WireDefaults } from "../resolve/model.ts"
import { languageDefaults } from "../resolve/wire-profiles.ts"
import { scalarWire, unitSource } from "../types/scalar-wire.ts"
import type { Type } from "../types/type.ts"
import { noForms, type WireForms } from "../types/wire-forms.ts"

export interface WireContext {
  readonly forms: WireForms
  readonly defaults: WireDefaults
  /** The id of a record (or contract used as one) in the wire form of this context. */
  readonly shapeId: (shape: BoundShape) => ShapeId
}

/** For givens, crosswalk results and `let`s: no system, no forms of their own. */
export function languageContext(shapeId: (shape: BoundShape) => ShapeId): WireContext {
  return { forms: noForms, defaults: languageDefaults, shapeId }
}

/** Never null: `error`, `never` and `duration`, which stand on no wire, become `json` (they do not reach a Plan). */
export function lowerWireType(type: Type, context: WireContext): WireType {
  switch (type.kind) {
    case "record":
      return {
        kind: "record",
        shape: context.shapeId(type.shape),
        arguments: type.arguments.map(
          unit => unitSource(unit) ?? ({ kind: "constant", code: "XXX" } satisfies UnitSource),
        ),
      }
    case "list": {
      const inner = { ...context, forms: { ...context.forms, list: null } }
      return {
        kind: "list",
        of: lowerWireType(type.of, inner),
        min: type.min,
        max: type.max,
        wire: context.forms.list ?? (type.of.kind === "record" ? context.defaults.rows : "array"),
      }
    }
    case "dictionary":
      return { kind: "dictionary", of: lowerWireType(type.of, { ...context, forms: noForms }) }
    default:
      return scalarWire(type, context.forms, context.defaults) ?? { kind: "json" }
  }
}
