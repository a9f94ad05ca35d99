// Which currencies a `check` makes one (language-decisions 12): a record for which they differ never gets a result, so inside the
// block they are the same, whatever stands first. Flows in: statements, or a record's own checks. Flows out: facts. Reports nothing.
import type { CheckStatement, Expression, Statement } from "@fmap/grammar"
import type { BoundShape } from "../resolve/model.ts"
import { unitTerm } from "./aliases.ts"
import { type Facts, pathKey } from "./checked.ts"
import type { Context } from "./context.ts"
import { asPath } from "./expressions/as-path.ts"
import { constantText } from "./expressions/text.ts"
import { isErrorUnit, normalize, unitKey } from "./units.ts"

/** What the `check`s of a block say; `ctx` is the block's own. */
export function equalitiesOf(statements: readonly Statement[], ctx: Context): Facts {
  const { block } = ctx.scope
  if (block === null) return { present: new Set(), equal: [] }
  const key = (side: Expression): string | null => {
    const unit = unitTerm(side, statements, block, ctx, [])
    return unit === null || isErrorUnit(unit) ? null : unitKey(normalize(unit, ctx.state))
  }
  return factsOf(
    statements.filter(statement => statement.kind === "check"),
    key,
  )
}

/** What a record's own checks say of the record that `root` holds: they ran when it was read. */
export function equalitiesOfShape(shape: BoundShape, root: number, prefix: readonly string[] = []): Facts {
  return factsOf(shape.checks, side => {
    if (side.kind === "text") {
      const code = constantText(side)
      return code === null ? null : unitKey({ kind: "constant", code })
    }
    const path = asPath(side)
    return path === null ? null : pathKey(root, [...prefix, ...path.names.map(name => name.text)])
  })
}

function factsOf(checks: readonly CheckStatement[], key: (side: Expression) => string | null): Facts {
  const equal: [string, string][] = []
  for (const check of checks) {
    if (check.exit?.verb !== "reject" && check.exit?.verb !== "hold") continue
    for (const condition of conjuncts(check.condition)) {
      if (condition.kind !== "binary" || condition.operator !== "==") continue
      const left = key(condition.left)
      const right = key(condition.right)
      if (left !== null && right !== null) equal.push([left, right])
    }
  }
  return { present: new Set(), equal }
}

function conjuncts(condition: Expression): readonly Expression[] {
  if (condition.kind === "parenthesized") return conjuncts(condition.inner)
  if (condition.kind !== "binary" || condition.operator !== "and") return [condition]
  return [...conjuncts(condition.left), ...conjuncts(condition.right)]
}
