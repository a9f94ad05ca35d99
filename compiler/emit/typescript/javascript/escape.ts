// The only place where an author's text becomes part of emitted text: string literals, comments, property keys.
/** May it stand as a bare property key or name, `[A-Za-z_$][A-Za-z0-9_$]*`? (Every reserved word may stand after a dot and as a key.) */
export function isIdentifier(text: string): boolean {
  const { length } = text
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index)
    const letter = (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95 || unit === 36
    if (!letter && (index === 0 || unit < 48 || unit > 57)) return false
  }
  return length > 0
}

/** A string literal: JSON, which escapes quotes, controls and lone surrogates, with line separators and `</` broken up. */
export function stringLiteral(text: string): string {
  // nearly every text: names, pointers, positions
  if (isHarmless(text)) return `"${text}"`
  return JSON.stringify(text)
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029")
    .replaceAll("</", "<\\/")
    .replaceAll("<!--", "<\\!--")
}

/** Printable ASCII that means itself between quotes. */
function isHarmless(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 32 || unit > 126 || unit === 34 || unit === 60 || unit === 92) return false
  }
  return true
}

/** Text inside a comment: one line, no comment end, nothing invisible. */
export function commentText(text: string): string {
  if (isPlain(text)) return text
  return text
    .replaceAll("*/", "*\u200a/")
    .replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ")
    .replace(/\p{Surrogate}/gu, "\ufffd")
}

/** Printable ASCII without a `*`. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 32 || unit > 126 || unit === 42) return false
  }
  return true
}
