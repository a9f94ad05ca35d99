// Bytes of one source file to its tree. Flows in: bytes and the path. Flows out: text, hash, tree and what the parser
// found; no tree when the bytes are no text.
import { decodeSource, parse } from "@fmap/grammar"
import { sha256 } from "@fmap/runtime"
import type { ReadSource } from "./load-project.ts"

/** Offsets count in the text without its byte order mark. */
export const readSource: ReadSource = (bytes, file) => {
  const decoded = decodeSource(bytes, file)
  if (decoded.kind === "refused")
    return { text: "", sha256: "", tree: null, diagnostics: [decoded.diagnostic] }
  const { text } = decoded
  const { tree, diagnostics } = parse(text, file)
  return { text, sha256: sha256(text), tree, diagnostics }
}
