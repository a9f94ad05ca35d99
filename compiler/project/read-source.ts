// Bytes of one source file to its tree. Flows in: bytes and the path. Flows out: text, hash, tree and what the parser
// found; no tree when the bytes are no text.
import { type Diagnostic, diagnostic, parse } from "@fmap/grammar"
import { sha256 } from "@fmap/runtime"
import type { ReadSource } from "./load-project.ts"

/** Offsets count in the text without its byte order mark. */
export const readSource: ReadSource = (bytes, file) => {
  const text = decode(bytes)
  const nowhere = { file, span: { start: 0, end: 0 } }
  if (text === null) return { text: "", sha256: "", tree: null, diagnostics: [refusal(bytes, nowhere)] }
  const { tree, diagnostics } = parse(text, file)
  return { text, sha256: sha256(text), tree, diagnostics }
}

function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return text.includes("\0") ? null : text
  } catch {
    return null
  }
}

function refusal(bytes: Uint8Array, place: Diagnostic["labels"][0]["place"]): Diagnostic {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return diagnostic("FM7011", { file: place.file }, place, {
    help: isUtf16 ? "It is UTF-16: save it as UTF-8." : "Save it as UTF-8; a binary file cannot be read.",
  })
}
