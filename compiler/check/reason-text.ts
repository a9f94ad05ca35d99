// The plain text of an owner, a policy reference or a reason; holes stay as they were written.
import type { Expression, TextLiteral } from "@fmap/grammar"

export function reasonText(node: Expression | null): string | null {
  if (node === null || node.kind !== "text") return null
  return node.parts
    .map(p => (p.kind === "chars" ? p.text : `{${p.path.names.map(n => n.text).join(".")}}`))
    .join("")
}

/** Quotes with nothing between them give none. */
export function givesReason(because: TextLiteral | null): boolean {
  return because?.parts.some(part => part.kind === "hole" || part.text.trim() !== "") === true
}
