// Keys of crosswalks as one text. Flows in: the canonical texts of the key's parts; flows out: a text that no other list of parts
// gives (an escaped join), so that ("a", "b|c") and ("a|b", "c") never meet.

/** `exact`: by code point. `trimmed`: without blanks at both ends. `folded`: trimmed, and case does not count. */
export type KeyForm = "exact" | "folded" | "trimmed"

/** Parts joined by `|`; `\` and `|` inside a part are escaped with `\`. */
export function crosswalkKey(parts: readonly string[]): string {
  return parts.map(escaped).join("|")
}

/** The parts of a joined key. */
export function splitKey(key: string): readonly string[] {
  if (!key.includes("\\")) return key.split("|")
  const parts: string[] = []
  let part = ""
  for (let i = 0; i < key.length; i++) {
    const sign = key[i]
    if (sign === "|") {
      parts.push(part)
      part = ""
    } else part += sign === "\\" ? (key[++i] ?? "") : sign
  }
  return [...parts, part]
}

/** One part in the form its crosswalk compares. */
export function normaliseKey(part: string, form: KeyForm): string {
  switch (form) {
    case "exact":
      return part
    case "trimmed":
      return part.trim()
    case "folded":
      // upper first: "ß" and "SS", "ς" and "σ" are one
      return part.trim().toUpperCase().toLowerCase()
  }
}

function escaped(part: string): string {
  return part.includes("\\") || part.includes("|")
    ? part.replaceAll("\\", "\\\\").replaceAll("|", "\\|")
    : part
}
