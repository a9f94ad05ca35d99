// Takes the zeros off the front of a number's digits. Pure; see spec.ts for the promise.

export function strip_zeros(text: string): string {
  if (text.charCodeAt(0) !== 48 || !/^[0-9]+$/.test(text)) return text
  let from = 0
  while (from < text.length - 1 && text.charCodeAt(from) === 48) from++
  return text.slice(from)
}
