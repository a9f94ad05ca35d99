// Writes a text in lower case, the same in every country (no locale). Pure; see spec.ts for the promise.

export function lower(text: string): string {
  return text.toLowerCase()
}
