// Escapes one part of a joined key. Pure; see spec.ts for the promise.

export function key_part(text: string): string {
  return text.replace(/[\\|]/g, "\\$&")
}
