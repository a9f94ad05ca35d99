// Bytes in other encodings than UTF-8. Flows in: bytes or text; flows out: text or bytes, or undefined where there is none: nothing is ever
// replaced. ISO 8859-1 here is just that, not the windows-1252 that browsers make of it.
import { isWellFormed } from "../../door/well-formed.ts"
import type { Encoding } from "../wire/wire-spec.ts"

declare const TextEncoder: new () => { encode(text: string): Uint8Array }

/** Characters of windows-1252 at 0x80–0x9F; 0: the byte means nothing. */
const windows = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
]
const windowsBytes: ReadonlyMap<number, number> = new Map(
  windows.flatMap((code, i) => (code === 0 ? [] : [[code, 0x80 + i] as const])),
)

/** Undefined where a byte means nothing. */
export function decodeBytes(bytes: Uint8Array, encoding: "latin1" | "windows-1252"): string | undefined {
  let text = ""
  for (const byte of bytes) {
    const code =
      encoding === "windows-1252" && byte >= 0x80 && byte < 0xa0 ? (windows[byte - 0x80] ?? 0) : byte
    if (code === 0 && byte !== 0) return undefined
    text += String.fromCharCode(code)
  }
  return text
}

/** Undefined where the encoding lacks a character, or half of a pair is none. UTF-16 is little endian; its mark is the caller's. */
export function encodeText(text: string, encoding: Encoding): Uint8Array | undefined {
  if ((encoding === "utf-8" || encoding === "utf-16") && !isWellFormed(text)) return undefined
  if (encoding === "utf-8") return new TextEncoder().encode(text)
  const wide = encoding === "utf-16"
  const bytes = new Uint8Array(wide ? text.length * 2 : text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (wide) {
      bytes[2 * i] = code & 0xff
      bytes[2 * i + 1] = code >> 8
      continue
    }
    const isC1 = code >= 0x80 && code < 0xa0
    const byte = encoding === "latin1" ? code : isC1 ? 256 : (windowsBytes.get(code) ?? code)
    if (byte > 0xff) return undefined
    bytes[i] = byte
  }
  return bytes
}

/**
 * UTF-16 as UTF-8, so that lines can be found in it. The byte order mark decides, little endian without one; it is left out. Half of a pair and half of a unit
 * become bytes that are not UTF-8, and so are refused where they stand.
 */
export async function* utf8OfUtf16(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let isLittle: boolean | undefined
  let odd: number | undefined
  let high: number | undefined
  for await (const chunk of chunks) {
    const out: number[] = []
    for (const byte of chunk) {
      if (odd === undefined) {
        odd = byte
        continue
      }
      const unit: number = isLittle === false ? (odd << 8) | byte : (byte << 8) | odd
      odd = undefined
      if (isLittle === undefined) {
        isLittle = unit !== 0xfffe
        if (unit === 0xfeff || unit === 0xfffe) continue
      }
      if (high !== undefined) {
        if (unit >= 0xdc00 && unit <= 0xdfff) {
          pushUtf8(out, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00))
          high = undefined
          continue
        }
        pushUtf8(out, high)
        high = undefined
      }
      if (unit >= 0xd800 && unit <= 0xdbff) high = unit
      else pushUtf8(out, unit)
    }
    if (out.length > 0) yield Uint8Array.from(out)
  }
  const rest: number[] = []
  if (high !== undefined) pushUtf8(rest, high)
  if (odd !== undefined) rest.push(0xff)
  if (rest.length > 0) yield Uint8Array.from(rest)
}

/** UTF-8 without the byte order mark at its start. */
export async function* withoutMark(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const mark = [0xef, 0xbb, 0xbf]
  let first: number[] | null = []
  for await (const chunk of chunks) {
    if (first === null) {
      yield chunk
      continue
    }
    first.push(...chunk.subarray(0, 3))
    const rest = chunk.subarray(3)
    const isMark = mark.every((byte, i) => first?.[i] === byte)
    if (!isMark && first.length < 3 && first.every((byte, i) => byte === mark[i])) continue
    yield Uint8Array.from(isMark ? first.slice(3) : first)
    if (rest.length > 0) yield rest
    first = null
  }
  if (first !== null && first.length > 0) yield Uint8Array.from(first)
}

function pushUtf8(out: number[], code: number): void {
  if (code < 0x80) out.push(code)
  else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f))
  else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
  else
    out.push(
      0xf0 | (code >> 18),
      0x80 | ((code >> 12) & 0x3f),
      0x80 | ((code >> 6) & 0x3f),
      0x80 | (code & 0x3f),
    )
}
