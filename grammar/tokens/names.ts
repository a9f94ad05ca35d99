// How a name is read: Unicode XID or anything in backticks. Flows in: text and offset. Flows out: what Chevrotain
// wants of a custom pattern. Whether a name is well formed (NFC, no invisible characters) is judged in check-names.ts.

const plain = /[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_\u0080-\uffff])/y
const unicode = /[\p{XID_Start}_][\p{XID_Continue}]*/uy
const quoted = /`[^`\n]*`/y

/** A sticky match at `offset`, the fast ASCII form first. */
export function scanName(text: string, offset: number): RegExpExecArray | null {
  const first = text.charCodeAt(offset)
  const pattern = first === 96 ? quoted : plain
  pattern.lastIndex = offset
  const found = pattern.exec(text)
  if (found !== null || first === 96) return found
  unicode.lastIndex = offset
  return unicode.exec(text)
}

/** First characters of a name, one for each bucket of Chevrotain's first-character table. */
export function nameStartHints(): (string | number)[] {
  const hints: (string | number)[] = ["`", "_"]
  for (let c = 65; c <= 90; c++) hints.push(c, c + 32)
  for (let c = 128; c < 256; c++) hints.push(c)
  for (let c = 256; c < 65_536; c += 100) hints.push(c)
  return hints
}
