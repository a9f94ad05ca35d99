// Runs one expression or one map of a hand-built Plan, so that a test shows only what it is about.
import type { Result } from "@fmap/runtime"
import { interpret } from "../../../compiler/interpret/index.ts"
import type {
  PlanCrosswalk,
  PlanExpression,
  PlanField,
  PlanShape,
  WireType,
} from "../../../compiler/plan/index.ts"
import { contract, field, mapOf, plan } from "./plan-builders.ts"

/** `result` of type `type`, optional, computed from a source of `fields`. */
export function runExpression(
  value: PlanExpression,
  type: WireType,
  fields: readonly PlanField[] = [],
  payload: unknown = {},
  more: { readonly shapes?: readonly PlanShape[]; readonly crosswalks?: readonly PlanCrosswalk[] } = {},
): Result<unknown> {
  const source = contract("Source", fields)
  const target = contract("Target", [field("result", type, { optional: true, clearable: true })])
  const one = plan({
    shapes: [source, target, ...(more.shapes ?? [])],
    crosswalks: more.crosswalks ?? [],
    maps: [mapOf(source, target, { result: value })],
  })
  return interpret(one, "M", { src: payload })
}

/** `done VALUE`, or the codes with their places: what most tests look at. */
export function outcome(result: Result<unknown>): string {
  if (result.status === "done") return `done ${JSON.stringify(result.value)}`
  return `${result.status} ${result.issues.map(issue => `${issue.code} ${issue.root}${issue.pointer}`).join(", ")}`
}
