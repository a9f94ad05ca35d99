// Random contracts of which JSON Schema can say everything: text by code points, patterns, decimals and ints as text, closed and open
// enums, booleans, lists with bounds, records. Flows in: choices. Flows out: the contract, then its records.
import type { PlanField, PlanShape, WireType } from "../../../compiler/plan/index.ts"
import {
  contract,
  field,
  shape,
  wireBool,
  wireDecimal,
  wireEnum,
  wireInt,
  wireList,
  wireRecord,
  wireText,
} from "../interpret/plan-builders.ts"
import type { Draw } from "./draw.ts"
import { randomFieldRules } from "./random-field-rules.ts"
import { stages } from "./random-shapes.ts"

export function sayableShapes(draw: Draw): readonly PlanShape[] {
  const address = shape("Address", fields(draw, "a", 2))
  const row = shape("Row", [
    ...fields(draw, "r", 2),
    field("address", wireRecord("Address"), { optional: draw.chance(50) }),
  ])
  const own = fields(draw, "s", draw.int(2, 6))
  const source = contract(
    "Source",
    [
      ...own,
      field("home", wireRecord("Address"), { optional: draw.chance(50) }),
      field("rows", wireList(wireRecord("Row"), { min: draw.int(0, 2), max: draw.pick([null, 3]) }), {
        optional: draw.chance(30),
      }),
      field("tags", wireList(sayableType(draw), draw.chance(30) ? { wire: { under: "items" } } : {})),
      field("rates", { kind: "dictionary", of: sayableType(draw) }, { optional: true }),
    ],
    { closed: draw.chance(30) },
    { rules: randomFieldRules(draw, "Source", own) },
  )
  return [source, row, address]
}

function fields(draw: Draw, prefix: string, count: number): readonly PlanField[] {
  return Array.from({ length: count }, (_, i) =>
    field(`${prefix}${i}`, sayableType(draw), {
      optional: draw.chance(40),
      wireName: draw.chance(5) ? draw.pick(["it's", "constructor", "a/b~c"]) + i : `${prefix}${i}`,
    }),
  )
}

function sayableType(draw: Draw): WireType {
  switch (draw.int(0, 8)) {
    case 0:
    case 1:
      return wireText(draw.pick([null, 1, 3, 8]), { min: draw.pick([0, 1, 2]) })
    case 2:
      return wireText(null, { pattern: draw.pick(["[A-Z]{2,5}", "[a-z0-9]+", "A|BB"]) })
    case 3:
      return draw.chance(50) ? wireBool : { kind: "bool", wire: { true: "T", false: "F" } }
    case 4:
      return wireInt(null, null, "text")
    case 5:
    case 6: {
      const scale = draw.int(0, 4)
      return wireDecimal(draw.pick([null, scale, scale + 1, scale + 4, 18]), scale)
    }
    default:
      return wireEnum(stages, draw.chance(40))
  }
}
