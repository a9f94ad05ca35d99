// Makes a value fit its field: the checks the compiler could not prove. Fast: one that fails gives the record up. Slow: a
// reject OUT_OF_RANGE at the field, and poison.
import type { FitCheck, PlanExpression, WireType } from "../../plan/index.ts"
import { BrokenPlan } from "./context.ts"
import { evaluate, evaluateValue, scaledLiteral } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  hintOf,
  insideType,
  LARGEST,
  type Operand,
  outside,
  scaleOf,
  unsupported,
  type ValueOperand,
  valueTypeOf,
  widened,
} from "./flow.ts"
import {
  assign,
  binary,
  cast,
  conditional,
  constant,
  data,
  member,
  name,
  named,
  not,
  nothing,
  number,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js } from "./javascript/nodes.ts"
import { materialised } from "./records.ts"
import { textOf } from "./text.ts"
import { wireTypeOf } from "./wire-types.ts"
import { wireOf } from "./writes.ts"

type Fit = Extract<PlanExpression, { kind: "fit" }>

export function fit(flow: Flow, node: Fit, hint: string): Operand {
  const inner = evaluate(flow, node.of, hintOf(node.of, hint))
  const of = inner.kind === "record" ? materialised(flow, inner) : inner
  if (of.kind !== "value") return of
  if (isBare(of.js)) return { ...of, type: node.type }
  const operand = node.checks.length > 0 || node.emptyIsMissing ? { ...of, js: atom(flow, of.js, hint) } : of
  const emptied = node.emptyIsMissing ? emptyToMissing(flow, operand, hint) : operand
  if (node.checks.length > 0) {
    const check = (deeper: Flow): void => {
      const value = emptied.missing
        ? { ...emptied, js: cast(emptied.js, insideType(deeper, emptied.type)), missing: false }
        : emptied
      // the scale first: the other checks read the value at the field's scale
      const checks = [...node.checks].sort((a, b) => Number(b.kind === "scale") - Number(a.kind === "scale"))
      for (const entry of checks) applyCheck(deeper, entry, value, node)
    }
    if (emptied.missing || emptied.clear) {
      let test: Js = binary("!==", emptied.js, nothing)
      if (emptied.clear) test = binary("&&", test, binary("!==", emptied.js, { kind: "word", word: "null" }))
      emit(flow, when(test, branch(flow, check)))
    } else check(flow)
  }
  return shaped(flow, emptied, node)
}

function isBare(js: Js): boolean {
  return js.kind === "word" && (js.word === "undefined" || js.word === "null")
}

/** At the field's scale; a record or list that was passed on whole gets its wire form here. */
function shaped(flow: Flow, operand: ValueOperand, node: Fit): Operand {
  if (operand.type.kind === "number") {
    const target = valueTypeOf(node.to)
    const scale = scaleOf(target)
    const type = { ...operand.type, scale }
    if (scaleOf(operand.type) > scale)
      return { ...narrowed(flow, operand, scale), type, ...fitted(node, operand) }
    const wide = widened(flow, operand, scale)
    return { ...wide, type, ...fitted(node, wide) }
  }
  if (operand.wire === null && wireTypeOf(flow, valueTypeOf(node.to)) !== null)
    return wholeWire(flow, operand, node)
  return {
    ...operand,
    type: operand.type.kind === "record" || operand.type.kind === "list" ? operand.type : node.type,
  }
}

function fitted(node: Fit, operand: ValueOperand): { readonly bound: bigint } {
  const digits = node.checks.some(check => check.kind === "digits")
  if (!digits || !("precision" in node.to) || node.to.precision === null) return { bound: operand.bound }
  const bound = 10n ** BigInt(node.to.precision) - 1n
  return { bound: bound < operand.bound ? bound : operand.bound }
}

/** Only zeros are cut: the `scale` check stands before. */
function narrowed(flow: Flow, operand: ValueOperand, scale: number): ValueOperand {
  const steps = scaleOf(operand.type) - scale
  const js = binary(
    "/",
    operand.js,
    flow.mode === "fast" ? number(10 ** steps) : { kind: "bigint", value: 10n ** BigInt(steps) },
  )
  return {
    ...operand,
    js: operand.missing ? conditional(binary("===", operand.js, nothing), nothing, js) : js,
  }
}

