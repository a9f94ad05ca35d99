// The plain text of an owner, a policy reference or a reason; holes stay as they were written.
import type { Expression } from "@fmap/grammar"

export function reasonText(node: Expression | null): string | null {
  if (node === null || node.kind !== "text") return null
  return node.parts
    .map(p => (p.kind === "chars" ? p.text : `{${p.path.names.map(n => n.text).join(".")}}`))
    .join("")
}
