// What a target's own contract says of the record a map makes: its derived values and its checks, as steps of the block.
import type { PlanStep } from "../plan/index.ts"
import type { BlockScope, Context } from "./context.ts"
import { checkExpression } from "./expression.ts"
import { fit } from "./fit.ts"
import { checkRule } from "./steps.ts"
import { absolute, type UnitEnvironment } from "./units.ts"
import { isError, valueType } from "./values.ts"

export interface TargetRule {
  readonly name: string
  readonly gives: readonly number[]
  /** Null: it reads what this map leaves, or what only the target system knows. */
  readonly make: () => PlanStep | null
}

/** What the rules of a record see: its own fields by plain names, and the names of its file. */
export function rulesContext(scope: BlockScope, ctx: Context): Context {
  const { shape } = scope
  return {
    ...ctx,
    file: shape.file,
    names: ctx.state.scopes.get(shape.file) ?? ctx.names,
    scope: { parent: null, names: new Map(), lazy: new Map(), block: scope },
    field: null,
    because: null,
    inRound: false,
    inRow: false,
  }
}

export function targetRules(
  scope: BlockScope,
  environment: UnitEnvironment,
  ctx: Context,
): readonly TargetRule[] {
  const { shape } = scope
  const inner = rulesContext(scope, ctx)
  // The rules themselves were checked where they stand; what fails here is only what this map leaves out.
  const quiet = <T>(run: (c: Context) => T): T => {
    return run({ ...inner, state: { ...ctx.state, report: () => undefined } })
  }
  // What a record is made without is missing in it, and a check says what becomes of that. What a change does not write is only not known.
  const changes = ctx.patch !== undefined || shape.id === `${shape.partOf?.id ?? ""}~update`
  const missing: Partial<Context> = changes ? {} : { leftIsMissing: true }
  const rules: TargetRule[] = []
  for (const derive of shape.derives) {
    const type = absolute(derive.type, environment, ctx.state)
    const variable =
      ctx.state.variables.push({ name: derive.name, type: valueType(type, ctx.state), maybe: false }) - 1
    scope.fields.set(derive.name, { field: derive.name, variable, type, maybe: false })
    rules.push({
      name: derive.name,
      gives: [variable],
      make: () =>
        quiet(c => {
          const value = checkExpression(derive.node.value, c, type)
          const plan =
            isError(value) || value.maybe || value.failure !== null ? null : fit(value, type, derive.name, c)
          return plan === null
            ? null
            : {
                kind: "derive",
                field: derive.name,
                variable,
                value: plan,
                at: c.state.at({ file: shape.file, span: derive.node.span }),
              }
        }),
    })
  }
  for (const check of shape.checks) {
    rules.push({
      name: "check",
      gives: [],
      make: () =>
        quiet(c => {
          const parts = checkRule(check, { ...c, ...missing }, "contract")
          return parts === null
            ? null
            : {
                kind: "check",
                condition: parts.condition,
                exit: { ...parts.exit, field: null },
                at: c.state.at({ file: shape.file, span: check.span }),
              }
        }),
    })
  }
  return rules
}
