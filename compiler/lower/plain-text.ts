// Texts in which holes have no meaning. Flows in: a text as written. Flows out: its characters.

/** Text of an owner and the like, where holes have no meaning. */
export function plain(
  literal: { readonly parts: readonly { readonly kind: string }[] } | null,
): string | null {
  if (literal === null) return null
  return literal.parts
    .map(part => ("text" in part && part.kind === "chars" ? String(part.text) : ""))
    .join("")
}
