// Gives the month of a date as a number. Pure; see spec.ts for the promise.

export function month(date: string): bigint {
  return BigInt(date.slice(5, 7))
}
