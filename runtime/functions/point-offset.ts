// Where a character position is in UTF-16. Flows in: well-formed text and a count of code points; flows out: an index for `slice`.

/** Negative counts are 0, counts beyond the end are the end. */
export function pointOffset(text: string, points: bigint): number {
  // one conversion: comparing a bigint with a number is a call into the engine; beyond 2^53 it is "more than any text" anyway
  const most = Number(points)
  if (most >= text.length) return text.length
  let offset = 0
  for (let left = most; left > 0 && offset < text.length; left--) {
    const code = text.charCodeAt(offset)
    offset += code >= 0xd800 && code <= 0xdbff ? 2 : 1
  }
  return offset
}
