// Does a text end with another, by code point? Pure; see spec.ts for the promise.

export function ends_with(text: string, suffix: string): boolean {
  return text.endsWith(suffix)
}
