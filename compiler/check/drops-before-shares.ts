// A row that is dropped after a total was divided would take its part with it: whatever may skip the row comes before its
// shares. Flows in: the statements of a block before they are ordered. Flows out: needs added to the shares; false where a
// skip itself needs one.
import { diagnostic, type Span } from "@fmap/grammar"
import type { Item } from "./block.ts"
import { type Context, place } from "./context.ts"
import { skips } from "./expressions/each.ts"

export function dropsBeforeShares(items: readonly Item[], span: Span, ctx: Context): boolean {
  const shares = items.filter(item => item.step?.kind === "share")
  if (shares.length === 0) return true
  const dropping = items.filter(item => item.step !== null && "value" in item.step && skips(item.step.value))
  for (const drop of dropping) {
    const share = shares.find(item => item.gives.some(given => reaches(drop, given, items)))
    if (share !== undefined) {
      ctx.state.report(
        diagnostic("FM4166", { share: share.name, name: drop.name }, placeOf(drop, span, ctx), {
          label: "may skip the row",
          help: "Skip by what is known before, or end the record with `hold CODE`.",
        }),
      )
      return false
    }
    for (const item of shares) for (const given of drop.gives) item.needs.add(given)
  }
  return true
}

/** Does the statement need the variable, directly or through others? */
function reaches(from: Item, variable: number, items: readonly Item[]): boolean {
  const seen = new Set<Item>()
  const open: Item[] = [from]
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (item.needs.has(variable)) return true
    if (seen.has(item)) continue
    seen.add(item)
    for (const other of items) if (other.gives.some(given => item.needs.has(given))) open.push(other)
  }
  return false
}

function placeOf(item: Item, span: Span, ctx: Context): ReturnType<typeof place> {
  const use = ctx.state.codes.findLast(
    code => code.verb === "skip" && item.step !== null && within(code.at, item.step.at),
  )
  return use?.place ?? place(ctx, span)
}

/** Positions are (file, line, column, end line, end column). */
function within(
  inner: readonly [number, number, number, number, number],
  outer: readonly [number, number, number, number, number],
): boolean {
  const before = (line: number, column: number, otherLine: number, otherColumn: number): boolean =>
    line < otherLine || (line === otherLine && column <= otherColumn)
  return (
    inner[0] === outer[0] &&
    before(outer[1], outer[2], inner[1], inner[2]) &&
    before(inner[3], inner[4], outer[3], outer[4])
  )
}
