// What amounts are amounts of: booked, billed, recognised. Flows in: types of figures that meet. Flows out: whether they may,
// and what their result is of. An amount of no measure meets all; currencies are judged elsewhere.
import { diagnostic, type Place } from "@fmap/grammar"
import type { NumberType } from "../types/type.ts"
import type { Context } from "./context.ts"

type Figure = Pick<NumberType, "measure">

export function measuresMeet(a: Figure, b: Figure): boolean {
  return a.measure === undefined || b.measure === undefined || a.measure.id === b.measure.id
}

/** The measure of a result, from the first of its parts that has one. */
export function measureOf(...parts: readonly (Figure | null)[]): Figure {
  const measure = parts.find(part => part?.measure !== undefined)?.measure
  return measure === undefined ? {} : { measure }
}

export function twoMeasures(
  operator: string,
  a: Figure,
  b: Figure,
  at: Place,
  ctx: Context,
  related: readonly { place: Place; text: string }[] = [],
): void {
  const [left, right] = [a.measure?.name ?? "", b.measure?.name ?? ""]
  ctx.state.report(
    diagnostic("FM6401", { left, right, operator }, at, {
      label: "joins two measures",
      related,
      help: "Where a figure of both is wanted, take the figures out: `amount_in(amount, CURRENCY)`.",
    }),
  )
}
