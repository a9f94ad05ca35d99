// Random records and contracts. Flows in: choices. Flows out: shapes whose amounts find their currencies and whose names are
// now and then those of Object.prototype.
import type { PlanField, PlanShape, UnitSource, WireType } from "../../../compiler/plan/index.ts"
import {
  contract,
  type Decimal,
  field,
  shape,
  wireBool,
  wireCurrency,
  wireDate,
  wireDecimal,
  wireEnum,
  wireInstant,
  wireInt,
  wireList,
  wireRecord,
  wireText,
} from "../interpret/plan-builders.ts"
import type { Draw } from "./draw.ts"

export const stages = ["Open", "Won", "Lost"]
const oddNames = ["constructor", "__proto__", "toString", "a/b~c", "it's", "with space", "class"]

export interface Shapes {
  readonly source: PlanShape
  readonly rows: PlanShape
  readonly address: PlanShape
  readonly target: PlanShape
  readonly outRows: PlanShape
  readonly all: readonly PlanShape[]
}

export function randomShapes(draw: Draw): Shapes {
  const address = shape("Address", [
    field("city", wireText(draw.pick([null, 10])), { pii: draw.chance(20) }),
    field("zip", wireText(6, { min: 2 }), { optional: true }),
    field("size", randomDecimal(draw, null), { optional: draw.chance(50) }),
  ])
  const rows = shape("Row", randomFields(draw, "r", { kind: "parameter", name: "ccy" }, draw.int(2, 5)), {
    parameters: ["ccy"],
  })
  const inner: UnitSource = { kind: "field", path: ["ccy"] }
  const rowType: WireType = { kind: "record", shape: "Row", arguments: [inner] }
  const under = draw.chance(20) ? { wire: { under: "items" } as const } : {}
  const source = contract(
    "Source",
    [
      ...randomFields(draw, "s", inner, draw.int(3, 7)),
      field("ccy", wireCurrency, draw.chance(20) ? { default: "EUR", optional: true } : {}),
      field("home", wireRecord("Address"), { optional: draw.chance(50) }),
      field("rows", wireList(rowType, { min: draw.int(0, 1), max: draw.pick([null, 4]), ...under }), {
        optional: draw.chance(30),
        wireName: "Rows",
      }),
      ...(draw.chance(30)
        ? [field("tags", wireList(wireText(5), draw.chance(30) ? { wire: { joined: "," } } : {}))]
        : []),
      ...(draw.chance(20) ? [field("open", { kind: "json" }, { optional: true })] : []),
    ],
    { closed: draw.chance(15) },
  )
  const outRows = shape(
    "OutRow",
    targetFields(draw, "o", { kind: "parameter", name: "ccy" }, draw.int(1, 4)),
    { parameters: ["ccy"] },
  )
  const outRowType: WireType = { kind: "record", shape: "OutRow", arguments: [inner] }
  const target = contract(
    "Target",
    [
      field("ccy", wireCurrency),
      ...targetFields(draw, "t", inner, draw.int(2, 6)),
      field("home", wireRecord("Address"), { optional: true }),
      field(
        "rows",
        wireList(outRowType, {
          min: draw.int(0, 1),
          max: draw.pick([null, 3]),
          ...(draw.chance(0) ? { wire: { under: "list" } } : {}),
        }),
        { wireName: "Lines" },
      ),
    ],
    { direction: "writes" },
  )
  return { source, rows, address, target, outRows, all: [source, rows, address, target, outRows] }
}

function randomFields(draw: Draw, prefix: string, unit: UnitSource, count: number): readonly PlanField[] {
  return Array.from({ length: count }, (_, i) => {
    const type = randomType(draw, unit)
    const wireName = draw.chance(8) ? `${draw.pick(oddNames)}${i > 0 ? i : ""}` : `${prefix}${i}`
    const text = type.kind === "text" && type.min === 0 && type.pattern === null
    return field(`${prefix}${i}`, type, {
      wireName,
      optional: draw.chance(35),
      pii: draw.chance(10),
      confidential: draw.chance(5),
      default: text && draw.chance(10) ? "none" : null,
      at: [0, 10 + i, 3, 10 + i, 9],
    })
  })
}

/** What a map can make: a narrower choice, clearable now and then. */
function targetFields(draw: Draw, prefix: string, unit: UnitSource, count: number): readonly PlanField[] {
  return Array.from({ length: count }, (_, i) =>
    field(`${prefix}${i}`, randomTargetType(draw, unit), {
      optional: draw.chance(40),
      clearable: draw.chance(30),
      pii: draw.chance(10),
      wireName: draw.chance(8) ? `${draw.pick(oddNames)}${i}` : `${prefix}${i}`,
    }),
  )
}

function randomTargetType(draw: Draw, unit: UnitSource): WireType {
  const type = randomType(draw, unit)
  return type.kind === "currency" || type.kind === "json" ? wireText(draw.pick([4, 12, null])) : type
}

export function randomType(draw: Draw, unit: UnitSource): WireType {
  switch (draw.int(0, 15)) {
    case 0:
    case 1:
      return wireText(draw.pick([null, 3, 8, 20]), {
        min: draw.pick([0, 0, 1]),
        measure: draw.pick(["points", "points", "utf16", "bytes"]),
      })
    case 2:
      return wireText(null, { pattern: draw.pick(["[A-Z]{2,5}", "[a-z0-9]+", "A|BB"]) })
    case 3:
      return draw.chance(60) ? wireBool : { kind: "bool", wire: { true: "T", false: "F" } }
    case 4:
    case 5:
      return wireInt(
        draw.pick([null, "0", "-10"]),
        draw.pick([null, "99", "99999999999999999999"]),
        draw.pick(["number", "text"]),
      )
    case 6:
    case 7:
    case 8:
      return randomDecimal(draw, null)
    case 9:
    case 10:
      return randomDecimal(draw, unit)
    case 11:
      return {
        ...randomDecimal(draw, null),
        kind: "percent",
        fraction: draw.chance(40),
        low: null,
        high: null,
      }
    case 12:
      return draw.chance(60)
        ? wireDate
        : { kind: "date", wire: draw.pick(["odata2", { epoch: "ms" }, { pattern: "MM/dd/yyyy" }] as const) }
    case 13:
      return draw.chance(50)
        ? wireInstant
        : {
            kind: draw.pick(["instant", "datetime"] as const),
            wire: draw.pick(["iso", { epoch: "s" }] as const),
          }
    case 14:
      return wireEnum(stages, draw.chance(40))
    default:
      return wireText(draw.pick([5, 30]))
  }
}

export function randomDecimal(draw: Draw, unit: UnitSource | null): Decimal {
  const kind = unit === null ? "decimal" : "money"
  if (unit !== null && draw.chance(50)) {
    const wire = draw.pick(["text", "number", "minor"] as const)
    return wireDecimal(draw.pick([null, 18]), 4, { kind, unit, wire, fitsMinor: wire !== "minor" })
  }
  const scale = draw.int(0, 4)
  const wire = draw.pick(["text", "text", "number", "number", { scaled: scale + draw.int(0, 2) }] as const)
  const low = draw.chance(15) ? { value: "0", inclusive: draw.chance(50) } : null
  const high = draw.chance(10) ? { value: scale === 0 ? "1000" : "1000.5", inclusive: draw.chance(50) } : null
  return wireDecimal(draw.pick([4, 9, 15, 18, 38]) + scale, scale, { kind, unit, wire, low, high })
}
