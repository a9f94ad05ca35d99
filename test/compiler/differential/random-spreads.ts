// Random spreads: a total over the periods between two days, which now and then are none or lie outside of the calendar. Flows in: a reading and what
// names its currency. Flows out: the generator over the parts, and what may be read of each.
import type { PlanExpression, PlanShape, ValueType } from "../../../compiler/plan/index.ts"
import { field, here, numeric, recordOf, shape, wireInt, wireMoney } from "../interpret/plan-builders.ts"
import {
  candidates,
  dateExpression,
  figureOf,
  fresh,
  noExits,
  type Opened,
  type Reading,
  read,
  total,
  typeOfNumber,
} from "./random-expressions.ts"

const period: ValueType = { kind: "period", calendar: "Corp" }

/** The rows of a spread, as the checker makes their shape up. */
export const spreadRow: PlanShape = {
  ...shape("SpreadRow", [
    field("period", { kind: "period", calendar: "Corp", wire: "plain" }),
    field("amount", wireMoney("EUR")),
    field("days", wireInt()),
    field("start", { kind: "date", wire: "iso" }),
    field("end", { kind: "date", wire: "iso" }),
  ]),
  kind: "inferred",
}

export function openParts(reading: Reading, currency: PlanExpression): Opened {
  const { draw } = reading
  const safe = noExits({ ...reading, inRow: false })
  const figures = candidates(safe, "number").filter(({ type }) => type.kind === "number" && !type.rational)
  const whole =
    figures.length > 0 && draw.chance(70)
      ? total(safe, draw.pick(figures))
      : figureOf(draw.pick(["100.00", "-0.07", "0", "1000000000000.01", "12345"]))
  const day = (near: readonly string[]): PlanExpression =>
    draw.chance(25)
      ? dateExpression(safe, 0)
      : { kind: "literal", value: draw.pick(near), type: { kind: "date" }, maybe: false, at: here }
  const row = fresh(reading, "part", recordOf("SpreadRow"))
  const amount = { ...typeOfNumber(whole), rational: false }
  const source: PlanExpression = {
    kind: "spread",
    calendar: "Corp",
    total: whole,
    from: day(["2025-01-31", "2025-12-15", "2026-02-01"]),
    to: day(["2026-02-01", "2026-03-31", "2028-02-29"]),
    inclusive: draw.chance(70),
    by: draw.pick(["days", "months", "thirty_360"]),
    rule: draw.pick(["largest_fraction", "largest_share", "first", "last"]),
    coin: draw.chance(50) ? currency : null,
    type: { kind: "list", of: recordOf("SpreadRow") },
    maybe: true,
    at: here,
  }
  const part = (name: string, type: ValueType): PlanExpression => ({
    kind: "field",
    of: read(row, recordOf("SpreadRow")),
    field: name,
    narrowed: false,
    type,
    maybe: false,
    at: here,
  })
  const parts = [
    part("period", period),
    part("amount", amount),
    part("amount", amount),
    part("days", numeric(0)),
    part("start", { kind: "date" }),
    part("end", { kind: "date" }),
  ]
  return {
    generators: [{ variable: row, source, element: null }],
    maybe: true,
    inner: [],
    inside: { ...reading, readables: [...reading.readables, ...parts] },
  }
}
