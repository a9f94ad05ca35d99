// Takes a text apart at each separator. Pure; see spec.ts for the promise.

export function split(text: string, separator: string): readonly string[] {
  return separator === "" ? [text] : text.split(separator)
}
