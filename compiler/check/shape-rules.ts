// Derived values and checks of a record or contract, once and for all readers. Flows in: a bound shape. Flows out: Plan rules
// whose variable 0 is the record, and the paths each one reads.
import { diagnostic } from "@fmap/grammar"
import type { PlanExpression, PlanFieldRule, PlanRule, PlanVariable } from "../plan/index.ts"
import type { BoundShape, BoundSystem } from "../resolve/model.ts"
import type { Unit } from "../types/type.ts"
import { accepts } from "./accepts.ts"
import type { CodeUse, Context, State } from "./context.ts"
import { checkExpression } from "./expression.ts"
import { checkCondition } from "./expressions/logic.ts"
import { conditionsOf, type FieldRule, ruleExit } from "./field-rules.ts"
import { fit } from "./fit.ts"
import { present } from "./present.ts"
import { collectReads, type ReadNode } from "./reads.ts"
import { rootOf } from "./rows.ts"
import { checkRule } from "./steps.ts"
import { absolute } from "./units.ts"
import { isError, valueType } from "./values.ts"

export interface CheckedShape {
  readonly rules: readonly PlanRule[]
  readonly variables: readonly PlanVariable[]
  readonly codes: readonly CodeUse[]
}

export function checkShape(
  shape: BoundShape,
  system: BoundSystem | null,
  state: State,
  names: Context["names"],
): CheckedShape {
  // Inside its own rules a shape's parameters stand for themselves.
  const ownArguments: Unit[] = shape.parameters.map(p => ({ kind: "parameter", name: p.name }))
  const record = { kind: "record" as const, shape, arguments: ownArguments, system }
  const variable =
    state.variables.push({ name: shape.name, type: valueType(record, state), maybe: false }) - 1
  state.payloads.set(variable, { shape, system, arguments: ownArguments })
  const path = { root: variable, rootName: shape.name, path: [] }
  const ctx: Context = {
    file: shape.file,
    names,
    state,
    scope: { parent: null, names: new Map(), lazy: new Map(), block: null },
    facts: { present: new Set(), equal: [] },
    inRound: false,
    noExit: null,
    inRow: false,
    field: null,
    because: null,
  }
  rootOf(variable, record, ctx)
  // Plain names are the fields: each is bound as a member of the record.
  const bindings = shape.fields.map(f => f.name)
  const inner: Context = { ...ctx, members: { variable, record, available: new Set(bindings) } }
  const rules: PlanRule[] = []
  const readsOf = (nodes: readonly PlanExpression[]): string[][] =>
    flatten(collectReads(nodes, state.payloads, state.origins).get(variable))
  for (const derive of shape.derives) {
    const type = absolute(derive.type, { path, shape, arguments: ownArguments, system }, state)
    const value = present(checkExpression(derive.node.value, inner, type), inner, "This derived value", false)
    const ok = !isError(value) && accepts(value, type, inner, [{ place: derive.place, text: "wanted here" }])
    const plan = ok ? fit(value, type, derive.name, inner) : null
    inner.members?.available.add(derive.name)
    if (plan === null) continue
    const at = state.at({ file: shape.file, span: derive.node.span })
    rules.push({
      kind: "derive",
      name: derive.name,
      type: state.wireType(derive.type),
      reads: readsOf([plan]),
      value: plan,
      at,
    })
  }
  for (const check of shape.checks) {
    const parts = checkRule(check, inner, "contract")
    if (parts === null) continue
    if (!readsOf([parts.condition]).length) {
      state.deferred.push(
        diagnostic("FM3127", {}, { file: shape.file, span: check.span }, { label: "reads no field" }),
      )
    }
    const at = state.at({ file: shape.file, span: check.span })
    rules.push({
      kind: "check",
      reads: readsOf([parts.condition, ...(parts.exit.message === null ? [] : [parts.exit.message])]),
      condition: parts.condition,
      exit: parts.exit,
      field: null,
      says: null,
      at,
    })
  }
  for (const rule of shape.fieldRules) {
    for (const { condition: written, field } of conditionsOf(rule)) {
      const condition = checkCondition(written, inner, "in a condition")
      const exit = ruleExit(rule, field, inner)
      if (isError(condition) || exit === null) continue
      rules.push({
        kind: "check",
        reads: readsOf([condition.plan, ...(exit.message === null ? [] : [exit.message])]),
        condition: condition.plan,
        exit,
        field,
        says: said(rule, field, condition.plan),
        at: state.at({ file: shape.file, span: rule.span }),
      })
    }
  }
  return { rules, variables: state.variables, codes: state.codes }
}

/** `not WHEN or FIELD is present` is how `require` was written out. */
function said(rule: FieldRule, field: string | null, condition: PlanExpression): PlanFieldRule | null {
  if (rule.kind === "fieldsRule")
    return { kind: kinds[rule.rule], fields: rule.fields.map(name => name.text) }
  if (field === null || condition.kind !== "logic" || condition.left.kind !== "not") return null
  return { kind: "required", field, when: condition.left.of }
}
const kinds = {
  "exactly one": "exactlyOne",
  "at most one": "atMostOne",
  "all or none": "allOrNone",
} as const

function flatten(node: ReadNode | undefined, prefix: readonly string[] = []): string[][] {
  if (node === undefined) return []
  const own = (node.whole || node.elements) && prefix.length > 0 ? [[...prefix]] : []
  return [...own, ...[...node.members].flatMap(([name, inner]) => flatten(inner, [...prefix, name]))]
}
