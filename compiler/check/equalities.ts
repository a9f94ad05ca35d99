// Which currencies the `check`s of a block make one (language-decisions 12): a record for which they differ never gets a result, so
// inside the block they are the same, whatever stands first. Flows in: statements. Flows out: facts. Reports nothing.
import type { Expression, Statement } from "@fmap/grammar"
import type { Type, Unit } from "../types/type.ts"
import { unitTerm } from "./aliases.ts"
import type { Facts } from "./checked.ts"
import type { BlockScope, Context, Scope } from "./context.ts"
import { normalize, unitKey } from "./units.ts"

export function checkedEqualities(statements: readonly Statement[], scope: BlockScope, ctx: Context): Facts {
  const equal: [string, string][] = []
  for (const statement of statements) {
    if (statement.kind !== "check" || (statement.exit?.verb !== "reject" && statement.exit?.verb !== "hold")) continue
    for (const condition of conjuncts(statement.condition)) {
      if (condition.kind !== "binary" || condition.operator !== "==") continue
      const left = unitTerm(condition.left, statements, scope, ctx, [])
      const right = unitTerm(condition.right, statements, scope, ctx, [])
      if (left !== null && right !== null) equal.push([unitKey(normalize(left, ctx.state)), unitKey(normalize(right, ctx.state))])
    }
  }
  return { present: new Set(), equal }
}

function conjuncts(condition: Expression): readonly Expression[] {
  if (condition.kind === "parenthesized") return conjuncts(condition.inner)
  if (condition.kind !== "binary" || condition.operator !== "and") return [condition]
  return [...conjuncts(condition.left), ...conjuncts(condition.right)]
}

/** The type of a row's value as it leaves its loop: a currency that hangs on the row becomes the one that a `where` says is equal. */
export function leavingLoop(type: Type, roots: ReadonlySet<number>, ctx: Context): Type {
  if (type.kind !== "number" || type.unit?.kind !== "path" || !roots.has(type.unit.root)) return type
  const reached = new Set([unitKey(normalize(type.unit, ctx.state))])
  let grew = true
  while (grew) {
    grew = false
    for (const pair of ctx.facts.equal) {
      if (reached.has(pair[0]) === reached.has(pair[1])) continue
      for (const key of pair) reached.add(key)
      grew = true
    }
  }
  for (const key of reached) {
    const unit = unitOfKey(key, ctx)
    if (unit !== null && !(unit.kind === "path" && roots.has(unit.root))) return { ...type, unit }
  }
  return type
}

/** The unit a key of `unitKey` was made of; null for those that no fact can hold. */
function unitOfKey(key: string, ctx: Context): Unit | null {
  if (key.startsWith("=")) return { kind: "constant", code: key.slice(1) }
  if (!key.startsWith("[")) return null
  const [root, ...path] = JSON.parse(key) as [number, ...string[]]
  return { kind: "path", root, rootName: nameOfRoot(root, ctx.scope), path }
}

function nameOfRoot(root: number, scope: Scope | null): string {
  for (let s = scope; s !== null; s = s.parent) {
    for (const [name, binding] of s.names) {
      if (binding.kind === "value" && binding.variable === root) return name
    }
    if (s.block?.root === root) return s.block.rootName
  }
  return "another record"
}
