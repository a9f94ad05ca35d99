// Text of authors and payloads on its way to a terminal. Flows in: any text. Flows out: the same text in which nothing can
// move the cursor, colour the screen or reorder what is read: control and bidirectional characters are written out.

const unsafe = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu

/** Tabs and line feeds stay; every other control character becomes `\u{…}`. */
export function safeText(text: string): string {
  return text.replace(unsafe, character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** As `safeText`, on one line. */
export function safeLine(text: string): string {
  return safeText(text).replaceAll("\t", " ").replaceAll("\n", "\\n")
}
