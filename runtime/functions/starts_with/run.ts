// Does a text begin with another, by code point? Pure; see spec.ts for the promise.

export function starts_with(text: string, prefix: string): boolean {
  return text.startsWith(prefix)
}
