// The part of big.js the bench uses; the package has no types of its own.
declare module "big.js" {
  export default class Big {
    /** Digits after the point of a quotient. */
    static DP: number
    constructor(value: string | number | Big)
    times(other: string | number | Big): Big
    minus(other: string | number | Big): Big
    plus(other: string | number | Big): Big
    div(other: string | number | Big): Big
    lt(other: Big): boolean
    eq(other: string | number | Big): boolean
    round(digits: number, mode: number): Big
    toFixed(digits: number): string
  }
}
