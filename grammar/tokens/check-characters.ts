// Characters that could deceive a reader. Flows in: the text, a name. Flows out: diagnostics.
import type { IToken } from "chevrotain"
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.ts"

const mayHaveInvisible = /[^\0-\u02ff]/
/** Direction controls, zero-width and other default-ignorable characters, line separators. */
const invisible = /[\p{Default_Ignorable_Code_Point}\u2028\u2029\u0085\ufff9-\ufffb]/gu

/** Invisible characters anywhere, comments and texts included: nobody sees them in a review. */
export function checkCharacters(text: string, file: string): Diagnostic[] {
  if (!mayHaveInvisible.test(text) && !text.includes("\u00ad") && !text.includes("\u0085")) return []
  const found: Diagnostic[] = []
  for (const match of text.matchAll(invisible)) {
    const code = match[0].codePointAt(0) ?? 0
    // Variation selectors and joiners are part of written emoji and of some scripts in texts and comments.
    if (code === 0x200d || code === 0x200c || (code >= 0xfe00 && code <= 0xfe0f)) continue
    const place = { file, span: { start: match.index, end: match.index + match[0].length } }
    const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`
    found.push(
      diagnostic("FM1009", { code: name }, place, {
        label: "an invisible character stands here",
        help: `Remove it, or write \\u{${code.toString(16)}} in a text that needs it.`,
        edits: [{ place, text: "" }],
      }),
    )
    if (found.length === 100) break
  }
  return found
}

const deceiving = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u

export function checkName(token: IToken, file: string, found: Diagnostic[]): void {
  const { image, startOffset } = token
  const place = { file, span: { start: startOffset, end: startOffset + image.length } }
  if (image === "``") {
    found.push(diagnostic("FM1018", {}, place, { label: "nothing stands between the backticks" }))
    return
  }
  if (isAscii(image)) return
  const normal = image.normalize("NFC")
  if (normal !== image) {
    found.push(
      diagnostic("FM1008", { name: image }, place, {
        label: "composed in another way",
        help: "Write it normalised.",
        edits: [{ place, text: normal }],
      }),
    )
  }
  const hidden = deceiving.exec(image)
  // Joiners and variation selectors pass in texts; in a name they make two names look the same.
  if (hidden !== null && /\u200c|\u200d|[\ufe00-\ufe0f]/.test(hidden[0])) {
    const code = `U+${(hidden[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
    found.push(diagnostic("FM1009", { code }, place, { label: "this name has an invisible character" }))
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
