// Gives the day of a date as a number. Pure; see spec.ts for the promise.

export function day(date: string): bigint {
  return BigInt(date.slice(8, 10))
}
