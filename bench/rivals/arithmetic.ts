// The ways people compute amounts by hand. Flows in: figures of the payload; flows out: figures of the result. `number` is what is
// mostly written, the others are exact.
import Big from "big.js"
import { Decimal } from "decimal.js"
import type { Amounts } from "../order/order-text.ts"
import type { Figure } from "./payload.ts"

export interface Arithmetic<N> {
  readonly zero: N
  /** round(quantity × price × (1 − discount %), 2, half even) */
  net(quantity: Figure, price: Figure, discount: Figure): N
  /** round(net × rate %, 2, half even) */
  tax(net: N, rate: string): N
  add(a: N, b: N): N
  equal(a: N, b: Figure): boolean
  /** As it stands in the result. */
  out(value: N | Figure, digits: number): Figure
}

const cents = (value: number) => Math.round(value * 100) / 100

export function floatArithmetic(amounts: Amounts): Arithmetic<number> {
  return {
    zero: 0,
    net: (quantity, price, discount) => cents(+quantity * +price * (1 - +discount / 100)),
    tax: (net, rate) => cents((net * +rate) / 100),
    add: (a, b) => a + b,
    equal: (a, b) => Math.abs(a - +b) < 0.1,
    out:
      amounts === "text"
        ? (value, digits) => (+value).toFixed(digits)
        : (value, digits) => +(+value).toFixed(digits),
  }
}

export function bigArithmetic(amounts: Amounts): Arithmetic<Big> {
  const zero = new Big(0)
  const one = new Big(1)
  const hundredth = new Big("0.01")
  const halfEven = 2
  const fixed = (value: Big | Figure, digits: number) =>
    (value instanceof Big ? value : new Big(value)).toFixed(digits)
  return {
    zero,
    net: (quantity, price, discount) =>
      new Big(quantity)
        .times(price)
        .times(one.minus(new Big(discount).times(hundredth)))
        .round(2, halfEven),
    tax: (net, rate) => net.times(rate).times(hundredth).round(2, halfEven),
    add: (a, b) => a.plus(b),
    equal: (a, b) => a.eq(b),
    out: amounts === "text" ? fixed : (value, digits) => Number(fixed(value, digits)),
  }
}

export function decimalArithmetic(amounts: Amounts): Arithmetic<Decimal> {
  const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_EVEN })
  const zero = new Exact(0)
  const one = new Exact(1)
  const hundredth = new Exact("0.01")
  const fixed = (value: Decimal | Figure, digits: number) =>
    (typeof value === "object" ? value : new Exact(value)).toFixed(digits)
  return {
    zero,
    net: (quantity, price, discount) =>
      new Exact(quantity)
        .times(price)
        .times(one.minus(new Exact(discount).times(hundredth)))
        .toDecimalPlaces(2),
    tax: (net, rate) => net.times(rate).times(hundredth).toDecimalPlaces(2),
    add: (a, b) => a.plus(b),
    equal: (a, b) => a.eq(b),
    out: amounts === "text" ? fixed : (value, digits) => Number(fixed(value, digits)),
  }
}
