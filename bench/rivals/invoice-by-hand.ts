// The invoice's job written by hand: a discount divided by largest remainder, lines grouped by tax code, groups converted. Flows in: an
// invoice and a way to compute; flows out: the summary with its members in the same order as the emitted map's.
import Big from "big.js"
import { Decimal } from "decimal.js"
import type { Invoice } from "../invoice/invoice-text.ts"

export interface Sums<N> {
  read(text: string): N
  add(a: N, b: N): N
  subtract(a: N, b: N): N
  less(a: N, b: N): boolean
  /** total × weight ÷ sum, truncated to cents, and what was cut off. */
  part(total: N, weight: N, sum: N): { readonly whole: N; readonly rest: N }
  /** × rate, half even, two digits. */
  convert(amount: N, rate: string): N
  out(value: N): string
}

const rates: ReadonlyMap<string, string> = new Map([
  ["2026-01", "1.0813"],
  ["2026-02", "1.0794"],
  ["2026-03", "1.08567"],
])

export function invoiceByHand<N>(numbers: Sums<N>): (invoice: Invoice) => unknown {
  const zero = numbers.read("0")
  const cent = numbers.read("0.01")
  const sum = (values: readonly N[]) => values.reduce((all, value) => numbers.add(all, value), zero)
  const share = (total: N, weights: readonly N[]): readonly N[] => {
    const whole = sum(weights)
    const parts = weights.map((weight, row) => ({ row, ...numbers.part(total, weight, whole) }))
    let left = numbers.subtract(total, sum(parts.map(part => part.whole)))
    const shares = parts.map(part => part.whole)
    const order = [...parts].sort((a, b) =>
      numbers.less(b.rest, a.rest) ? -1 : numbers.less(a.rest, b.rest) ? 1 : a.row - b.row,
    )
    for (const { row } of order) {
      if (!numbers.less(zero, left)) break
      shares[row] = numbers.add(shares[row] ?? zero, cent)
      left = numbers.subtract(left, cent)
    }
    return shares
  }
  return invoice => {
    const amounts = invoice.items.map(line => numbers.read(line.amount))
    const discounts = share(numbers.read(invoice.discount), amounts)
    const groups = new Map<string, { lines: number; net: N }>()
    const nets: N[] = []
    const lines = invoice.items.map((line, row) => {
      const discount = discounts[row] ?? zero
      const net = numbers.subtract(amounts[row] ?? zero, discount)
      nets.push(net)
      const group = groups.get(line.tax)
      if (group === undefined) groups.set(line.tax, { lines: 1, net })
      else {
        group.lines++
        group.net = numbers.add(group.net, net)
      }
      return {
        item: line.item,
        tax: line.tax,
        amount: numbers.out(amounts[row] ?? zero),
        discount: numbers.out(discount),
        net: numbers.out(net),
      }
    })
    const rate = rates.get(invoice.trandate.slice(0, 7)) ?? "1"
    const total = sum(nets)
    const wanted = numbers.subtract(sum(amounts), numbers.read(invoice.discount))
    if (numbers.less(total, wanted) || numbers.less(wanted, total)) throw new Error("A discount was lost.")
    return {
      number: invoice.tranId,
      currency: invoice.currency,
      lines,
      taxes: [...groups].map(([tax, group]) => ({
        tax,
        lines: group.lines,
        net: numbers.out(group.net),
        usd: numbers.out(numbers.convert(group.net, rate)),
      })),
      total: numbers.out(total),
    }
  }
}

/** Cents as floats: what is mostly written. */
export const floatSums: Sums<number> = {
  read: text => +text,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  less: (a, b) => a < b - 0.005,
  part: (total, weight, sum) => {
    const exact = ((total * weight) / sum) * 100
    const whole = Math.floor(exact)
    return { whole: whole / 100, rest: exact - whole }
  },
  convert: (amount, rate) => Math.round(amount * +rate * 100) / 100,
  out: value => value.toFixed(2),
}

export function bigSums(): Sums<Big> {
  Big.DP = 40
  return {
    read: text => new Big(text),
    add: (a, b) => a.plus(b),
    subtract: (a, b) => a.minus(b),
    less: (a, b) => a.lt(b),
    part: (total, weight, sum) => {
      const exact = total.times(weight).div(sum)
      const whole = exact.round(2, 0)
      return { whole, rest: exact.minus(whole) }
    },
    convert: (amount, rate) => amount.times(rate).round(2, 2),
    out: value => value.toFixed(2),
  }
}

export function decimalSums(): Sums<Decimal> {
  const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN })
  return {
    read: text => new Exact(text),
    add: (a, b) => a.plus(b),
    subtract: (a, b) => a.minus(b),
    less: (a, b) => a.lt(b),
    part: (total, weight, sum) => {
      const exact = total.times(weight).div(sum)
      const whole = exact.toDecimalPlaces(2, Decimal.ROUND_DOWN)
      return { whole, rest: exact.minus(whole) }
    },
    convert: (amount, rate) => amount.times(rate).toDecimalPlaces(2),
    out: value => value.toFixed(2),
  }
}
