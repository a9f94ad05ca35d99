// Joins texts, with a separator between them. Pure; see spec.ts for the promise.

export function join(texts: readonly string[], separator: string): string {
  return texts.join(separator)
}
