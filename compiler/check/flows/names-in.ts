// The names that an expression may read values by. Flows in: a tree. Flows out: texts. It over-approximates: a row that is called like a
// step counts as reading it.
import type { Name } from "@fmap/grammar"

export function namesIn(node: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(node)) for (const each of node) namesIn(each, found)
  if (typeof node !== "object" || node === null || Array.isArray(node)) return found
  if ("kind" in node && node.kind === "name" && "name" in node) found.add((node.name as Name).text)
  if ("names" in node && Array.isArray(node.names)) {
    const [first] = node.names as readonly Name[]
    if (first !== undefined) found.add(first.text)
  }
  for (const below of Object.values(node)) namesIn(below, found)
  return found
}
