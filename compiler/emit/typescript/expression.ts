// The dispatch: one expression of the Plan in, statements and an operand out. Each family has a file. The operand is
// never poison (that has been dealt with) and holds undefined only where the Plan says `maybe`.
import type { PlanExpression } from "../../plan/index.ts"
import { aggregate } from "./aggregates.ts"
import { askCalendar } from "./calendars.ts"
import { chooseArm, conditionalArms, exit, orElse } from "./choices.ts"
import { anyOf, between, comparison, logic, negation, presence } from "./conditions.ts"
import { BrokenPlan, promised } from "./context.ts"
import { each, listLiteral } from "./each.ts"
import { fit } from "./fit.ts"
import {
  atom,
  emit,
  type Flow,
  integer,
  type Operand,
  present,
  settled,
  unsupported,
  valueOf,
} from "./flow.ts"
import { grouping, keptAsValue } from "./groups.ts"
import {
  binary,
  conditional,
  constant,
  invoke,
  member,
  name,
  nil,
  no,
  nothing,
  string,
  yes,
} from "./javascript/build.ts"
import { lookup } from "./lookup.ts"
import { arithmetic, negate, round } from "./numbers.ts"
import { materialised, recordLiteral } from "./records.ts"
import { spread } from "./spread.ts"
import { functionCall, interpolation } from "./text.ts"
import { nesting } from "./trees.ts"
import { zoned } from "./zoned.ts"

export function evaluate(flow: Flow, node: PlanExpression, hint = "value"): Operand {
  switch (node.kind) {
    case "literal": {
      if (node.type.kind === "number") {
        const value = scaledLiteral(String(node.value), node.type.scale)
        return valueOf(integer(flow, value), node.type, { bound: value < 0n ? -value : value })
      }
      if (typeof node.value === "boolean") return valueOf(node.value ? yes : no, node.type)
      return valueOf(string(node.value), node.type)
    }
    case "missing":
      return valueOf(nothing, node.type, { missing: true })
    case "clear":
      return valueOf(nil, node.type, { clear: true })
    case "exit":
      return exit(flow, node)
    case "variable": {
      const operand = promised(flow.variables.get(node.variable), `variable ${node.variable}`)
      return present(flow, unlessCleared(settled(flow, operand, hint)), node)
    }
    case "field": {
      const of = node.of.kind === "variable" ? recordOrValue(flow, node.of) : evaluate(flow, node.of, hint)
      return present(flow, memberOf(flow, of, node.field, node), node)
    }
    case "entry":
      return entry(flow, node)
    case "arithmetic":
      return arithmetic(flow, node)
    case "negate":
      return negate(flow, node)
    case "round":
      return round(flow, node, hint)
    case "compare":
      return comparison(flow, node)
    case "between":
      return between(flow, node)
    case "anyOf":
      return anyOf(flow, node)
    case "logic":
      return logic(flow, node)
    case "not":
      return negation(flow, node)
    case "present":
      return presence(flow, node)
    case "switch":
      return chooseArm(flow, node, hint)
    case "conditional":
      return conditionalArms(flow, node, hint)
    case "else":
      return orElse(flow, node, hint)
    case "call":
      return functionCall(flow, node)
    case "lookup":
      return lookup(flow, node, hint)
    case "interpolation":
      return interpolation(flow, node)
    case "record":
      return recordLiteral(flow, node, hint)
    case "list":
      return listLiteral(flow, node, hint)
    case "each":
      return each(flow, node, hint)
    case "aggregate":
      return aggregate(flow, node, hint)
    case "fit":
      return fit(flow, node, hint)
    case "grouping":
      return grouping(flow, node, hint)
    case "spread":
      return spread(flow, node, hint)
    case "zoned":
      return zoned(flow, node)
    case "calendar":
      return askCalendar(flow, node)
    case "nesting":
      return nesting(flow, node, hint)
  }
}

/** A payload record's own state matters only to its members: they are poison or missing one by one. */
function recordOrValue(flow: Flow, node: Extract<PlanExpression, { kind: "variable" }>): Operand {
  const operand = promised(flow.variables.get(node.variable), `variable ${node.variable}`)
  return operand.kind === "record" ? operand : present(flow, unlessCleared(settled(flow, operand)), node)
}

/** A field that is to be cleared has no value to read. */
function unlessCleared(operand: Operand): Operand {
  if (operand.kind !== "value" || !operand.clear) return operand
  const js = conditional(binary("===", operand.js, nil), nothing, operand.js)
  return { ...operand, js, clear: false, missing: true, wire: null, written: null }
}

/** An operand that is a value in JavaScript: payload records become objects of their members. */
export function evaluateValue(
  flow: Flow,
  node: PlanExpression,
  hint = "value",
): Extract<Operand, { kind: "value" }> | null {
  const operand = evaluate(flow, node, hint)
  switch (operand.kind) {
    case "value":
      return operand
    case "record": {
      const whole = settled(flow, materialised(flow, operand))
      return whole.kind === "value" ? whole : null
    }
    case "never":
      return null
    case "rows":
      unsupported(flow, "payload rows as a value")
      if (flow.mode === "slow") throw new BrokenPlan("Payload rows stand only in generators.")
      return valueOf(nothing, node.type)
    case "kept":
      return keptAsValue(flow, operand, node)
    case "groups":
    case "nodes":
      throw new BrokenPlan("Groups stand only in generators.")
    case "ratio":
      throw new BrokenPlan("A rational stands only inside a round.")
  }
}

export function memberOf(
  flow: Flow,
  of: Operand,
  field: string,
  node: { readonly type: PlanExpression["type"]; readonly maybe: boolean },
): Operand {
  if (of.kind === "never") return of
  if (of.kind === "record") return settled(flow, of.members(field), field)
  if (of.kind !== "value" || of.type.kind !== "record")
    throw new BrokenPlan(`Only records have members: ${field}`)
  const read = member(of.js, field)
  const shape = flow.module.index.shape(of.type.shape)
  const declared = shape.fields.find(candidate => candidate.name === field)
  const missing = of.missing || (declared === undefined ? node.maybe : declared.optional)
  const clear = declared?.clearable === true
  const js = of.missing ? conditional(binary("===", of.js, nothing), nothing, read) : read
  return unlessCleared(
    settled(
      flow,
      valueOf(clear ? atom(flow, js, field) : js, node.type, {
        missing,
        clear,
        poison: flow.mode === "slow",
      }),
      field,
    ),
  )
}

function entry(flow: Flow, node: Extract<PlanExpression, { kind: "entry" }>): Operand {
  const of = evaluateValue(flow, node.of, "entries")
  const key = evaluateValue(flow, node.key, "key")
  if (of === null || key === null) return { kind: "never" }
  const get = invoke(of.js, "get", key.js)
  const js = of.missing ? conditional(binary("===", of.js, nothing), nothing, get) : get
  const id = flow.names.fresh("entry")
  emit(flow, constant(id, js))
  return settled(flow, valueOf(name(id), node.type, { missing: true, poison: flow.mode === "slow" }), "entry")
}

/** Decimal text × 10^scale. The Plan's literals never have more digits than their type. */
export function scaledLiteral(text: string, scale: number): bigint {
  const [whole = "0", fraction = ""] = text.split(".")
  if (fraction.length > scale) {
    if (/^0*$/.test(fraction.slice(scale))) return BigInt(whole + fraction.slice(0, scale))
    throw new BrokenPlan(`The literal ${text} has more than ${scale} fraction digits.`)
  }
  return BigInt(whole + fraction + "0".repeat(scale - fraction.length))
}
