// The only place where an author's text becomes part of emitted text: string literals, comments, property keys.
const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/

/** May it stand as a bare property key or name? (Every reserved word may stand after a dot and as a key.) */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text)
}

/** A string literal: JSON, which escapes quotes, controls and lone surrogates, with line separators and `</` broken up. */
export function stringLiteral(text: string): string {
  const literal = JSON.stringify(text)
  // nearly every text: names, pointers, positions
  if (!/[\u2028\u2029<]/.test(literal)) return literal
  return literal
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029")
    .replaceAll("</", "<\\/")
    .replaceAll("<!--", "<\\!--")
}

/** Text inside a comment: one line, no comment end, nothing invisible. */
export function commentText(text: string): string {
  if (/^[ -)+-~]*$/.test(text)) return text
  return text
    .replaceAll("*/", "*\u200a/")
    .replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ")
    .replace(/\p{Surrogate}/gu, "\ufffd")
}
