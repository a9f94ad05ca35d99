// Every name that stands anywhere in a file's declarations but its imports. Flows in: a tree. Flows out: a set of texts.
// It over-approximates on purpose (a field spelt like an import counts as its use): a false "unused" would hurt more.
import type { FileTree } from "@fmap/grammar"

export function usedNames(tree: FileTree): ReadonlySet<string> {
  const used = new Set<string>()
  const waiting: unknown[] = tree.declarations.filter(declaration => declaration.kind !== "import")
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue
    if ("text" in next && typeof next.text === "string" && "quoted" in next) used.add(next.text)
    // Trees hold nulls; `undefined` would end the loop early and never stands in one.
    else
      for (const child of Object.values(next))
        if (typeof child === "object" && child !== null) waiting.push(child)
  }
  return used
}
