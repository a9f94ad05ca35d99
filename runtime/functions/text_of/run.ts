// Writes a whole number as text: digits, with a minus where it is negative, no separators. Pure; see spec.ts for the promise.

export function text_of(value: bigint): string {
  return value.toString()
}
