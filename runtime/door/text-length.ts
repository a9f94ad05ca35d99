// How long a text is, in the unit its contract counts. Flows in: well-formed text; flows out: a count.

export type TextMeasure = "points" | "utf16" | "bytes"

/** Code points, UTF-16 units or UTF-8 bytes. */
export function textLength(text: string, measure: TextMeasure): number {
  if (measure === "utf16") return text.length
  let count = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (measure === "points") {
      if (code >= 0xdc00 && code <= 0xdfff) count--
    } else if (code >= 0x800) {
      // a surrogate pair is 2 units and 4 bytes: one more for each half
      count += code >= 0xd800 && code <= 0xdfff ? 1 : 2
    } else if (code >= 0x80) count++
  }
  return count
}

/** The word for the unit, in messages. */
export function measureName(measure: TextMeasure): string {
  switch (measure) {
    case "points":
      return "characters"
    case "utf16":
      return "UTF-16 units"
    case "bytes":
      return "bytes"
  }
}
