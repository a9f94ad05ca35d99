// Takes a text away from the beginning, once, if it stands there. Pure; see spec.ts for the promise.

export function strip_prefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text
}
