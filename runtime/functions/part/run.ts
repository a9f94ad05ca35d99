// One text of a list by its number. Pure; see spec.ts for the promise.

export function part(texts: readonly string[], number: bigint): string | undefined {
  return number < 1n || number > texts.length ? undefined : texts[Number(number) - 1]
}
