// A function by itself, called or not: its mistakes are told where it is declared. Flows in: a bound function. Flows out: is it
// right? Its Plan is made anew at each call.
import type { BoundFunction } from "../resolve/model.ts"
import { type Context, emptyContext, type State } from "./context.ts"
import { functionValue } from "./expressions/function-call.ts"
import { rootOf } from "./rows.ts"
import { valueType } from "./values.ts"

export function checkFunctionDeclaration(
  fn: BoundFunction,
  state: State,
  names: Context["names"],
  errors: () => number,
): boolean {
  const before = errors()
  const ctx: Context = emptyContext(fn.file, names, state)
  // Roots of the header's units are the indexes of the parameters, and those are their variables.
  for (const { name, type, optional, place } of fn.parameters) {
    const variable = state.variables.push({ name, type: valueType(type, state), maybe: optional }) - 1
    rootOf(variable, type, ctx)
    ctx.scope.names.set(name, {
      kind: "value",
      name,
      variable,
      type,
      maybe: optional,
      place,
      used: false,
      isLet: false,
    })
  }
  const value = functionValue(fn, fn.result, ctx, null)
  if (value === null || errors() > before) return false
  for (const found of state.deferred) state.report(found)
  return errors() === before
}
