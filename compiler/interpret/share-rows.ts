// Rows that divide a total among themselves. All rows run up to the first share, then its parts are known and all go on; so
// each row keeps variables of its own. Flows in: an `each` whose body holds shares. Flows out: its list.
import { fromInteger, fromScaled, shareOut, toScaled } from "@fmap/runtime"
import type { PlanExpression, PlanStep } from "../plan/index.ts"
import { evaluate } from "./evaluate.ts"
import { visitEach } from "./evaluate-lists.ts"
import { minorDigits } from "./minor-digits.ts"
import type { Row } from "./rows.ts"
import { type RunningBlock, startBlock } from "./run-block.ts"
import { atRow, type Scope } from "./scope.ts"
import {
  asNumber,
  asText,
  BrokenPlan,
  isStopped,
  listValue,
  MISSING,
  numberValue,
  type Outcome,
  POISON,
  SKIPPED,
} from "./value.ts"

type Each = PlanExpression & { readonly kind: "each" }
type Share = PlanStep & { readonly kind: "share" }
interface Waiting {
  readonly row: Row
  readonly scope: Scope
  readonly block: RunningBlock
  /** What the row brings to the next share. Null: it failed. */
  weight: bigint | null
  /** Where each run of an inner loop has a total of its own. */
  whole: Whole | null
}
/** A total and how fine its parts may be. Null: one of them failed. */
type Whole = { readonly total: bigint; readonly coin: bigint } | "failed"

export function sharesIn(body: PlanExpression): boolean {
  return body.kind === "record" && body.block.steps.some(step => step.kind === "share")
}

export function evaluateSharing(each: Each, scope: Scope, offset: number): Outcome {
  const { body } = each
  if (body.kind !== "record") throw new BrokenPlan("a share stands in a row that is no record")
  const { steps } = body.block
  const shares = steps.flatMap((step, index) => (step.kind === "share" ? [{ step, index }] : []))
  const rows: Waiting[] = []
  const arrive = (waiting: Waiting, share: Share | undefined): void => {
    if (share === undefined) return
    waiting.weight = scaled(evaluate(share.weight, waiting.scope), scaleOf(share.weight))
    waiting.whole = share.within === 0 ? null : wholeOf(share, waiting.scope)
  }
  // Rows whose join leaves by a way out have places of their own, and weights nobody knows.
  let left = 0
  let unknown = false
  const leave = (exit: PlanExpression): void => {
    if (evaluate(exit, atRow(scope, offset + rows.length + left)) === SKIPPED) return
    left++
    unknown = true
  }
  const run = (row: Row): void => {
    const own = atRow({ ...scope, variables: new Map(scope.variables) }, offset + rows.length)
    if (each.position !== null)
      own.variables.set(each.position, numberValue(fromInteger(BigInt(rows.length + 1))))
    const waiting: Waiting = {
      row,
      scope: own,
      block: startBlock(body.block, body.shape, own),
      weight: null,
      whole: null,
    }
    if (!waiting.block.run(0, shares[0]?.index ?? steps.length)) return
    arrive(waiting, shares[0]?.step)
    rows.push(waiting)
  }
  const found = visitEach(each, scope, run, leave)
  if (found.unread) return POISON
  unknown ||= found.poisoned
  shares.forEach(({ step, index }, place) => {
    const whole = step.within === 0 ? wholeOf(step, scope) : null
    for (const run of runsOf(rows, step.within))
      divide(step, run, unknown ? "failed" : (whole ?? run[0]?.whole ?? "failed"))
    const next = shares[place + 1]
    for (const waiting of rows) {
      if (!waiting.block.run(index + 1, next?.index ?? steps.length))
        throw new BrokenPlan("a row is skipped after its share")
      arrive(waiting, next?.step)
    }
  })
  if (unknown) return POISON
  return found.missing ? MISSING : listValue(rows.map(({ block }) => block.record()))
}

/** Rows that came within one run of a loop have the very same outer rows. */
function runsOf(rows: readonly Waiting[], within: number): Iterable<readonly Waiting[]> {
  const runs = new Map<unknown, Waiting[]>()
  for (const waiting of rows) {
    const outer = within === 0 ? null : waiting.row[within - 1]
    const run = runs.get(outer)
    if (run === undefined) runs.set(outer, [waiting])
    else run.push(waiting)
  }
  return runs.values()
}

/** Gives each row of a run its part; missing where the weights have no proportion. */
function divide(step: Share, rows: readonly Waiting[], whole: Whole): void {
  const weights = rows.map(({ weight }) => weight)
  const failed = whole === "failed" || weights.includes(null)
  const parts = failed ? undefined : shareOut(whole.total, weights as readonly bigint[], whole.coin, step)
  rows.forEach(({ scope }, place) => {
    const part = parts?.[place]
    if (whole !== "failed" && !failed)
      scope.run.trace?.({
        kind: "share",
        step,
        scope,
        total: whole.total,
        weights: weights as readonly bigint[],
        parts: parts ?? null,
        index: place,
      })
    const value = part === undefined ? (failed ? POISON : MISSING) : numberValue(fromScaled(part, step.scale))
    scope.variables.set(step.variable, value)
  })
}

function wholeOf(step: Share, scope: Scope): Whole {
  const total = scaled(evaluate(step.total, scope), step.scale)
  const digits = coinDigits(step, scope)
  if (total === null || digits === null) return "failed"
  return { total, coin: toScaled(fromScaled(1n, digits), step.scale) ?? 1n }
}

function coinDigits({ coin }: Share, scope: Scope): number | null {
  if (coin.currency === null) return coin.digits
  const currency = evaluate(coin.currency, scope)
  return isStopped(currency) ? null : Math.min(coin.digits, minorDigits(asText(currency)))
}

function scaleOf({ type }: PlanExpression): number {
  return type.kind === "number" ? type.scale : 0
}

function scaled(value: Outcome, scale: number): bigint | null {
  if (isStopped(value)) return null
  const whole = toScaled(asNumber(value), scale)
  if (whole === undefined) throw new BrokenPlan("a figure has more digits than its type says")
  return whole
}