function wholeWire(flow: Flow, operand: ValueOperand, node: Fit): Operand {
  const wire = wireTypeOf(flow, valueTypeOf(node.to))
  if (wire === null) return operand
  const id = flow.names.fresh("wire")
  const js = atom(flow, operand.js, "whole")
  emit(flow, variable(id, union(wire, named("undefined")), nothing))
  const write = branch(flow, inner => {
    emit(inner, assign(name(id), cast(wireOf(inner, { ...operand, js, missing: false }, node.to), wire)))
  })
  const ready = flow.mode === "slow" ? not(callOf("report", "stopped")) : null
  const test = operand.missing ? binary("!==", js, nothing) : null
  if (ready !== null && test !== null) emit(flow, when(binary("&&", ready, test), write))
  else if (ready !== null || test !== null) emit(flow, when(ready ?? test ?? nothing, write))
  else emit(flow, ...write)
  return { ...operand, js, wire: name(id) }
}

function callOf(of: string, key: string): Js {
  return { kind: "call", callee: member(name(of), key), arguments: [] }
}

function emptyToMissing(flow: Flow, operand: ValueOperand, hint: string): ValueOperand {
  const id = flow.names.fresh(hint)
  const empty = binary("===", member(operand.js, "length"), number(0))
  const test = operand.missing ? binary("||", binary("===", operand.js, nothing), empty) : empty
  emit(flow, constant(id, conditional(test, nothing, operand.js)))
  return { ...operand, js: name(id), missing: true }
}

function applyCheck(flow: Flow, check: FitCheck, value: ValueOperand, node: Fit): void {
  if (flow.mode === "slow") slowCheck(flow, check, value, node)
  else fastCheck(flow, check, value, node.to)
}

function atFieldScale(flow: Flow, value: ValueOperand, to: WireType): ValueOperand {
  const scale = scaleOf(valueTypeOf(to))
  return scaleOf(value.type) > scale
    ? { ...narrowed(flow, value, scale), type: valueTypeOf(to) }
    : widened(flow, value, scale)
}

function fastCheck(flow: Flow, check: FitCheck, value: ValueOperand, to: WireType): void {
  switch (check.kind) {
    case "scale": {
      const steps = scaleOf(value.type) - scaleOf(valueTypeOf(to))
      if (steps > 0)
        emit(flow, when(not(flow.module.call("isMultiple", value.js, number(10 ** steps))), [giveUp]))
      return
    }
    case "digits": {
      if (!("precision" in to) || to.precision === null || to.precision > 15) return
      emit(flow, when(outside(atFieldScale(flow, value, to).js, 10n ** BigInt(to.precision) - 1n), [giveUp]))
      return
    }
    case "bounds":
      for (const test of boundTests(atFieldScale(flow, value, to), to)) emit(flow, when(test, [giveUp]))
      return
    case "minor": {
      const currency = evaluateValue(flow, check.currency, "currency")
      if (currency === null) return
      const scaled = atFieldScale(flow, value, to)
      emit(
        flow,
        when(not(flow.module.call("fitsMinorFast", scaled.js, number(scaleOf(scaled.type)), currency.js)), [
          giveUp,
        ]),
      )
      return
    }
    case "length":
    case "pattern": {
      if (to.kind !== "text") throw new BrokenPlan("Only texts have a length or pattern.")
      if (check.kind === "length" && to.measure === "points") {
        emit(
          flow,
          when(not(flow.module.call("fitsLength", value.js, number(to.min), number(to.max ?? -1))), [giveUp]),
        )
      } else emit(flow, when(binary("!==", textCheck(flow, check, value, to), nothing), [giveUp]))
      return
    }
    case "items":
      if (to.kind !== "list") throw new BrokenPlan("Only lists have rows.")
      if (to.min > 0) emit(flow, when(binary("<", member(value.js, "length"), number(to.min)), [giveUp]))
      if (to.max !== null) emit(flow, when(binary(">", member(value.js, "length"), number(to.max)), [giveUp]))
      return
    case "form":
      if (to.kind === "list") unsupported(flow, "a list whose form may have no place for it")
      emit(flow, when(flow.module.call("isRefused", wireOf(flow, value, to)), [giveUp]))
      return
  }
}

/** True where a bound is broken. A bound finer than the value's scale lies between two of its steps. */
export function boundTests(value: ValueOperand, to: WireType): readonly Js[] {
  const scale = scaleOf(value.type)
  const tests: Js[] = []
  const below = (text: string, inclusive: boolean): void => {
    const { floor, whole } = stepsOf(text, scale)
    tests.push(binary(inclusive && whole ? "<" : "<=", value.js, limit(floor)))
  }
  const above = (text: string, inclusive: boolean): void => {
    const { floor, whole } = stepsOf(text, scale)
    tests.push(binary(inclusive || !whole ? ">" : ">=", value.js, limit(floor)))
  }
  if (to.kind === "int") {
    if (to.min !== null) below(to.min, true)
    if (to.max !== null) above(to.max, true)
  } else if ("low" in to) {
    if (to.low !== null) below(to.low.value, to.low.inclusive)
    if (to.high !== null) above(to.high.value, to.high.inclusive)
  }
  return tests
}

