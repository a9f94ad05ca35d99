// What a test assumes of a crosswalk's file. Flows in: an `assume` line. Flows out: keys as canonical text and the answer
// in wire form, or null after a diagnostic.
import { type CallExpression, diagnostic, type Expression, type Span, type TestMember } from "@fmap/grammar"
import type { PlanTest } from "../plan/index.ts"
import { closest } from "../resolve/closest.ts"
import type { BoundCrosswalk } from "../resolve/model.ts"
import { constantOf, correction } from "../types/constant.ts"
import { constantTree } from "../types/constant-tree.ts"
import { describeType } from "../types/describe.ts"
import type { Type } from "../types/type.ts"
import { shapeId } from "./shape-ids.ts"
import type { TestContext } from "./tests.ts"
import { languageContext, lowerWireType } from "./wire-type.ts"
import { constantUnits, wireValue } from "./wire-value.ts"

type Assume = PlanTest["assumes"][number]

export function lowerAssume(
  { call, value, span }: TestMember & { kind: "assume" },
  context: TestContext,
): Assume | null {
  const { file, report } = context
  const refuse = (node: { readonly span: Span }, problem: string): null => {
    report(diagnostic("FM6303", { problem }, { file, span: node.span }))
    return null
  }
  if (call.kind === "error" || value.kind === "error") return null
  if (call.kind !== "call" || call.generator !== null) return refuse(call, "this is no call of a crosswalk")
  const back = askedBack(call, context)
  if (back === undefined) return null
  const isRollup = call.callee.text === "rollup" && context.scope?.has("rollup") !== true
  const crosswalk = isRollup ? hierarchyOf(call, context) : (back ?? find(call.callee, context))
  if (crosswalk === null) return null
  if (!isRollup && crosswalk.hierarchy !== null)
    return refuse(call, `${crosswalk.name} is a hierarchy: assume rollup(${crosswalk.name}, member, Level)`)
  const inverse = back !== null
  if (!crosswalk.external) {
    report(
      diagnostic(
        "FM6306",
        { crosswalk: crosswalk.name },
        { file, span: call.callee.span },
        {
          related: [{ place: crosswalk.place, text: "declared with its rows" }],
        },
      ),
    )
    return null
  }
  const asked = inverse || isRollup ? call.arguments.slice(1) : call.arguments
  const types = inverse ? [crosswalk.result] : crosswalk.parameters.map(p => p.type)
  const answer = inverse ? (crosswalk.parameters[0]?.type ?? crosswalk.result) : crosswalk.result
  if (asked.length !== types.length) {
    const looked = inverse ? "one value" : crosswalk.parameters.map(p => p.name).join(", ")
    return refuse(call, `${crosswalk.name} looks up ${looked}`)
  }
  const keys: string[] = []
  asked.forEach((argument, index) => {
    const key =
      isRollup && index === 1
        ? levelOf(argument, crosswalk, context)
        : keyOf(argument, types[index] ?? { kind: "error" }, context)
    if (key !== null) keys.push(key)
  })
  if (keys.length !== asked.length) return null
  const at = context.at({ file, span })
  const asOf = dayOf(call, crosswalk, context)
  if (asOf === undefined) return null
  if (value.kind === "missing") return { crosswalk: crosswalk.id, keys, asOf, inverse, value: undefined, at }
  const constant = constantTree(value, answer, { file, report, code: "FM6305" })
  if (constant === null) return null
  const wire = lowerWireType(
    answer,
    languageContext(shape => shapeId(shape, null)),
  )
  const json = wireValue(constant, wire, { shapes: context.shapes, unitOf: constantUnits })
  if ("json" in json) return { crosswalk: crosswalk.id, keys, asOf, inverse, value: json.json, at }
  report(diagnostic("FM6305", { what: "This answer", problem: json.problem }, { file, span: value.span }))
  return null
}

