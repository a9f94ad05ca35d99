// Random records and contracts. Flows in: choices. Flows out: shapes whose amounts find their currencies and whose names are
// now and then those of Object.prototype.
import type {
  PlanExpression,
  PlanField,
  PlanShape,
  UnitSource,
  WireType,
} from "../../../compiler/plan/index.ts"
import {
  at,
  compare,
  contract,
  type Decimal,
  exit,
  field,
  hole,
  interpolation,
  member,
  recordOf,
  shape,
  text,
  textLiteral,
  valueArm,
  variable,
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
import { randomPeriodType } from "./random-calendars.ts"
import { randomFieldRules } from "./random-field-rules.ts"

export const stages = ["Open", "Won", "Lost"]
const oddNames = ["constructor", "__proto__", "toString", "a/b~c", "it's", "with space", "class"]

export interface Shapes {
  readonly source: PlanShape
  readonly rows: PlanShape
  readonly address: PlanShape
  readonly target: PlanShape
  readonly outRows: PlanShape
  readonly all: readonly PlanShape[]
  readonly plain: boolean
}

/** `plain`: what emitted code computes in its fast way, with room for every value, so that many records are done. */
interface ShapeDraw extends Draw {
  readonly plain: boolean
}

export function randomShapes(choices: Draw): Shapes {
  const draw: ShapeDraw = { ...choices, plain: choices.chance(60) }
  const address = shape("Address", [
    field("city", wireText(draw.pick([null, 40])), { pii: draw.chance(20) }),
    field("zip", wireText(6, { min: 2 }), { optional: true }),
    field("size", randomDecimal(draw, null), { optional: draw.chance(50) }),
  ])
  const parts = field("parts", wireList(wireText(5)), { optional: draw.chance(40) })
  const rowFields = randomFields(draw, "r", { kind: "parameter", name: "ccy" }, draw.int(2, 4))
  const rows = shape("Row", draw.chance(40) ? [...rowFields, parts] : rowFields, { parameters: ["ccy"] })
  const inner: UnitSource = { kind: "field", path: ["ccy"] }
  const rowType: WireType = { kind: "record", shape: "Row", arguments: [inner] }
  const under = draw.chance(20) ? { wire: { under: "items" } as const } : {}
  const own = randomFields(draw, "s", inner, draw.int(3, 7))
  const source = contract(
    "Source",
    [
      ...own,
      field("ccy", wireCurrency, draw.chance(10) ? { default: "EUR", optional: true } : {}),
      field("home", wireRecord("Address"), { optional: draw.chance(50) }),
      field(
        "rows",
        wireList(rowType, { min: draw.pick([0, 0, 0, 1]), max: draw.pick([null, null, 4]), ...under }),
        {
          optional: draw.chance(30),
          wireName: "Rows",
        },
      ),
      ...(draw.chance(30)
        ? [field("tags", wireList(wireText(5), draw.chance(30) ? { wire: { joined: "," } } : {}))]
        : []),
      ...(draw.chance(30)
        ? [field("extra", { kind: "dictionary", of: wireDecimal(9, 2) }, { optional: draw.chance(50) })]
        : []),
      ...(draw.chance(20) ? [field("open", { kind: "json" }, { optional: true })] : []),
    ],
    { closed: draw.chance(15) },
    {
      rules:
        draw.plain && draw.chance(70)
          ? []
          : [...randomRules(draw), ...rarely(draw, randomFieldRules(draw, "Source", own))],
    },
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
          max: draw.pick([null, null, 3]),
          ...(draw.chance(20) ? { wire: { under: "list" } } : {}),
        }),
        { wireName: "Lines" },
      ),
    ],
    { direction: "writes" },
  )
  return {
    source,
    rows,
    address,
    target,
    outRows,
    all: [source, rows, address, target, outRows],
    plain: draw.plain,
  }
}

/** Most random records break such a rule, so only some contracts have one. */
function rarely<T>(draw: Draw, found: readonly T[]): readonly T[] {
  return draw.chance(30) ? found : []
}

