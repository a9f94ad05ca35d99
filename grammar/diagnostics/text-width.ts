// How many columns of a terminal a text takes. Flows in: text. Flows out: a count; tabs become blanks.

const tab = 4
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const noWidth = /\p{Mark}|\u200d|\ufe0f/u

/** Columns of a text without tabs: two for wide East Asian characters and emoji, none for combining marks. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) {
    if (character < "\u0300") width++
    else if (!noWidth.test(character)) width += wide.test(character) ? 2 : 1
  }
  return width
}

/** Tabs as blanks up to the next of every four columns. */
export function expandTabs(text: string): string {
  if (!text.includes("\t")) return text
  let out = ""
  for (const piece of text.split(/(\t)/))
    out += piece === "\t" ? " ".repeat(tab - (widthOf(out) % tab)) : piece
  return out
}
