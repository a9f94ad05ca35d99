// Random payloads of a shape: mostly right, now and then wrong in one of the ways payloads are wrong. Flows in: choices, a shape.
// Flows out: what the runtime's JSON reader could have given.
import {
  checkText,
  ExactNumber,
  formatScaled,
  jsonNumber,
  powerOfTen,
  writeDate,
  writeDatetime,
  writeInstant,
} from "@fmap/runtime"
import type { PlanField, PlanShape, WireType } from "../../../compiler/plan/index.ts"
import type { Draw } from "./draw.ts"
import { randomPeriodText } from "./random-calendars.ts"

export interface PayloadContext {
  readonly draw: Draw
  readonly shapes: ReadonlyMap<string, PlanShape>
  /** Percent of values that are wrong. */
  readonly wrong: number
  /** Only what JSON can hold as text: no lone surrogates, no numbers that are none. */
  readonly json?: boolean
}

export function randomRecord(shapeId: string, context: PayloadContext): unknown {
  const { draw } = context
  const shape = context.shapes.get(shapeId)!
  if (draw.chance(context.wrong) && draw.chance(10)) return wrongValue(context)
  const members: [string, unknown][] = []
  for (const field of shape.fields) {
    const value = randomMember(field, context)
    if (value !== undefined || draw.chance(10)) members.push([field.wireName, value])
  }
  if (draw.chance(3)) members.push([draw.pick(["unknown", "constructor", "__proto__", "x/y"]), 1])
  return Object.fromEntries(draw.chance(10) ? members.reverse() : members)
}

function randomMember(field: PlanField, context: PayloadContext): unknown {
  const { draw, wrong } = context
  if (field.optional && draw.chance(35)) return draw.chance(50) ? undefined : null
  if (draw.chance(wrong)) return draw.chance(30) ? undefined : wrongValue(context)
  return randomValue(field.type, context)
}

const wrongJson: readonly unknown[] = [
  null,
  true,
  "",
  " 1",
  "x",
  "1e3",
  "-0",
  "01",
  "+1",
  "1.",
  "1.50000000001",
  "99999999999999999999999999",
  0,
  -1,
  1.5,
  {},
  [],
  ["a"],
  { items: 1 },
  { items: [] },
  "2026-02-30",
  "usd",
  "T",
  "-0.00",
  ".5",
]
const wrongNumbers: readonly unknown[] = [
  Number("12345678901234567"),
  1e21,
  Number.NaN,
  Infinity,
  new ExactNumber("1e400"),
  new ExactNumber("1e-5"),
  new ExactNumber("1234567890123456789.01"),
  new ExactNumber("1e401"),
  "\uD800",
]

function wrongValue({ draw, json }: PayloadContext): unknown {
  return json !== true && draw.chance(30) ? draw.pick(wrongNumbers) : draw.pick(wrongJson)
}