/** A derived text over the currency, a check of it, both in one contract now and then. */
function randomRules(draw: Draw): PlanShape["rules"] {
  const self: PlanExpression = variable(0, recordOf("Source"))
  const ccy = member(self, "ccy", text)
  const odd = exit(draw.pick(["hold", "reject"]), "ODD_CURRENCY", interpolation(hole(ccy), "?"), at(71))
  const label: PlanShape["rules"][number] = {
    kind: "derive",
    name: "label",
    type: wireText(),
    reads: [["ccy"]],
    at: at(70),
    value: {
      kind: "switch",
      subject: ccy,
      arms: [valueArm(["USD", "EUR"], interpolation("big ", hole(ccy)))],
      missing: null,
      otherwise: draw.chance(80) ? textLiteral("other") : odd,
      type: text,
      maybe: false,
      at: at(72),
    },
  }
  const check: PlanShape["rules"][number] = {
    kind: "check",
    reads: [["ccy"]],
    condition: compare(ccy, "!=", textLiteral("JPY")),
    field: null,
    says: null,
    at: at(73),
    exit: {
      verb: draw.pick(["reject", "hold", "warn"]),
      code: "NO_YEN",
      message: draw.chance(50) ? interpolation("it is ", hole(ccy)) : null,
    },
  }
  return [...(draw.chance(20) ? [label] : []), ...(draw.chance(10) ? [check] : [])]
}

function randomFields(
  draw: ShapeDraw,
  prefix: string,
  unit: UnitSource,
  count: number,
): readonly PlanField[] {
  return Array.from({ length: count }, (_, i) => {
    const type = randomType(draw, unit)
    const wireName = draw.chance(8) ? `${draw.pick(oddNames)}${i > 0 ? i : ""}` : `${prefix}${i}`
    const text = type.kind === "text" && type.min === 0 && type.pattern === null
    return field(`${prefix}${i}`, type, {
      wireName,
      optional: draw.chance(35),
      pii: draw.chance(10),
      confidential: draw.chance(5),
      default: text && draw.chance(4) ? "none" : null,
      at: [0, 10 + i, 3, 10 + i, 9],
    })
  })
}

/** What a map can make: a narrower choice, clearable now and then. */
function targetFields(
  draw: ShapeDraw,
  prefix: string,
  unit: UnitSource,
  count: number,
): readonly PlanField[] {
  return Array.from({ length: count }, (_, i) =>
    field(`${prefix}${i}`, randomTargetType(draw, unit), {
      optional: draw.chance(40),
      clearable: draw.chance(30),
      pii: draw.chance(10),
      wireName: draw.chance(8) ? `${draw.pick(oddNames)}${i}` : `${prefix}${i}`,
    }),
  )
}

function randomTargetType(draw: ShapeDraw, unit: UnitSource): WireType {
  if (draw.plain || draw.chance(60)) return roomyType(draw, unit)
  const type = randomType(draw, unit)
  return type.kind === "currency" || type.kind === "json" ? wireText(draw.pick([4, 12, null])) : type
}

/** Types that nearly every value fits. */
function roomyType(draw: ShapeDraw, unit: UnitSource): WireType {
  switch (draw.int(0, 6)) {
    case 0:
    case 1:
      if (!draw.plain && draw.chance(20)) return wireText(60, { wire: { padded: draw.pick([4, 60]) } })
      return wireText(draw.pick([null, null, 60]), { measure: draw.pick(["points", "points", "utf16"]) })
    case 2:
      return wireBool
    case 3:
      return wireInt(null, null, draw.pick(["number", "text"]))
    case 4:
      return draw.pick([wireDate, wireEnum(stages)])
    default: {
      const scale = draw.int(1, 3)
      return wireDecimal((draw.plain ? 14 : 30) + scale, scale, {
        kind: "money",
        unit,
        wire: draw.pick(["text", "number"]),
      })
    }
  }
}

function plainType(draw: ShapeDraw, unit: UnitSource): WireType {
  switch (draw.int(0, 7)) {
    case 0:
    case 1:
      return wireText(draw.pick([null, 20, 40]), { min: draw.pick([0, 0, 1]) })
    case 2:
      return wireBool
    case 3:
      return wireInt("-10", "120", draw.pick(["number", "text"]))
    case 4:
      return draw.pick([wireDate, wireEnum(stages, draw.chance(40)), wireInstant])
    default: {
      const scale = draw.int(0, 3)
      return wireDecimal(5 + scale, scale, { kind: "money", unit, wire: draw.pick(["text", "number"]) })
    }
  }
}

function randomType(draw: ShapeDraw, unit: UnitSource): WireType {
  if (draw.plain) return plainType(draw, unit)
  switch (draw.int(0, 16)) {
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
        draw.pick([null, "999", "99999999999999999999"]),
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
    case 15:
      return randomPeriodType(draw)
    default:
      return wireText(draw.pick([5, 30]))
  }
}

function randomDecimal(draw: ShapeDraw, unit: UnitSource | null): Decimal {
  if (draw.plain) return wireDecimal(7, 2, { wire: draw.pick(["text", "number"]) })
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
