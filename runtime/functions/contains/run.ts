// Does a text hold another, by code point? Pure; see spec.ts for the promise.

export function contains(text: string, part: string): boolean {
  return text.includes(part)
}
