// Strict UTF-8. Flows in: bytes; flows out: text, or the first byte that is not UTF-8. Nothing is replaced; a byte order mark stays
// (the JSON reader skips it). TextDecoder is the one thing used that is not ES2022; every engine has it.

/** Of the engine; named here because ES2022's own types do not know it. */
declare const TextDecoder: new (
  label: "utf-8",
  options: { fatal: true; ignoreBOM: true },
) => { decode(bytes: Uint8Array): string }

/** Where the bytes stop being UTF-8: 0-based offset, 1-based line and column, in bytes. */
export interface BadBytes {
  readonly offset: number
  readonly line: number
  readonly column: number
}

export function decodeUtf8(bytes: Uint8Array): string | BadBytes {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return firstBadByte(bytes)
  }
}

function firstBadByte(bytes: Uint8Array): BadBytes {
  let offset = 0
  let line = 1
  let lineStart = 0
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset)
    if (length === 0) break
    if (bytes[offset] === 0x0a) {
      line++
      lineStart = offset + 1
    }
    offset += length
  }
  return { offset, line, column: offset - lineStart + 1 }
}

/** Bytes of the well-formed sequence at `at`; 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0
    const least = i === 1 && lead === 0xe0 ? 0xa0 : i === 1 && lead === 0xf0 ? 0x90 : 0x80
    const most = i === 1 && lead === 0xed ? 0x9f : i === 1 && lead === 0xf4 ? 0x8f : 0xbf
    if (byte < least || byte > most) return 0
  }
  return length
}
