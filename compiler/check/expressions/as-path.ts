// Expressions that are paths. Flows in: an expression. Flows out: its names in order, where it is nothing else.
import type { Expression, Path } from "@fmap/grammar"

/** `a.b.c` as a path; null when something else than names stands in it. */
export function asPath(node: Expression): Path | null {
  if (node.kind === "parenthesized") return asPath(node.inner)
  if (node.kind === "name") return { names: [node.name], span: node.span }
  if (node.kind !== "member") return null
  const object = asPath(node.object)
  return object === null ? null : { names: [...object.names, node.name], span: node.span }
}
