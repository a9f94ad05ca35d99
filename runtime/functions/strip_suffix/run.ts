// Takes a text away from the end, once, if it stands there. Pure; see spec.ts for the promise.

export function strip_suffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text
}
