// Bytes of an XML document as text. Flows in: bytes; flows out: text, or why there is none. The byte order mark decides, then the declaration, then UTF-8; no byte
// is replaced.
import { decodeUtf8 } from "../json/utf8.ts"
import { decodeBytes } from "../text/encoding.ts"
import type { WireProblem } from "../wire/wire-record.ts"

export function decodeXml(bytes: Uint8Array): { readonly text: string } | { readonly problem: WireProblem } {
  const encoding = markOf(bytes) ?? declaredIn(bytes) ?? "utf-8"
  switch (encoding) {
    case "utf-8":
    case "us-ascii":
      return textOr(decodeUtf8(bytes), "BAD_UTF8", "UTF-8")
    case "utf-16le":
    case "utf-16be":
      return textOr(utf16(bytes, encoding === "utf-16le"), "BAD_ENCODING", "UTF-16")
    case "iso-8859-1":
    case "latin1":
      return textOr(decodeBytes(bytes, "latin1"), "BAD_ENCODING", "ISO 8859-1")
    case "windows-1252":
    case "cp1252":
      return textOr(decodeBytes(bytes, "windows-1252"), "BAD_ENCODING", "windows-1252")
    default:
      return { problem: { code: "BAD_ENCODING", message: `The encoding ${encoding} is not known.` } }
  }
}

function textOr(
  text: unknown,
  code: string,
  name: string,
): { readonly text: string } | { readonly problem: WireProblem } {
  if (typeof text !== "string") return { problem: { code, message: `The document is not ${name}.` } }
  return { text: text.startsWith("\ufeff") ? text.slice(1) : text }
}

function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le"
  if (first === 0xfe && second === 0xff) return "utf-16be"
  // without a mark the declaration's first character tells the width
  if (first === 0x3c && second === 0) return "utf-16le"
  return first === 0 && second === 0x3c ? "utf-16be" : undefined
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const start = decodeBytes(bytes.subarray(0, 200), "latin1") ?? ""
  const found =
    /^(?:\u00ef\u00bb\u00bf)?<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/.exec(start)
  return found?.[1]?.toLowerCase()
}

function utf16(bytes: Uint8Array, isLittle: boolean): string | undefined {
  if (bytes.length % 2 === 1) return undefined
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 2) {
    const [one = 0, two = 0] = [bytes[at], bytes[at + 1]]
    parts.push(String.fromCharCode(isLittle ? (two << 8) | one : (one << 8) | two))
  }
  return parts.join("")
}
