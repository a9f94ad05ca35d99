// Gives a number without its sign; unit and scale stay. Pure; see spec.ts for the promise.

export function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}