/** The day of a dated crosswalk, null of an undated one; undefined after a diagnostic. */
function dayOf(
  { callee, asOf, span }: CallExpression,
  { name, dated }: BoundCrosswalk,
  { file, report }: TestContext,
): string | null | undefined {
  const refuse = (node: { readonly span: Span }, problem: string): undefined => {
    report(diagnostic("FM6303", { problem }, { file, span: node.span }))
  }
  if (asOf === null)
    return dated
      ? refuse({ span }, `${name} is dated: say as of which day, \`${callee.text}(…) as of 2026-01-31\``)
      : null
  if (!dated) return refuse(asOf, `the rows of ${name} hold on all days, so "as of" says nothing`)
  if (asOf.day.kind === "error") return undefined
  const constant = constantOf(asOf.day, { kind: "date" }, false)
  if ("value" in constant) return String(constant.value)
  report(diagnostic("FM6305", { what: "This day", problem: constant.problem }, { file, span: asOf.day.span }))
  return undefined
}

function keyOf(argument: Expression, type: Type, { file, report }: TestContext): string | null {
  if (type.kind === "error" || argument.kind === "error") return null
  const constant = constantOf(argument, type, false)
  if ("value" in constant) return String(constant.value)
  const details = { label: `wanted: ${describeType(type)}`, ...correction(argument, constant, file) }
  report(
    diagnostic(
      "FM6305",
      { what: "This key", problem: constant.problem },
      { file, span: argument.span },
      details,
    ),
  )
  return null
}

/** The hierarchy of `rollup(X, member, Level)`; null after a diagnostic. */
function hierarchyOf(call: CallExpression, context: TestContext): BoundCrosswalk | null {
  const [named] = call.arguments
  const found = named?.kind === "name" ? find(named.name, context) : null
  if (found?.hierarchy != null) return found
  if (found === null && named?.kind === "name") return null
  const problem = "rollup(…) wants a hierarchy, a member and a level"
  context.report(diagnostic("FM6303", { problem }, { file: context.file, span: call.span }))
  return null
}

/** A level stands bare, as in the map. */
function levelOf(
  argument: Expression,
  { name, hierarchy }: BoundCrosswalk,
  { file, report }: TestContext,
): string | null {
  const levels = hierarchy?.levels ?? []
  if (argument.kind === "error") return null
  if (argument.kind === "name" && levels.includes(argument.name.text)) return argument.name.text
  const problem = `the levels of ${name} are ${levels.join(", ")}`
  report(diagnostic("FM6303", { problem }, { file, span: argument.span }))
  return null
}

/** The crosswalk of `inverse(X, value)`; null for another call, undefined after a diagnostic. */
function askedBack(call: CallExpression, context: TestContext): BoundCrosswalk | null | undefined {
  const [named] = call.arguments
  if (call.callee.text !== "inverse" || context.scope?.has("inverse") === true) return null
  const found = named?.kind === "name" ? find(named.name, context) : null
  if (found !== null && found.inverse !== null) return found
  if (found !== null || named?.kind !== "name") {
    const problem = 'inverse(…) wants a crosswalk declared with "<->" and one of its values'
    context.report(diagnostic("FM6303", { problem }, { file: context.file, span: call.span }))
  }
  return undefined
}

function find(
  name: { readonly text: string; readonly span: Span },
  { scope, file, report }: TestContext,
): BoundCrosswalk | null {
  const found = scope?.get(name.text)
  if (found?.kind === "crosswalk") return found
  const place = { file, span: name.span }
  const candidates = [...(scope ?? [])].flatMap(([text, declared]) =>
    declared.kind === "crosswalk" ? [text] : [],
  )
  const near = closest(name.text, candidates)
  report(
    diagnostic("FM2015", { name: name.text }, place, {
      label: "not declared or imported",
      ...(near === null
        ? { help: "Import it from the file that declares it." }
        : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
    }),
  )
  return null
}
