// Texts inside a Markdown sheet. Flows in: words and texts of authors. Flows out: Markdown that shows them as they are, also in the cell of a
// table: nothing of theirs becomes a tag, a link or another column.
import type { Words } from "@fmap/compiler"

export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+!|~<>&]/gu, character =>
      character === "<"
        ? "&lt;"
        : character === ">"
          ? "&gt;"
          : character === "&"
            ? "&amp;"
            : `\\${character}`,
    )
    .replace(/^(\s*)([-=])/u, "$1\\$2")
    .replace(/^(\s*\d+)([.)])(?=\s|$)/u, "$1\\$2")
    .replace(/\s*\n\s*/gu, " ")
}

export function markdownWords(words: Words): string {
  return words.map(word => (typeof word === "string" ? escapeMarkdown(word) : codeSpan(word.code))).join("")
}

/** The fence is longer than any inside. */
function codeSpan(text: string): string {
  const one = text.replace(/\s*\n\s*/gu, " ").replaceAll("|", "\\|")
  if (one === "") return ""
  const longest = Math.max(0, ...[...one.matchAll(/`+/gu)].map(([ticks]) => ticks.length))
  const fence = "`".repeat(longest + 1)
  const pad = one.startsWith("`") || one.endsWith("`") ? " " : ""
  return `${fence}${pad}${one}${pad}${fence}`
}
