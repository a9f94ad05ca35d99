// Bytes to text. Flows in: a file's bytes. Flows out: its text without byte order mark, or the one reason why it is none.
// It must not know where the bytes came from.
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.ts"

export type Decoded =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "refused"; readonly diagnostic: Diagnostic }

/** Strict UTF-8; a zero byte means a binary file. How large a file may be is the host's matter. Offsets of the text count without the byte order mark. */
export function decodeSource(bytes: Uint8Array, file: string): Decoded {
  const place = { file, span: { start: 0, end: 0 } }
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const help = utf16 ? "It is UTF-16: save it as UTF-8." : "Save it as UTF-8."
  const zero = bytes.indexOf(0)
  if (zero !== -1 && !utf16)
    return {
      kind: "refused",
      diagnostic: diagnostic("FM1002", { offset: zero }, place, { help: "Name a text file." }),
    }
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) }
  } catch {
    const offset = firstBadByte(bytes)
    // What stands before it is text, so the place can be shown.
    const at = utf16 ? 0 : new TextDecoder().decode(bytes.subarray(0, offset)).length
    const there = { file, span: { start: at, end: at } }
    return { kind: "refused", diagnostic: diagnostic("FM1001", { offset }, there, { help }) }
  }
}

/** Halves the search: a prefix decodes in streaming mode up to the first bad byte. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (decodes(bytes.subarray(0, middle))) low = middle
    else high = middle - 1
  }
  if (low < bytes.length) return low
  // Everything decodes but the last character is cut off: it begins before its following bytes.
  while (low > 0 && ((bytes[low - 1] ?? 0) & 0xc0) === 0x80) low--
  return Math.max(0, low - 1)
}

function decodes(prefix: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(prefix, { stream: true })
    return true
  } catch {
    return false
  }
}