function limit(steps: bigint): Js {
  return number(Number(steps > LARGEST ? LARGEST : steps < -LARGEST ? -LARGEST : steps))
}

/** The last step of the scale that is not above the bound, and whether it is the bound itself. */
function stepsOf(text: string, scale: number): { readonly floor: bigint; readonly whole: boolean } {
  const fraction = text.includes(".") ? text.length - text.indexOf(".") - 1 : 0
  if (fraction <= scale) return { floor: scaledLiteral(text, scale), whole: true }
  const fine = scaledLiteral(text, fraction)
  const step = 10n ** BigInt(fraction - scale)
  const cut = fine / step
  if (cut * step === fine) return { floor: cut, whole: true }
  return { floor: fine < 0n ? cut - 1n : cut, whole: false }
}

function textCheck(
  flow: Flow,
  check: FitCheck,
  value: ValueOperand,
  to: Extract<WireType, { kind: "text" }>,
): Js {
  const spec = check.kind === "length" ? { ...to, pattern: null } : { ...to, min: 0, max: null }
  return flow.module.call("checkText", value.js, flow.module.constant(spec, "FIT", "TextSpec"))
}

function slowCheck(flow: Flow, check: FitCheck, value: ValueOperand, node: Fit): void {
  const { to } = node
  const refused = flow.names.fresh("refused")
  const at = (js: Js): void => {
    emit(flow, constant(refused, js, node.at))
    const { root, pointer, masked } = flow.place
    // with the digits of the expression, which may be more than those of the operand at hand
    const scale = Math.max(scaleOf(value.type), scaleOf(node.of.type))
    const shown =
      value.type.kind === "list" || value.type.kind === "record"
        ? nothing
        : textOf(flow, widened(flow, value, scale))
    emit(
      flow,
      when(binary("!==", name(refused), nothing), [
        {
          kind: "run",
          value: flow.module.call(
            "refuseFit",
            name("report"),
            name(refused),
            string(root),
            pointer,
            data(masked),
            shown,
            flow.module.position(node.at),
          ),
          at: node.at,
        },
        ...flow.poison(),
      ]),
    )
  }
  switch (check.kind) {
    case "scale": {
      const steps = scaleOf(value.type) - scaleOf(valueTypeOf(to))
      if (steps > 0)
        at(
          flow.module.call(
            "checkScale",
            value.js,
            number(scaleOf(value.type)),
            number(scaleOf(valueTypeOf(to))),
          ),
        )
      return
    }
    case "digits":
    case "bounds": {
      if (to.kind === "int") {
        if (check.kind === "bounds")
          at(flow.module.call("checkInteger", value.js, data({ min: to.min, max: to.max })))
        return
      }
      if (!("precision" in to)) throw new BrokenPlan("Only numbers have digits.")
      const digits = check.kind === "digits"
      const spec = {
        kind: to.kind,
        scale: to.scale,
        precision: digits ? to.precision : null,
        low: digits ? null : to.low,
        high: digits ? null : to.high,
        fitsMinor: false,
      }
      at(flow.module.call("checkDecimal", atFieldScale(flow, value, to).js, data(spec)))
      return
    }
    case "minor": {
      if (!("precision" in to)) throw new BrokenPlan("Only amounts have minor units.")
      const currency = evaluateValue(flow, check.currency, "currency")
      if (currency === null) return
      const spec = { kind: to.kind, scale: to.scale, precision: null, low: null, high: null, fitsMinor: true }
      const minor = atom(flow, flow.module.call("minorUnits", currency.js), "minor")
      const checked = flow.module.call("checkDecimal", atFieldScale(flow, value, to).js, data(spec), minor)
      // gold has no minor units: any amount of it fits, but none can be written in them
      const none = (): Js =>
        flow.module.call(
          "refuse",
          string("BAD_MINOR_UNITS"),
          string("The amount is written in minor units, and its currency has none."),
        )
      at(to.wire === "minor" ? conditional(binary("===", minor, nothing), none(), checked) : checked)
      return
    }
    case "length":
    case "pattern":
      if (to.kind !== "text") throw new BrokenPlan("Only texts have a length or pattern.")
      at(textCheck(flow, check, value, to))
      return
    case "items":
      if (to.kind !== "list") throw new BrokenPlan("Only lists have rows.")
      at(flow.module.call("checkCount", member(value.js, "length"), data({ min: to.min, max: to.max })))
      return
    case "form":
      at(flow.module.call("firstRefused", wireOf(flow, { ...value, missing: false, clear: false }, to)))
      return
  }
}