export function randomValue(type: WireType, context: PayloadContext): unknown {
  const { draw } = context
  switch (type.kind) {
    case "text":
      return randomText(type, draw)
    case "bool": {
      const value = draw.chance(50)
      if (type.wire === "json") return value
      return value ? type.wire.true : type.wire.false
    }
    case "int": {
      const value = type.min === "0" ? draw.int(0, 120) : draw.int(-12, 120)
      const big = draw.chance(5) ? BigInt(value) * powerOfTen(20) : BigInt(value)
      return type.wire === "text" ? big.toString() : jsonNumber(big, 0)
    }
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return randomFigure(type, draw)
    case "currency":
      return draw.pick(["USD", "EUR", "JPY", "KWD", "CLF", "XAU"])
    case "country":
      return draw.pick(["DE", "US"])
    case "language":
      return draw.pick(["de", "en"])
    case "date": {
      const date = draw.pick(["2026-03-31", "2024-02-29", "0001-01-01", "9999-12-31", "1969-12-31"])
      return writeDate(date, type)
    }
    case "datetime":
      return writeDatetime(draw.pick(["2026-03-31T09:00:00", "1999-12-31T23:59:59"]), type)
    case "instant":
      if (type.wire === "iso" && draw.chance(30))
        return draw.pick([
          "2026-03-31T09:00:00+0200",
          "2026-03-31T09:00:00.500Z",
          "2026-01-01T00:00:00-05:30",
        ])
      return writeInstant(draw.pick(["2026-03-31T09:00:00Z", "1999-12-31T23:59:59Z"]), type)
    case "enum":
      return draw.chance(type.open ? 20 : 3)
        ? draw.pick(["Other", "open", "toString"])
        : draw.pick(type.members).value
    case "record":
      return randomRecord(type.shape, context)
    case "list": {
      const items = Array.from({ length: draw.pick([0, 1, 1, 2, 2, 3, 5]) }, () =>
        draw.chance(context.wrong) ? wrongValue(context) : randomValue(type.of, context),
      )
      if (type.wire === "array") return items
      if ("bitmap" in type.wire) return items
      return "under" in type.wire ? { [type.wire.under]: items } : items.map(String).join(type.wire.joined)
    }
    case "dictionary":
      return Object.fromEntries(
        ["a", "__proto__", "b"]
          .filter(() => draw.chance(60))
          .map(key => [key, randomValue(type.of, context)]),
      )
    case "period":
      return randomPeriodText(type, draw)
    case "json":
      return draw.pick<unknown>([1, "x", { a: [1, { b: null }] }, [], false])
  }
}

const texts = [
  "0042",
  "Acme",
  "Zoë",
  "a",
  "👍👍",
  "Grüße aus Köln",
  'it\'s "so" `fine` $' + "{x}",
  "\u2028",
  "  pad ",
  "12",
  "none",
  "",
  "Köln",
]
const matching: ReadonlyMap<string, readonly string[]> = new Map([
  ["[A-Z]{2,5}", ["AB", "ABC"]],
  ["[a-z0-9]+", ["abc", "a1"]],
  ["A|BB", ["A", "BB"]],
])

/** Mostly what the type lets in. */
function randomText(type: Extract<WireType, { kind: "text" }>, draw: Draw): string {
  const anything = draw.chance(2)
  if (type.pattern !== null)
    return draw.pick(anything ? ["AB", "A", "abc", "Abc", ""] : (matching.get(type.pattern) ?? texts))
  const fitting = texts.filter(text => checkText(text, type) === undefined)
  return draw.pick(anything || fitting.length === 0 ? texts : fitting)
}

function randomFigure(type: Extract<WireType, { precision: number | null }>, draw: Draw): unknown {
  const scale = type.fraction ? type.scale + 2 : type.scale
  const most = type.precision === null || draw.chance(2) ? 22 : type.precision
  const digits = draw.pick([1, 2, 4, 4, 6, 9, 14, 17, 22].filter(count => count <= Math.max(1, most)))
  const whole = BigInt(draw.int(0, 9999)) * powerOfTen(Math.max(0, digits - 4)) + BigInt(draw.int(0, 999))
  const limit = powerOfTen(digits)
  const sized = whole % limit
  const negative = (type.low === null || draw.chance(5)) && draw.chance(20)
  const value = negative ? -sized : draw.chance(10) ? 0n : draw.chance(10) ? 5n : sized
  if (type.wire === "text") {
    const shown = type.fitsMinor
      ? draw.pick([0, 0, 2, 2, 3, 4])
      : draw.chance(70)
        ? scale
        : draw.int(0, scale)
    return formatScaled(value, Math.min(scale, shown))
  }
  if (type.wire === "number") {
    const shown = type.fitsMinor ? draw.pick([0, 0, 2, 3]) : scale
    if (draw.chance(5)) return new ExactNumber(formatScaled(value, shown))
    return jsonNumber(value, shown)
  }
  return jsonNumber(value, 0)
}
