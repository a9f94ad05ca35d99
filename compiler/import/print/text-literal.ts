// A text of a source as a literal of the language. Flows in: any string. Flows out: the same characters between quotes, with
// everything escaped that ends a text, opens a hole or hides from a reader. Lone surrogates, which no text can hold, become U+FFFD.

const hidden = /[\p{Default_Ignorable_Code_Point}\p{Cc}\u2028\u2029\u0085\ufff9-\ufffb]/u

export function textLiteral(text: string): string {
  let out = '"'
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0xd800 && code <= 0xdfff) out += "\\u{fffd}"
    else if (character === '"' || character === "\\") out += `\\${character}`
    else if (character === "{" || character === "}") out += character + character
    else if (character === "\n") out += "\\n"
    else if (character === "\t") out += "\\t"
    else if (character === "\r") out += "\\r"
    else if (hidden.test(character)) out += `\\u{${code.toString(16)}}`
    else out += character
  }
  return `${out}"`
}
