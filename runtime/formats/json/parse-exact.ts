// The fast lossless reader. Flows in: JSON text; flows out: payload values. A guard looks at every 16th character: text without a
// run of 16 digits and without an exponent goes to JSON.parse, which is then exact; everything else to the strict reader.
// Unlike readJson it lets JSON.parse judge: of duplicate keys the last wins, lone surrogates and depth are left to the door.
import { type JsonResult, readJson } from "./read-json.ts"

/** For services on a hot path. Reads the same values as `readJson` wherever both read the text. Never throws. */
export function parseExact(text: string): JsonResult {
  if (mayLoseDigits(text)) return readJson(text)
  try {
    return { ok: JSON.parse(text) as unknown }
  } catch {
    // the strict reader knows where and why, and skips a byte order mark
    return readJson(text)
  }
}

/** Could a double lose a digit of a number in this text? Yes also for long digit runs inside strings: then reading is slower, not wrong. */
export function mayLoseDigits(text: string): boolean {
  return hasLongRun(text) || hasExponent(text)
}

const shortestUnsafe = 16

/** A run of 16 characters of `0-9.` covers a position that is a multiple of 16; only those are looked at. */
function hasLongRun(text: string): boolean {
  const { length } = text
  for (let probe = shortestUnsafe - 1; probe < length; probe += shortestUnsafe) {
    if (!isDigitOrPoint(text.charCodeAt(probe))) continue
    let start = probe
    while (start > 0 && isDigitOrPoint(text.charCodeAt(start - 1))) start--
    let end = probe + 1
    while (end < length && isDigitOrPoint(text.charCodeAt(end))) end++
    if (end - start >= shortestUnsafe) return true
  }
  return false
}

/** A digit, an `e` and a digit or sign; outside a string when what stands before the number is the start, a blank, `:`, `[` or `,`. */
function hasExponent(text: string): boolean {
  const candidate = /[0-9][eE][-+0-9]/g
  for (let found = candidate.exec(text); found !== null; found = candidate.exec(text)) {
    let start = found.index
    while (start > 0 && isDigitOrPoint(text.charCodeAt(start - 1))) start--
    if (text.charCodeAt(start - 1) === 0x2d) start--
    if (start === 0 || " \n\r\t:[,\ufeff".includes(text.charAt(start - 1))) return true
  }
  return false
}

function isDigitOrPoint(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 46
}
