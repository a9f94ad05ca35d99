// Writes a text in upper case, the same in every country (no locale). Pure; see spec.ts for the promise.

export function upper(text: string): string {
  return text.toUpperCase()
}
