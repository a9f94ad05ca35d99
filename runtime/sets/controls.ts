// Controls over a whole run. Flows in: records that come out, and the meters of all rows. Flows out: what every control compared in
// every group, and an issue for each that does not hold. What cannot be known does not hold.

import { powerOfTen } from "../decimal/powers.ts"
import { formatScaled, parseDecimal } from "../decimal/scaled.ts"
import { strip_zeros } from "../functions/strip_zeros/run.ts"
import { minorUnits } from "../money/currencies.ts"
import type { Issue } from "../results/issue.ts"
import { figureOf } from "./fold.ts"
import { keyOf, type Meter, plus, type Sum } from "./meter.ts"
import type { SetControlResult } from "./set-result.ts"
import type { ControlSpec, OutKey, OutMeterSpec, SetSpec, TermSpec } from "./set-spec.ts"

export interface Controls {
  /** A record that comes out. */
  out(record: object): void
  end(): { readonly results: readonly SetControlResult[]; readonly issues: readonly Issue[] }
}

interface OutMeter {
  readonly spec: OutMeterSpec
  readonly sums: Map<string, { readonly keys: readonly string[]; sum: Sum }>
}

export function createControls(
  { controls, target }: SetSpec,
  metersOf: (control: number) => readonly Meter[],
  inputs: readonly Sum[],
): Controls {
  const outMeters = controls.map(control =>
    control.outMeters.map((spec): OutMeter => ({ spec, sums: new Map() })),
  )
  return {
    out(record) {
      for (const meter of outMeters.flat()) addRecord(meter, record as Readonly<Record<string, unknown>>)
    },
    end() {
      const results: SetControlResult[] = []
      const issues: Issue[] = []
      for (const [i, control] of controls.entries()) {
        const meters = metersOf(i)
        const out = outMeters[i] ?? []
        for (const group of groupsOf(control, meters, out)) {
          const side = (terms: readonly TermSpec[]): Amount | null =>
            sideOf(terms, group, meters, out, inputs)
          const left = side(control.left)
          const right = side(control.right)
          const holds = left !== null && right !== null && compares(control, left, right, group)
          results.push({ title: control.title, group, left: shown(left), right: shown(right), holds })
          if (!holds) issues.push(issueOf(control, target, group, left, right))
        }
      }
      return { results, issues }
    },
  }
}

function addRecord({ spec, sums }: OutMeter, record: Readonly<Record<string, unknown>>): void {
  const value = spec.sum === null ? 1 : figureOf(spec.sum, record[spec.sum.field], record)
  if (value === undefined) return
  const keys = spec.by.map(key => keyIn(record, key))
  const identity = keyOf(keys)
  const known = sums.get(identity)
  if (known === undefined) sums.set(identity, { keys, sum: value })
  else known.sum = plus(known.sum, value)
}

function keyIn(record: Readonly<Record<string, unknown>>, key: OutKey): string {
  if (typeof key === "string") return String(record[key])
  const written = String(record[key.field])
  return key.form === "lower" ? written.toUpperCase() : strip_zeros(written)
}

/** Every combination of keys that stands in rows or records, in the order of rows first. Without keys there is one, rows or not. */
function groupsOf(
  { keys }: ControlSpec,
  meters: readonly Meter[],
  out: readonly OutMeter[],
): readonly (readonly string[])[] {
  if (keys.length === 0) return [[]]
  const found = new Map<string, readonly string[]>()
  for (const meter of meters) for (const bucket of meter.buckets()) found.set(keyOf(bucket.keys), bucket.keys)
  for (const { sums } of out)
    for (const [identity, { keys: of }] of sums) if (!found.has(identity)) found.set(identity, of)
  // Where no row tells its keys, and some should: there is one comparison, of what is not known.
  if (found.size === 0 && meters.some(meter => meter.unknown() > 0)) return [[]]
  return [...found.values()]
}

interface Amount {
  readonly value: bigint
  readonly scale: number
}

/** Null: a row has a figure, or a key, that cannot be known. */
function sideOf(
  terms: readonly TermSpec[],
  group: readonly string[],
  meters: readonly Meter[],
  out: readonly OutMeter[],
  inputs: readonly Sum[],
): Amount | null {
  const scale = Math.max(0, ...terms.map(term => term.scale))
  let value = 0n
  for (const term of terms) {
    const sum = termOf(term, group, meters, out, inputs)
    if (sum === null) return null
    const widened = sum * powerOfTen(scale - term.scale)
    value += term.negative ? -widened : widened
  }
  return { value, scale }
}

function termOf(
  term: TermSpec,
  group: readonly string[],
  meters: readonly Meter[],
  out: readonly OutMeter[],
  inputs: readonly Sum[],
): bigint | null {
  switch (term.kind) {
    case "literal":
      return parseDecimal(term.value)?.unscaled ?? null
    case "input":
      return BigInt(inputs[term.input] ?? 0)
    case "out":
      return BigInt(out[term.meter]?.sums.get(keyOf(group))?.sum ?? 0)
    case "rows": {
      const meter = meters[term.meter]
      if (meter === undefined || meter.unknown() > 0) return null
      return BigInt(meter.bucket(group)?.[term.of] ?? 0)
    }
  }
}

function compares(control: ControlSpec, left: Amount, right: Amount, group: readonly string[]): boolean {
  const scale = Math.max(left.scale, right.scale, 4)
  const a = left.value * powerOfTen(scale - left.scale)
  const b = right.value * powerOfTen(scale - right.scale)
  const { within, operator } = control
  if (within === null) {
    switch (operator) {
      case "==":
        return a === b
      case "!=":
        return a !== b
      case "<":
        return a < b
      case "<=":
        return a <= b
      case ">":
        return a > b
      case ">=":
        return a >= b
    }
  }
  const tolerance = parseDecimal(within.amount)
  if (tolerance === undefined) return false
  const apart = size(a - b)
  // |a - b| × 10^s ≤ tolerance, all in integers.
  const unit = within.relative ? size(b) : powerOfTen(scale - (within.minor ? minorOf(control, group) : 0))
  const near = apart * powerOfTen(tolerance.scale) <= size(tolerance.unscaled) * unit
  return near === (operator === "==")
}

function minorOf({ currency }: ControlSpec, group: readonly string[]): number {
  const code = typeof currency === "number" ? group[currency] : currency
  return (code == null ? undefined : minorUnits(code)) ?? 0
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value
}

function shown(amount: Amount | null): string | null {
  return amount === null ? null : formatScaled(amount.value, amount.scale)
}

function issueOf(
  control: ControlSpec,
  root: string,
  group: readonly string[],
  left: Amount | null,
  right: Amount | null,
): Issue {
  const { code, verb: severity, message, title, at } = control
  const of = group.length === 0 ? "" : ` for ${group.join(", ")}`
  const compared =
    left === null || right === null
      ? "a row has a figure that cannot be known"
      : `${shown(left)} and ${shown(right)}, ${shown(apart(left, right))} apart`
  return { code, severity, root, pointer: "", message: message ?? `${title}${of}: ${compared}.`, at }
}

function apart(left: Amount, right: Amount): Amount {
  const scale = Math.max(left.scale, right.scale)
  const value = left.value * powerOfTen(scale - left.scale) - right.value * powerOfTen(scale - right.scale)
  return { value: size(value), scale }
}
