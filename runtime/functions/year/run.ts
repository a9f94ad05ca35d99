// Gives the year of a date as a number. Pure; see spec.ts for the promise.

export function year(date: string): bigint {
  return BigInt(date.slice(0, 4))
}
