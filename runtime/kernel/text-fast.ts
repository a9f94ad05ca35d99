// Text at the door of the fast path, and the order of texts. Lengths count code points.
interface WellFormed {
  isWellFormed(): boolean
}
const KNOWS_WELL_FORMED = "isWellFormed" in String.prototype
const LONE_SURROGATE = /\p{Surrogate}/u

/** No lone surrogate: the text survives UTF-8. */
export function isWellFormed(text: string): boolean {
  return KNOWS_WELL_FORMED ? (text as unknown as WellFormed).isWellFormed() : !LONE_SURROGATE.test(text)
}

/** How many code points; a surrogate pair is one. */
function codePoints(text: string): number {
  const length = text.length
  let count = length
  for (let index = 0; index < length - 1; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0xd800 || unit > 0xdbff) continue
    const next = text.charCodeAt(index + 1)
    if (next >= 0xdc00 && next <= 0xdfff) {
      count--
      index++
    }
  }
  return count
}

/** Well-formed text of `min` to `max` code points (max -1: any). */
export function isText(value: unknown, min: number, max: number): value is string {
  if (typeof value !== "string") return false
  if (min > 1 && value.length < 2 * min) return isCounted(value, min, max)
  return fitsLength(value, min, max) && isWellFormed(value)
}

/** Text that is known to be well-formed: has it `min` to `max` code points (max -1: any)? */
export function fitsLength(text: string, min: number, max: number): boolean {
  const length = text.length
  if (max >= 0 && length > max && codePoints(text) > max) return false
  return length >= min && (min <= 1 || length >= 2 * min || codePoints(text) >= min)
}

/** As isText, in one pass: an id is short, and every unit of it has to be looked at. */
function isCounted(text: string, min: number, max: number): boolean {
  const length = text.length
  if (length < min) return false
  for (let index = 0; index < length; index++)
    if ((text.charCodeAt(index) & 0xf800) === 0xd800) return fitsLength(text, min, max) && isWellFormed(text)
  return max < 0 || length <= max
}

/** The first `max` code points; `max` is a whole number of 0 or more. */
export function truncateFast(text: string, max: number): string {
  if (text.length <= max) return text
  for (let index = 0; index < max; index++)
    if ((text.charCodeAt(index) & 0xf800) === 0xd800) return truncatePoints(text, max)
  return text.slice(0, max)
}

function truncatePoints(text: string, max: number): string {
  let offset = 0
  for (let left = max; left > 0 && offset < text.length; left--) {
    const unit = text.charCodeAt(offset)
    offset += unit >= 0xd800 && unit <= 0xdbff ? 2 : 1
  }
  return text.slice(0, offset)
}

/** Order by code point; UTF-16 order differs where surrogates meet U+E000…U+FFFF. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index)
    const b = right.charCodeAt(index)
    if (a === b) continue
    const highA = a >= 0xd800 && a <= 0xdfff
    const highB = b >= 0xd800 && b <= 0xdfff
    if (highA !== highB) return highA ? 1 : -1
    return a - b
  }
  return left.length - right.length
}
